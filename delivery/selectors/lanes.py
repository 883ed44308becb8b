"""The services that messages leave through, told apart: trouble with one does not stop the others."""

from collections.abc import Collection
from datetime import datetime, timedelta

from delivery.engine import backoff
from delivery.records.messages import DeliveryEvent, OutboxMessage, OutboxQuerySet

Channel = OutboxMessage.Channel


def lane_of(message: OutboxMessage) -> str:
    """`email`, `cwc:us_house` or `cwc:us_senate`: each chamber has a system of its own."""
    return _lane(message.channel, message.congress.get("chamber", ""))


def resting(now: datetime) -> frozenset[str]:
    """Lanes in which a send was left without an answer a moment ago.

    That means trouble on the line: sending on would make every letter uncertain.
    """
    since = now - timedelta(seconds=backoff.SERVICE_DELAY_SECONDS)
    unanswered = DeliveryEvent.objects.filter(reason=DeliveryEvent.Reason.NO_ANSWER, at__gt=since).order_by()
    found = unanswered.values_list("message__channel", "message__congress__chamber").distinct()
    return frozenset(_lane(channel, chamber or "") for channel, chamber in found)


def outside(messages: OutboxQuerySet, lanes: Collection[str]) -> OutboxQuerySet:
    """`messages` without those that would go through one of `lanes`."""
    for lane in sorted(lanes):
        messages = messages.exclude(**_conditions(lane))
    return messages


def inside(messages: OutboxQuerySet, lane: str) -> OutboxQuerySet:
    """Those of `messages` that would go through `lane`."""
    return messages.filter(**_conditions(lane))


def _conditions(lane: str) -> dict[str, str]:
    channel, _, chamber = lane.partition(":")
    return {"channel": channel, **({"congress__chamber": chamber} if chamber else {})}


def _lane(channel: str, chamber: str) -> str:
    return f"{channel}:{chamber}" if channel == Channel.CWC else channel
