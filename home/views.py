"""What search engines ask for, and passing a page on to a server that only the visitor can name."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.contrib.sitemaps import views as wagtail_sitemaps

from home.forms.mastodon import MastodonForm
from home.selectors import BadText, text_to_share
from home.sitemaps import PageSitemap


@require_safe
@cache_control(public=True, max_age=3600)
def sitemap(request: HttpRequest) -> HttpResponse:
    return wagtail_sitemaps.sitemap(request, sitemaps={"pages": PageSitemap})


@require_safe
@cache_control(public=True, max_age=3600)
def robots(request: HttpRequest) -> TemplateResponse:
    context = {"sitemap_address": request.build_absolute_uri(reverse("sitemap"))}
    return TemplateResponse(request, "robots.txt", context, content_type="text/plain; charset=utf-8")


@require_http_methods(["GET", "HEAD", "POST"])
def mastodon(request: HttpRequest, text: str) -> HttpResponse:
    """Passes on a page of ours.

    :param text: signed by us: nobody makes a link to our site that puts other words before a visitor.
    """
    try:
        initial = text_to_share(text)
    except BadText:
        raise Http404 from None
    return write_on_mastodon(request, initial)


def write_on_mastodon(request: HttpRequest, text: str) -> HttpResponse:
    """Asks for the server, then shows the link to it. Nobody is sent on: a link of ours leads to no address of others.

    Both are posted, so that neither words nor servers stand in addresses and logs.
    """
    form = MastodonForm(request.POST) if request.method == "POST" else MastodonForm(initial={"text": text})
    is_ready = form.is_bound and form.is_valid()
    response = render(
        request,
        "mastodon.html",
        {"form": form, "is_ready": is_ready, "errors": form.errors_to_show if form.is_bound and not is_ready else []},
        status=422 if form.is_bound and not is_ready else 200,
    )
    response["Cache-Control"] = "private, no-store"
    return response
