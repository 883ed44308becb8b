"""An action on a device that many people use in turn: nothing is kept there, and everybody begins anew."""

import uuid
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseRedirectBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from campaigns.content import surfaces
from campaigns.content.action_flow import ActionFlow
from campaigns.content.action_page import ActionPage
from campaigns.engine import stand_links
from campaigns.engine.stand_links import Stand
from campaigns.engine.surfaces import Place, Surface
from campaigns.engine.tokens import BadToken, ExpiredToken, read_receipt
from campaigns.records.submissions import Submission
from campaigns.selectors import stand_thanks


@csrf_exempt
def form(request: HttpRequest, token: str) -> HttpResponse:
    page, surface = _open(request, token)
    if page is None or surface is None:
        return _closed(request)
    flow = ActionFlow(page, request)
    if request.method != "POST":
        return surfaces.shown(request, surface, flow.start())
    response = flow.respond() if surfaces.is_own_post(request) else flow.refuse_unproven()
    if isinstance(response, HttpResponseRedirectBase):
        return surfaces.shown(request, surface, _thanks_for(response, surface, token))
    if _is_sent(request.POST.get("token", "")):
        # The steps of somebody who is done: a browser offers to send them again to whoever presses "back".
        return surfaces.shown(request, surface, redirect(surface.address))
    return surfaces.shown(request, surface, response)


@require_safe
def thanks(request: HttpRequest, token: str, done: str) -> HttpResponse:
    page, surface = _open(request, token)
    if page is None or surface is None:
        return _closed(request)
    try:
        context = stand_thanks.thanks(stand_links.read_thanks(done))
    except (BadToken, ExpiredToken):
        context = None
    if context is None:
        return surfaces.shown(request, surface, redirect(surface.address))
    context = {**context, "start": surface.address}
    return surfaces.shown(request, surface, render(request, "campaigns/stand_thanks.html", context))


def _open(request: HttpRequest, token: str) -> tuple[ActionPage | None, Surface | None]:
    try:
        stand = stand_links.read(token, today=timezone.localdate())
    except (BadToken, ExpiredToken):
        return None, None
    page = surfaces.shown_page(request, stand.page_key)
    if page is None or not page.is_for_stands:
        return None, None
    request.COOKIES = {}
    surface = surfaces.surface(
        request,
        page,
        Place.STAND,
        reverse("campaigns:stand", args=[token]),
        source=stand.name,
        ways=_ways(stand, token),
    )
    request.surface = surface  # type: ignore[attr-defined]
    request.GET = surfaces.with_source(page, stand.name)  # type: ignore[assignment]
    return page, surface


def _ways(stand: Stand, token: str) -> tuple[tuple[str, str, str], ...]:
    """The same stand in the form's other languages: code, name, address."""
    here = translation.get_language()
    published = set(
        ActionPage.objects.filter(translation_key=stand.page_key, alias_of__isnull=True)
        .live()
        .public()
        .values_list("locale__language_code", flat=True)
    )
    found = []
    for code, _name in settings.LANGUAGES:
        if code != here and code in published:
            with translation.override(code):
                name = translation.get_language_info(code)["name_local"]
                found.append((code, name, reverse("campaigns:stand", args=[token])))
    return tuple(found)


def _thanks_for(response: HttpResponseRedirectBase, surface: Surface, token: str) -> HttpResponse:
    """In place of the receipt, of which not even the address may stay on this device."""
    rest = response.url.removeprefix(surface.receipts).partition("/")[0]
    try:
        key = read_receipt(rest, days=1)
    except (BadToken, ExpiredToken):
        return redirect(surface.address)
    return redirect("campaigns:stand_thanks", token=token, done=stand_links.sign_thanks(key))


def _is_sent(token: Any) -> bool:
    try:
        return Submission.objects.filter(token=uuid.UUID(token)).exists()
    except ValueError:
        return False


def _closed(request: HttpRequest) -> HttpResponse:
    return render(request, "campaigns/stand_closed.html", status=404)
