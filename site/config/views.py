"""Answers that belong to no app."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import render
from django.template.loader import render_to_string
from wagtail.models import Page, Site


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """A request that cannot be read. Django's own answer reads it once more, and a second failure has no handler."""
    return HttpResponseBadRequest(render_to_string("400.html"))


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that came without a valid token: what was typed into an action form is shown again, nothing is done."""
    page = _page(request) if request.method == "POST" else None
    if hasattr(page, "refuse_unproven"):
        response = page.refuse_unproven(request)
        # This runs inside the middleware, after which nobody renders.
        return response.render() if hasattr(response, "render") else response
    return render(request, "403_csrf.html", status=403)


def _page(request: HttpRequest) -> Page | None:
    match = request.resolver_match
    site = Site.find_for_request(request)
    if match is None or match.view_name != "wagtail_serve" or site is None:
        return None
    parts = [part for part in str(match.args[0] if match.args else match.kwargs.get("path", "")).split("/") if part]
    try:
        page = site.root_page.localized.specific.route(request, parts).page.specific
    except Http404:
        return None
    # Wagtail asks for the password of a private page just before it is served, which this is not.
    return None if page.get_view_restrictions().exists() else page
