"""Makes of a row of the outbox the letter that goes by CWC, and takes in what Congress says about one afterwards."""

import uuid
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from delivery.adapters.cwc import configuration
from delivery.adapters.cwc.carrier import ACCEPTED_MARK
from delivery.engine.cwc import document, timing, validation
from delivery.engine.cwc.chambers import UnknownRuleError
from delivery.engine.cwc.content import CongressContent
from delivery.engine.cwc.outgoing import OutgoingCongress
from delivery.engine.cwc.validation import Code, Problem
from delivery.engine.failures import CannotBeComposed
from delivery.records.messages import DeliveryEvent, OutboxMessage
from delivery.selectors import cwc
from delivery.services import fallbacks, moves

State = OutboxMessage.State
Reason = DeliveryEvent.Reason
_WASHINGTON = ZoneInfo("America/New_York")


class UnknownDelivery(LookupError):
    """No letter went out under this DeliveryId."""


def compose(message: OutboxMessage) -> OutgoingCongress:
    """The letter that goes out for `message`.

    :raises CannotBeComposed: with the reason: the way is switched off, the office takes no more letters, the same
        went there within 72 hours, or it lacks something or is too long.
    """
    content = _content(message)
    if not configuration.is_on(content.chamber):
        raise CannotBeComposed(Reason.CWC_NOT_LIVE)
    if not cwc.is_active(content.office, chamber=content.chamber):
        raise CannotBeComposed(Reason.CWC_OFFICE_LEFT)
    if repeat_wait_seconds(message, timezone.now()):
        raise CannotBeComposed(Reason.TOO_SOON)
    try:
        rules = configuration.rules(content.chamber)
        found = cwc.problems(content)
    except UnknownRuleError:
        raise CannotBeComposed(Reason.INVALID_FOR_CHANNEL, "settings") from None
    if found:
        raise _invalid(found)
    delivery_id = delivery_id_of(message)
    return OutgoingCongress(
        reference=str(message.pk),
        chamber=content.chamber,
        delivery_id=delivery_id,
        document=document.build(
            content,
            society=configuration.society(content.chamber),
            rules=rules,
            delivery_id=delivery_id,
            delivery_date=timezone.now().astimezone(_WASHINGTON).date(),
        ),
    )


def delivery_id_of(message: OutboxMessage) -> str:
    """The DeliveryId of the next try: the row's own id, until Congress has accepted it.

    It is the same at every try of which the answer is not known, so that a second one is no second letter. A letter
    that may go again after it was accepted needs a new one: the old one would be answered with "accepted before".
    """
    accepted = _acceptances(message).count()
    return uuid.uuid5(message.pk, str(accepted)).hex if accepted else message.pk.hex


def repeat_wait_seconds(message: OutboxMessage, now: datetime) -> float:
    """How long this letter may not go to the same office by CWC again; 0 where it may.

    Only the letter itself is looked at: the outbox has one for each campaign, person and office.
    """
    last = _acceptances(message).order_by("-at").first()
    return timing.seconds_until_repeat(last.at, now) if last else 0.0


@transaction.atomic
def reject_late(*, delivery_id: str) -> str:
    """Records that an office's system refused a letter after Congress had accepted it; the state it ends in.

    The letter goes by its next channel, mostly the supporter's own hand. Recorded twice, nothing more happens.

    :param delivery_id: as it stands in the mail to CWC_ACK_ADDRESS, with or without dashes.
    :raises UnknownDelivery: no letter was accepted under this id.
    """
    message = _accepted_under(delivery_id.replace("-", "").strip())
    is_moved = moves.move(
        message_id=message.pk,
        to=State.BOUNCED,
        only_from=[State.ACCEPTED],
        reason=Reason.REJECTED_LATE,
    )
    if is_moved:
        fallbacks.fall_back(message_id=message.pk, reason=Reason.NEXT_CHANNEL)
    return OutboxMessage.objects.values_list("state", flat=True).get(pk=message.pk)


def _accepted_under(delivery_id: str) -> OutboxMessage:
    # Once refused, the row has forgotten the id; for its first, that is the row's own.
    by_id = Q(channel=OutboxMessage.Channel.CWC, provider_message_id=delivery_id)
    try:
        by_id |= Q(pk=uuid.UUID(hex=delivery_id))
    except ValueError:
        raise UnknownDelivery("a DeliveryId of ours has 32 digits and letters from a to f") from None
    message = OutboxMessage.objects.select_for_update().filter(by_id).first()
    if message is None or not _acceptances(message).exists():
        raise UnknownDelivery("no letter was accepted under this DeliveryId")
    return message


def _acceptances(message: OutboxMessage) -> "QuerySet[DeliveryEvent]":
    # Mail may have been accepted for the same row, before it went this way.
    return DeliveryEvent.objects.filter(message=message, state=State.ACCEPTED, detail__startswith=ACCEPTED_MARK)


def _content(message: OutboxMessage) -> CongressContent:
    try:
        return CongressContent.from_json(message.congress)
    except (TypeError, AttributeError):
        raise CannotBeComposed(Reason.INVALID_FOR_CHANNEL, "content") from None


def _invalid(found: list[Problem]) -> CannotBeComposed:
    is_length = any(problem.code is Code.TOO_LONG and problem.field in validation.TEXTS for problem in found)
    codes = "; ".join(f"{problem.field} {problem.code.value}" for problem in found)
    return CannotBeComposed(Reason.TOO_LONG if is_length else Reason.INVALID_FOR_CHANNEL, codes)
