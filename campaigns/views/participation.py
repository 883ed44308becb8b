"""Names under a petition; and what people do from their receipt: give back, leave, take back, hand in, print."""

import uuid
from urllib.parse import urlsplit

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from campaigns.engine import participation as kinds
from campaigns.engine.calendar_files import CalendarEvent, calendar_file
from campaigns.engine.tokens import was_mailed
from campaigns.records.participation import Registration
from campaigns.records.taken_actions import TakenAction
from campaigns.selectors import events, petitions, signatures, testimonies
from campaigns.selectors.kinds.base import anchor
from campaigns.selectors.pages import Progress, society
from campaigns.services import networks, registrations, stories
from campaigns.services import signatures as signing
from campaigns.services.kinds.testimony import report_handed_in
from campaigns.views.links import of_a_receipt, receipt_key

NAMES_A_PAGE = 100


@require_safe
def names(request: HttpRequest, page_key: uuid.UUID, block_id: str) -> HttpResponse:
    """Only of petitions that are published and list names."""
    found = petitions.published(page_key, block_id)
    if found is None or found[1].settings.get("shows_names") is not True:
        raise Http404
    page, petition = found
    shown = Paginator(signatures.shown(page_key, block_id), NAMES_A_PAGE)
    context = {
        "petition": petition.settings,
        "language": page.locale.language_code,
        "progress": Progress(signatures.number_of(page_key, block_id)),
        "results": shown.get_page(request.GET.get("page")),
        "action_page": page,
    }
    response = render(request, "campaigns/signatures.html", context)
    # Somebody may take their name back, and the staff may hide one: no copy of the list outlives that for long.
    response["Cache-Control"] = "no-store"
    return response


@of_a_receipt
@require_POST
def take_name_back(request: HttpRequest, token: str, taken_id: int) -> HttpResponse:
    taken = _taken(token, taken_id, kinds.PETITION)
    signing.take_name_back(taken=taken)
    return _back(token, taken)


@of_a_receipt
@require_safe
def calendar(request: HttpRequest, token: str, taken_id: int) -> HttpResponse:
    """Only for who has a place: the link to take part stands in it."""
    taken = _taken(token, taken_id, kinds.EVENT)
    registration = events.registration_of(taken)
    event = events.current(taken)
    if registration is None or registration.state != Registration.State.CONFIRMED:
        raise Http404
    if registration.came_when_full and not was_mailed(token):
        raise Http404
    if event.starts_at is None or event.ends_at is None:
        raise Http404
    text = calendar_file(
        CalendarEvent(
            uid=f"{registration.page_key}-{registration.block_id}@{urlsplit(settings.WAGTAILADMIN_BASE_URL).hostname}",
            summary=event.title,
            starts_at=event.starts_at,
            ends_at=event.ends_at,
            written_at=timezone.now(),
            location=event.place or event.link,
            description="\n\n".join(part for part in (event.description, event.link) if part),
            url=event.link,
        ),
        producer=society(request),
    )
    response = HttpResponse(text.encode(), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="event.ics"'
    return response


@of_a_receipt
@require_POST
def cancel_registration(request: HttpRequest, token: str, taken_id: int) -> HttpResponse:
    taken = _taken(token, taken_id, kinds.EVENT)
    if not events.current(taken).is_over:
        registrations.cancel(taken=taken)
    return _back(token, taken)


@of_a_receipt
@require_POST
def leave_network(request: HttpRequest, token: str, taken_id: int) -> HttpResponse:
    taken = _taken(token, taken_id, kinds.JOIN)
    networks.leave(taken=taken)
    return _back(token, taken)


@of_a_receipt
@require_POST
def withdraw_story(request: HttpRequest, token: str, taken_id: int) -> HttpResponse:
    taken = _taken(token, taken_id, kinds.STORY)
    stories.withdraw(taken=taken)
    return _back(token, taken)


@of_a_receipt
@require_POST
def forbid_use(request: HttpRequest, token: str, taken_id: int) -> HttpResponse:
    taken = _taken(token, taken_id, kinds.STORY)
    stories.forbid(taken=taken, use=request.POST.get("use", ""))
    return _back(token, taken)


@of_a_receipt
@require_POST
def forbid_name(request: HttpRequest, token: str, taken_id: int) -> HttpResponse:
    taken = _taken(token, taken_id, kinds.STORY)
    stories.forbid_name(taken=taken)
    return _back(token, taken)


@of_a_receipt
@require_POST
def handed_in(request: HttpRequest, token: str, taken_id: int) -> HttpResponse:
    taken = _taken(token, taken_id, kinds.TESTIMONY)
    # What goes with a letter is not for the person to report.
    if not taken.submission.letters.exists():
        report_handed_in(taken=taken)
    return _back(token, taken)


@of_a_receipt
@require_safe
def testimony(request: HttpRequest, token: str, taken_id: int) -> HttpResponse:
    taken = _taken(token, taken_id, kinds.TESTIMONY)
    return render(request, "campaigns/testimony.html", {"testimony": testimonies.testimony(taken), "token": token})


def _taken(token: str, taken_id: int, kind: str) -> TakenAction:
    """:raises Http404: where the receipt has no such action."""
    found = TakenAction.objects.select_related("submission__page", "submission__advocate")
    return get_object_or_404(found, pk=taken_id, kind=kind, submission__key=receipt_key(token))


def _back(token: str, taken: TakenAction) -> HttpResponse:
    return redirect(f"{reverse('campaigns:receipt', args=[token])}#{anchor(taken)}")
