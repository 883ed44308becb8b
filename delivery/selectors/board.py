"""Counts what is in the outbox for the board: a small one by an index, a large one as the clock last did."""

import uuid
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db.models import Count, QuerySet
from django.utils import timezone

from delivery.records.messages import DeliveryEvent, OutboxMessage
from delivery.records.pauses import Pause
from delivery.records.recipients import RecipientRecord
from delivery.records.tallies import Tally
from delivery.selectors import due

State = OutboxMessage.State
Stream = OutboxMessage.Stream
#: Our mail service, or Congress's, has said yes; or the file was written where mail is captured.
LEFT = (State.ACCEPTED, State.CAPTURED)
#: From so many messages on the clock counts, and the board shows what it found.
LARGE = 20_000
#: Of the clock's figures. Older ones are worth less than the wait: the clock may have stopped.
OLDEST_TALLY = timedelta(seconds=60)


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
    #: When the clock counted; None: this very moment.
    at: datetime | None = None


@dataclass(slots=True)
class _Sums:
    letters: Counter[str] = field(default_factory=Counter)
    other: Counter[str] = field(default_factory=Counter)
    campaigns: dict[uuid.UUID | None, Counter[str]] = field(default_factory=dict)


Row = tuple[str, str, uuid.UUID | None, int]


def count_rows() -> list[Row]:
    """Every message by stream, state and campaign, in one query that reads an index and no row."""
    rows = OutboxMessage.objects.order_by().values_list("stream", "state", "campaign_key")
    return list(rows.annotate(count=Count("stream")))


def counted(now: datetime | None = None) -> Counted:
    """How many messages stand where. The time that it takes does not grow with the outbox."""
    tally = _tally(now)
    if tally is None:
        return _summed(count_rows(), None)
    rows: list[Row] = [
        (stream, state, uuid.UUID(hex=key) if key else None, count) for stream, state, key, count in tally.counts
    ]
    return _summed(rows, tally.at)


def counted_of(campaign_key: uuid.UUID) -> Numbers:
    """The letters of one campaign by state, of the same moment as `counted`."""
    if _tally(None) is not None:
        return counted().by_campaign.get(campaign_key, Numbers({}))
    letters = OutboxMessage.objects.filter(stream=Stream.LETTER, state__in=State.values, campaign_key=campaign_key)
    return Numbers(dict(letters.order_by().values_list("state").annotate(Count("stream"))))


def queued_of(campaign_key: uuid.UUID) -> int:
    """How many letters of a campaign wait in the queue at this very moment."""
    return OutboxMessage.objects.filter(stream=Stream.LETTER, state=State.QUEUED, campaign_key=campaign_key).count()


def _tally(now: datetime | None) -> Tally | None:
    return Tally.objects.filter(at__gt=(now or timezone.now()) - OLDEST_TALLY).first()


def _summed(rows: list[Row], at: datetime | None) -> Counted:
    sums = _Sums()
    for stream, state, campaign_key, count in rows:
        if stream == Stream.LETTER:
            sums.letters[state] += count
            sums.campaigns.setdefault(campaign_key, Counter())[state] += count
        else:
            sums.other[state] += count
    campaigns = {key: Numbers(states) for key, states in sums.campaigns.items()}
    return Counted(Numbers(sums.letters), Numbers(sums.other), campaigns, at)


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
