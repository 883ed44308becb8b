"""Places at an event: given once, kept until somebody gives theirs back, and then passed on."""

import uuid
from collections.abc import Collection, Sequence
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import Min, QuerySet
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, override
from wagtail.models import Page

from campaigns.engine.standing import Standing
from campaigns.engine.texts import unlinked
from campaigns.engine.tokens import sign_receipt
from campaigns.records.participation import Registration
from campaigns.records.submissions import Submission
from campaigns.records.taken_actions import TakenAction
from campaigns.selectors import events, follow_ups
from campaigns.selectors.events import Event
from campaigns.services import confirmations
from delivery.adapters import mail
from delivery.engine.drafts import MessageDraft
from delivery.records.messages import OutboxMessage
from delivery.services import outbox

State = Registration.State
ACTIVE = (State.CONFIRMED, State.WAITING)


@transaction.atomic
def register(*, taken: TakenAction, event: Event) -> Registration | None:
    """Gives the person of this form a place, or one on the waiting list; None where the event has begun.

    Somebody who has one already takes no second: this form stands as the earlier one does. A form in quarantine takes
    no place before it is released (`seat`): else a program could fill an event with forms that nobody has read. The
    caller holds the advocate's row; the page's is held from here to the end, so that no place is given twice.
    """
    if event.is_over:
        return None
    page_key, block_id = taken.submission.page_key, taken.block_id
    _lock(page_key)
    fill(page_key=page_key, block_id=block_id, event=event)
    is_full = bool(event.capacity) and events.places_taken(page_key, block_id) >= event.capacity
    now = timezone.now()
    registration = Registration.objects.create(
        taken_action=taken,
        page_key=page_key,
        block_id=block_id,
        advocate=taken.submission.advocate,
        state=_state_for(taken.submission, page_key, block_id, is_full=is_full),
        came_when_full=is_full,
        registered_at=now,
    )
    if registration.state == State.CONFIRMED:
        TakenAction.objects.filter(pk=taken.pk).update(done_at=now)
    return registration


@transaction.atomic
def cancel(*, taken: TakenAction) -> bool:
    """Gives the place of this form back, and passes it on; says whether there was one.

    The first form of a person against which nothing speaks also speaks for their others; any other one only for
    itself, since anybody can type anybody's address.
    """
    page_key, block_id = taken.submission.page_key, taken.block_id
    _lock(page_key)
    registration = Registration.objects.filter(taken_action=taken, state__in=ACTIVE).first()
    if registration is None:
        return False
    of_person = events.standing(page_key, block_id).filter(advocate=registration.advocate_id, state__in=ACTIVE)
    clear = of_person.filter(taken_action__submission__standing=Standing.CLEAR.value)
    first = clear.order_by("pk").first()
    given_back = of_person if first and first.pk == registration.pk else Registration.objects.filter(pk=registration.pk)
    _give_back(taken, list(given_back.values_list("pk", flat=True)))
    confirmations.renew(taken.submission)
    return True


@transaction.atomic
def lapse(*, taken: TakenAction) -> bool:
    """Passes the place of a form on that nobody confirmed in time; says whether there was one."""
    _lock(taken.submission.page_key)
    ids = list(Registration.objects.filter(taken_action=taken, state__in=ACTIVE).values_list("pk", flat=True))
    if ids:
        _give_back(taken, ids)
    return bool(ids)


def _give_back(taken: TakenAction, ids: Sequence[int]) -> None:
    Registration.objects.filter(pk__in=ids).update(state=State.CANCELLED, cancelled_at=timezone.now())
    TakenAction.objects.filter(registration__in=ids).update(done_at=None)
    fill(page_key=taken.submission.page_key, block_id=taken.block_id, event=events.current(taken))


@transaction.atomic
def fill(*, page_key: uuid.UUID, block_id: str, event: Event, told_otherwise: Collection[int] = ()) -> int:
    """Moves people up from the waiting list while there are places, tells each by e-mail, and says how many.

    In the order in which they came; those whose form still waits for something are passed over.

    :param told_otherwise: ids of advocates who read of their place in another mail.
    """
    _lock(page_key)
    if event.is_over:
        return 0
    waiting = events.standing(page_key, block_id).filter(state=State.WAITING)
    clear = waiting.filter(taken_action__submission__standing=Standing.CLEAR.value)
    queue = clear.order_by().values("advocate").annotate(first=Min("pk")).order_by("first")
    if event.capacity:
        queue = queue[: max(0, event.capacity - events.places_taken(page_key, block_id))]
    moved = list(queue.values_list("advocate", "first"))
    now = timezone.now()
    for advocate_id, first in moved:
        rows = waiting.filter(advocate=advocate_id)
        _confirm(rows.exclude(taken_action__submission__standing=Standing.QUARANTINED.value), now)
        if advocate_id not in told_otherwise:
            _tell(first, event, now, template="place_free.txt", key="place")
    return len(moved)


