"""What base.html asks for: the menu, the texts of the frame and the ways to the other languages."""

from typing import Any

from django import template
from django.http import HttpRequest
from django.utils import translation
from django.utils.translation import gettext as _
from wagtail.models import Page

from home import selectors
from home.content.frame import Frame

register = template.Library()


@register.simple_tag(takes_context=True)
def frame(context: template.Context) -> Frame:
    return Frame(_request(context), _page(context))


@register.simple_tag
def not_translated_note(code: str) -> dict[str, str]:
    """Says in the language `code` that its link leads to the home page: in two words, and in a sentence."""
    with translation.override(code):
        return {"short": _("home page"), "long": _("This page is not translated yet.")}


@register.simple_tag(takes_context=True)
def absolute_address(context: template.Context, page: Page) -> str:
    return selectors.absolute_url(page, _request(context))


@register.simple_tag(takes_context=True)
def absolute_path(context: template.Context, path: str) -> str:
    """The whole address of a file of ours, which other sites fetch for their preview of a shared link."""
    request = _request(context)
    return request.build_absolute_uri(path) if request else path


@register.filter
def is_below(path: str, ancestor_path: str) -> bool:
    """Compares tree paths, so that the menu marks the section that a page is in without asking the database."""
    return path.startswith(ancestor_path) and path != ancestor_path


@register.filter
def telephone(number: str) -> str:
    """Only what a `tel:` address may hold."""
    return "".join(character for character in number if character.isdigit() or character == "+")


def _request(context: template.Context) -> HttpRequest | None:
    return context.get("request")


def _page(context: template.Context) -> Any:
    page = context.get("page")
    return page if isinstance(page, Page) and page.pk else None
