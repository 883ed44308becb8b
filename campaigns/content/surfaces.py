"""Shows an action in a frame or at a stand: the page itself, with its addresses turned and without cookies."""

from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseRedirectBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.translation import get_language, gettext
from wagtail.models import Site

from campaigns.content.action_page import ActionPage
from campaigns.engine.origins import Sender
from campaigns.engine.surfaces import Place, Surface, turn
from home.selectors import absolute_url


def shown_page(request: HttpRequest, key: Any) -> ActionPage | None:
    """The published action in the language of the address; None where the public may not see it there.

    :param key: the page's translation key.
    """
    pages = ActionPage.objects.filter(translation_key=key, locale__language_code=get_language())
    page = pages.live().public().filter(alias_of__isnull=True).first()
    site = Site.find_for_request(request)
    return page if page and site and page.get_url(request) and page.get_site() == site else None


def surface(
    request: HttpRequest,
    page: ActionPage,
    place: Place,
    address: str,
    *,
    source: str,
    origins: tuple[str, ...] = (),
    ways: tuple[tuple[str, str, str], ...] = (),
) -> Surface:
    """:param address: that of the surface itself, without the site's name."""
    addresses = {page.get_url(request), page.get_url(), page.full_url}
    return Surface(
        place=place,
        address=address,
        form_addresses=tuple(str(address) for address in addresses if address),
        receipts=reverse("campaigns:receipt", args=["-"]).removesuffix("-/"),
        own_page=absolute_url(page, request),
        source=source,
        origins=origins,
        ways=ways,
    )


def with_source(page: ActionPage, source: str) -> QueryDict:
    """The query that fills the form's own field for it, whatever its parameter is called."""
    query = QueryDict(mutable=True)
    query.update({str(spec.options["parameter"]): source for spec in page.form_specs if spec.field_type == "source"})
    return query


def is_own_post(request: HttpRequest) -> bool:
    """Instead of a token in a cookie, which a browser keeps from a frame of another site."""
    return Sender.of(request.headers).is_at(f"{request.scheme}://{request.get_host()}")


def shown(request: HttpRequest, surface: Surface, response: HttpResponse) -> HttpResponse:
    """An answer of the site as it is given here. It sets no cookie and is kept nowhere."""
    if isinstance(response, HttpResponseRedirectBase):
        response = _redirected(request, surface, response)
    if hasattr(response, "render"):
        response = response.render()
    # Whoever renders a form asks for a token's cookie: it proves nothing here, and a frame is not given it back.
    request.META["CSRF_COOKIE_NEEDS_UPDATE"] = False
    if response.headers.get("Content-Type", "").startswith("text/html"):
        html = turn(response.content.decode(), surface, new_tab=gettext("(opens in a new tab)"))
        response.content = html.encode()
    response["X-Robots-Tag"] = "noindex, nofollow"
    patch_cache_control(response, private=True, no_store=True)
    # The policy of the page names who may show it; the older header cannot.
    response.xframe_options_exempt = bool(surface.origins)  # type: ignore[attr-defined]
    return response


def _redirected(request: HttpRequest, surface: Surface, response: HttpResponse) -> HttpResponse:
    here = surface.turned(response["Location"])
    if here or response["Location"].startswith(surface.address):
        response["Location"] = here or response["Location"]
        return response
    # No other page of the site may be shown here: the person opens it.
    return render(request, "campaigns/elsewhere.html", {"address": response["Location"]})
