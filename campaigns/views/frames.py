"""An action inside a page of somebody else's site, from the form to the receipt."""

import uuid

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import Resolver404, resolve, reverse
from django.views.decorators.csrf import csrf_exempt

from campaigns.blocks.fields.source import slug_or_nothing
from campaigns.content import surfaces
from campaigns.content.action_flow import ActionFlow
from campaigns.content.action_page import ActionPage
from campaigns.engine.origins import host_word
from campaigns.engine.surfaces import Place, Surface

#: Nothing is believed because of a cookie here: `is_own_post` stands for the token.
_METHODS = {"GET", "HEAD", "POST"}


@csrf_exempt
def form(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    page, surface = _framed(request, key)
    if page is None or surface is None:
        return _refused(request, page)
    flow = ActionFlow(page, request)
    if request.method != "POST":
        response = flow.start()
    else:
        response = flow.respond() if surfaces.is_own_post(request) else flow.refuse_unproven()
    return surfaces.shown(request, surface, response)


@csrf_exempt
def receipt(request: HttpRequest, key: uuid.UUID, rest: str) -> HttpResponse:
    """The receipt and all that can be done there: the site's own views, asked from within the frame."""
    page, surface = _framed(request, key)
    if page is None or surface is None:
        return _refused(request, page)
    if request.method == "POST" and not surfaces.is_own_post(request):
        return surfaces.shown(request, surface, render(request, "403_csrf.html", status=403))
    try:
        match = resolve(f"{surface.receipts}{rest}")
    except Resolver404:
        raise Http404 from None
    if match.namespace != "campaigns":
        raise Http404
    return surfaces.shown(request, surface, match.func(request, *match.args, **match.kwargs))


def _framed(request: HttpRequest, key: uuid.UUID) -> tuple[ActionPage | None, Surface | None]:
    page = surfaces.shown_page(request, key) if request.method in _METHODS else None
    origins = page.frame_origins if page else ()
    if page is None or not origins:
        return page, None
    # Of a partner under the same domain a browser sends cookies as well: a frame is the same for everybody.
    request.COOKIES = {}
    named = slug_or_nothing(request.GET.get("source"))
    source = named or slug_or_nothing(host_word(request.headers.get("Referer", ""), origins))
    surface = surfaces.surface(
        request, page, Place.FRAME, reverse("campaigns:frame", args=[key]), source=source, origins=origins
    )
    request.surface = surface  # type: ignore[attr-defined]
    request.GET = surfaces.with_source(page, source)  # type: ignore[assignment]
    return page, surface


def _refused(request: HttpRequest, page: ActionPage | None) -> HttpResponse:
    """A plain page, which no site may frame either."""
    return render(request, "campaigns/not_framed.html", {"action_page": page}, status=403 if page else 404)