@transaction.atomic
def seat(*, submission: Submission) -> None:
    """Gives a form that has just become clear the place that it had to wait for, if one is left.

    Who waits longer goes first. What came of it stands in the receipt, which the caller sends.
    """
    rows = Registration.objects.filter(taken_action__submission=submission, state=State.WAITING)
    for row in rows.select_related("taken_action__submission__page").order_by("page_key", "pk"):
        _lock(row.page_key)
        held = events.standing(row.page_key, row.block_id).filter(advocate=row.advocate_id, state=State.CONFIRMED)
        if held.exists():
            _confirm(Registration.objects.filter(pk=row.pk), timezone.now())
            continue
        event = events.current(row.taken_action)
        fill(page_key=row.page_key, block_id=row.block_id, event=event, told_otherwise=[row.advocate_id])


@transaction.atomic
def come_back(*, submission_ids: Collection[int]) -> int:
    """After forms were found valid again: who has a place that was given to others meanwhile waits for another one.

    Nobody loses a place for it, and no event gets more people than it has places for. Whoever comes back stands before
    those who signed up later, and is told by e-mail. The caller has written how the forms stand, and locks no person's
    row after this.

    :returns: how many people came back to a waiting list.
    """
    rows = Registration.objects.filter(taken_action__submission__in=submission_ids, state=State.CONFIRMED)
    places = rows.order_by().values_list("page_key", "block_id").distinct()
    return sum(_come_back(page_key, block_id, submission_ids) for page_key, block_id in sorted(places))


def _come_back(page_key: uuid.UUID, block_id: str, submission_ids: Collection[int]) -> int:
    _lock(page_key)
    standing = events.standing(page_key, block_id).filter(state=State.CONFIRMED)
    back = standing.filter(taken_action__submission__in=submission_ids)
    _wait(back.filter(taken_action__submission__standing=Standing.QUARANTINED.value))
    rest = standing.exclude(taken_action__submission__in=submission_ids)
    coming = back.exclude(advocate__in=rest.values("advocate"))
    firsts = list(
        coming.order_by()
        .values("advocate")
        .annotate(first=Min("pk"))
        .order_by("first")
        .values_list("advocate", "first")
    )
    some = Registration.objects.select_related("taken_action__submission__page")
    event = events.current(some.get(pk=firsts[0][1]).taken_action) if firsts else None
    if event is None or event.is_over or not event.capacity:
        return 0
    left = max(0, event.capacity - rest.order_by().values("advocate").distinct().count())
    now = timezone.now()
    for advocate_id, first in firsts[left:]:
        is_clear = coming.filter(advocate=advocate_id, taken_action__submission__standing=Standing.CLEAR.value).exists()
        _wait(coming.filter(advocate=advocate_id))
        # Of any other form it is not known whose address it has.
        if is_clear:
            _tell(first, event, now, template="place_gone.txt", key="no-place")
    return len(firsts[left:])


def _confirm(rows: QuerySet[Registration], now: datetime) -> None:
    ids = list(rows.values_list("pk", flat=True))
    Registration.objects.filter(pk__in=ids).update(state=State.CONFIRMED, moved_up_at=now)
    TakenAction.objects.filter(registration__in=ids).update(done_at=now)


def _wait(rows: QuerySet[Registration]) -> None:
    ids = list(rows.values_list("pk", flat=True))
    Registration.objects.filter(pk__in=ids).update(state=State.WAITING, moved_up_at=None)
    TakenAction.objects.filter(registration__in=ids).update(done_at=None)


def _lock(page_key: uuid.UUID) -> None:
    """Held until the transaction ends; one row for all languages. It lets others refer to the page meanwhile."""
    pages = Page.objects.select_for_update(no_key=True).filter(translation_key=page_key).order_by("pk")
    list(pages.values_list("pk", flat=True)[:1])


def _state_for(submission: Submission, page_key: uuid.UUID, block_id: str, *, is_full: bool) -> str:
    if submission.standing == Standing.QUARANTINED:
        return State.WAITING
    held = events.standing(page_key, block_id).filter(advocate=submission.advocate_id, state=State.CONFIRMED)
    return State.WAITING if is_full and not held.exists() else State.CONFIRMED


def _tell(registration_id: int, event: Event, now: datetime, *, template: str, key: str) -> None:
    registration = Registration.objects.select_related("taken_action__submission__advocate").get(pk=registration_id)
    submission = registration.taken_action.submission
    society = follow_ups.society(submission) or str(settings.WAGTAIL_SITE_NAME)
    path = reverse("campaigns:receipt", args=[sign_receipt(submission.key, is_mailed=True)])
    with override(submission.language):
        draft = MessageDraft(
            dedupe_key=f"{key}:{registration.pk}:{now:%Y%m%d%H%M%S%f}",
            stream=OutboxMessage.Stream.RECEIPT,
            recipient_name=str(submission.advocate),
            recipient_address=submission.advocate.email,
            sender_name=society,
            reply_to_address="",
            subject=(
                gettext("You have a place: %(event)s") if key == "place" else gettext("You wait for a place: %(event)s")
            )
            % {"event": event.title},
            body=render_to_string(
                f"emails/campaigns/{template}",
                {
                    "name": unlinked(str(submission.advocate)),
                    "event": event,
                    "society": society,
                    "url": f"{settings.WAGTAILADMIN_BASE_URL.rstrip('/')}{path}",
                    "link_days": settings.RECEIPT_LINK_DAYS,
                    "is_capturing_mail": not mail.is_sending(),
                },
            ),
            language=submission.language,
        )
    outbox.enqueue(drafts=[draft])
