"""Asked once more before mails to people leave: whether what each says still holds."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.utils import timezone

from campaigns.engine.standing import Standing
from campaigns.records.follow_ups import FollowUp
from campaigns.records.participation import Registration
from campaigns.records.submissions import Submission
from campaigns.selectors import events, standings
from delivery.records.messages import DeliveryEvent, OutboxMessage

Reason = DeliveryEvent.Reason
#: Kinds of mail, as their keys begin: see `confirmations`, `confirming` and `registrations`.
_RECEIPT, _CONFIRM, _PLACE, _NO_PLACE = "receipt", "confirm", "place", "no-place"


def stopped(*, messages: Sequence[OutboxMessage]) -> Mapping[UUID, str]:
    """Of mails that are about to leave those that nobody is to get any more, with a `Reason` value or "".

    A receipt or a reminder of a form that was found not to be the person's own; a question that was answered, decided
    or too late; the news of a place that somebody has not got any more. In three queries for all of them.
    """
    now = timezone.now()
    parts = {message.pk: message.dedupe_key.split(":") for message in messages}
    found = {**_of_forms(parts, now), **_of_places(parts), **_of_follow_ups(messages)}
    return {key: reason for key, reason in found.items() if reason is not None}


def _of_forms(parts: Mapping[UUID, Sequence[str]], now: datetime) -> dict[UUID, str | None]:
    asked = {pk: key[1] for pk, key in parts.items() if len(key) > 1 and key[0] in (_RECEIPT, _CONFIRM)}
    forms = Submission.objects.select_related("page").filter(key__in=[key for key in asked.values() if _is_key(key)])
    by_key = {str(submission.key): submission for submission in forms}
    return {
        pk: _why_no_question(by_key[key], now) if parts[pk][0] == _CONFIRM else _why_no_mail(by_key[key])
        for pk, key in asked.items()
        if key in by_key
    }


def _why_no_mail(submission: Submission) -> str | None:
    return Reason.WITHDRAWN.value if submission.standing == Standing.INVALID else None


def _why_no_question(submission: Submission, now: datetime) -> str | None:
    if submission.standing == Standing.CLEAR:
        # The person has answered on another mail, or the staff vouch for them.
        return Reason.RELEASED.value
    if submission.standing != Standing.UNCONFIRMED:
        return Reason.WITHDRAWN.value
    return Reason.NEVER_CONFIRMED.value if now >= standings.confirm_until(submission) else None


def _of_places(parts: Mapping[UUID, Sequence[str]]) -> dict[UUID, str | None]:
    asked = {pk: key for pk, key in parts.items() if len(key) > 1 and key[0] in (_PLACE, _NO_PLACE)}
    rows = Registration.objects.select_related("taken_action__submission__page").in_bulk(
        [int(key[1]) for key in asked.values() if key[1].isdecimal()]
    )
    return {pk: _why_no_news(key[0], rows[int(key[1])]) for pk, key in asked.items() if int(key[1]) in rows}


def _why_no_news(kind: str, registration: Registration) -> str | None:
    if reason := _why_no_mail(registration.taken_action.submission):
        return reason
    told = Registration.State.CONFIRMED if kind == _PLACE else Registration.State.WAITING
    is_so = registration.state == told and not events.current(registration.taken_action).is_over
    return None if is_so else ""


def _of_follow_ups(messages: Sequence[OutboxMessage]) -> dict[UUID, str | None]:
    found = FollowUp.objects.filter(
        outbox_message__in=[message.pk for message in messages], submission__standing=Standing.INVALID.value
    )
    return dict.fromkeys(found.values_list("outbox_message", flat=True), Reason.WITHDRAWN.value)


def _is_key(text: str) -> bool:
    try:
        return bool(UUID(text))
    except ValueError:
        return False
