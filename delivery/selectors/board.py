"""Counts what is in the outbox for the board, by indexes: as fast with a hundred thousand letters as with ten."""

import uuid
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db.models import Count, QuerySet

from delivery.records.messages import DeliveryEvent, OutboxMessage
from delivery.records.pauses import Pause
from delivery.records.recipients import RecipientRecord
from delivery.selectors import due

State = OutboxMessage.State
Stream = OutboxMessage.Stream
#: Our mail service, or Congress's, has said yes; or the file was written where mail is captured.
LEFT = (State.ACCEPTED, State.CAPTURED)


@dataclass(frozen=True, slots=True)
class Numbers:
    """How many letters are in each state: of everything, or of one campaign."""

    by_state: Mapping[str, int]

    @property
    def queued(self) -> int:
        """Waits for its time, or for a worker that has taken it and not begun."""
        return self._of(State.QUEUED, State.CLAIMED)

    @property
    def total(self) -> int:
        return sum(self.by_state.values())

    def _of(self, *wanted: str) -> int:
        return sum(self.by_state.get(state, 0) for state in wanted)


@dataclass(frozen=True, slots=True)
class Counted:
    """One look at the outbox."""

    letters: Numbers
    #: Receipts, alerts, and answers that are passed on.
    other_mail: Numbers
    #: By campaign key; letters that belong to no campaign are under None.
    by_campaign: Mapping[uuid.UUID | None, Numbers]


@dataclass(slots=True)
class _Tally:
    letters: Counter[str] = field(default_factory=Counter)
    other: Counter[str] = field(default_factory=Counter)
    campaigns: dict[uuid.UUID | None, Counter[str]] = field(default_factory=dict)


def counted() -> Counted:
    """Every message by stream, state and campaign, in one query that reads an index and no row."""
    rows = (
        OutboxMessage.objects.order_by().values_list("stream", "state", "campaign_key").annotate(count=Count("stream"))
    )
    tally = _Tally()
    for stream, state, campaign_key, count in rows:
        if stream == Stream.LETTER:
            tally.letters[state] += count
            tally.campaigns.setdefault(campaign_key, Counter())[state] += count
        else:
            tally.other[state] += count
    campaigns = {key: Numbers(states) for key, states in tally.campaigns.items()}
    return Counted(Numbers(tally.letters), Numbers(tally.other), campaigns)


def counted_of(campaign_key: uuid.UUID) -> Numbers:
    """The letters of one campaign by state, by the same index."""
    letters = OutboxMessage.objects.filter(stream=Stream.LETTER, state__in=State.values, campaign_key=campaign_key)
    return Numbers(dict(letters.order_by().values_list("state").annotate(Count("stream"))))


def counted_of_office(recipient_key: str) -> Numbers:
    """The letters to one office by state."""
    letters = OutboxMessage.objects.filter(recipient_key=recipient_key).exclude(recipient_key="")
    return Numbers(dict(letters.order_by().values_list("state").annotate(Count("recipient_key"))))


def is_known_office(recipient_key: str) -> bool:
    """Whether a letter ever went there, or somebody wrote something of it down."""
    return (
        RecipientRecord.objects.filter(key=recipient_key).exists()
        or OutboxMessage.objects.filter(recipient_key=recipient_key).exclude(recipient_key="").exists()
    )


def left_since(moment: datetime) -> int:
    """How many messages left since `moment`."""
    return DeliveryEvent.objects.filter(state__in=LEFT, at__gte=moment).count()


@dataclass(frozen=True, slots=True)
class Rate:
    last_5_minutes: int
    last_hour: int


def rate(now: datetime) -> Rate:
    """How many messages left lately, of every stream."""
    return Rate(left_since(now - timedelta(minutes=5)), left_since(now - timedelta(hours=1)))


def active_pauses(now: datetime) -> QuerySet[Pause]:
    """What does not leave, the oldest pause first."""
    return Pause.objects.active(now).select_related("by").order_by("since", "pk")


def oldest_due_at(now: datetime) -> datetime | None:
    """Since when the message waits that has waited longest although it could leave; None where none waits.

    What is paced has a later time; what is paused is not waiting for us. A letter that should have a time and got none
    does wait.
    """
    unplanned = due.oldest_unplanned(now)
    return min([*due.oldest_by_stream(now).values(), *([unplanned] if unplanned else [])], default=None)


def recipient_names(keys: list[str]) -> dict[str, str]:
    """What the offices with these keys are called, as far as a letter went to them or somebody wrote it down."""
    names = dict(RecipientRecord.objects.filter(key__in=keys).exclude(name="").values_list("key", "name"))
    for key in keys:
        if key not in names:
            rows = OutboxMessage.objects.filter(recipient_key=key).exclude(recipient_key="")
            names[key] = rows.values_list("recipient_name", flat=True).order_by().first() or ""
    return names
