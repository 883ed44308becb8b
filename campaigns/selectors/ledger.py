"""Reads the letters for the staff: the ledger, what it can be narrowed by, and each campaign's numbers."""

import datetime
import uuid
from collections import Counter
from dataclasses import dataclass, field

from django.db.models import Count, Max, Min, Q, QuerySet
from django.db.models.functions import TruncDate
from django.utils import timezone

from campaigns.engine.standing import Standing
from campaigns.records.submissions import Letter, Submission
from delivery.engine import states
from delivery.records.messages import DeliveryEvent, OutboxMessage
from delivery.records.rejections import Rejection
from legislators.records.officials import Official

State = OutboxMessage.State
#: What somebody on the staff should look at.
TROUBLE = (State.FAILED, State.BOUNCED, State.UNCERTAIN)
WAITING = (State.QUEUED, State.CLAIMED, State.SENDING)
#: More days than this are shown in the export of a spreadsheet, not as bars.
MOST_DAYS = 60
#: What has to be checked, or was found invalid, is none of a campaign's people.
_CLEAR = Q(standing=Standing.CLEAR)
MOST_OFFICIALS = 20


@dataclass(frozen=True, slots=True)
class Bar:
    """One row of a table with a bar: `count` of `most`."""

    label: str
    count: int
    most: int
    #: For a link to the letters behind the number; empty where there is none.
    key: str = ""


@dataclass(frozen=True, slots=True)
class Day:
    date: datetime.date
    submissions: int
    letters: int


@dataclass(slots=True)
class CampaignNumbers:
    """One campaign, whatever the language of its pages."""

    key: uuid.UUID
    title: str
    submissions: int
    people: int
    first_at: datetime.datetime
    last_at: datetime.datetime
    by_state: Counter[str] = field(default_factory=Counter)

    @property
    def letters(self) -> int:
        return self.by_state.total()

    @property
    def waiting(self) -> int:
        return self._in(*WAITING)

    @property
    def left(self) -> int:
        """Taken by our mail service, and not returned as far as we know."""
        return self._in(State.ACCEPTED, State.DELIVERED)

    @property
    def captured(self) -> int:
        return self._in(State.CAPTURED)

    @property
    def trouble(self) -> int:
        return self._in(*TROUBLE)

    @property
    def handoffs_open(self) -> int:
        return self._in(State.NEEDS_HANDOFF)

    @property
    def handoffs_done(self) -> int:
        return self._in(State.HANDED_OFF)

    def _in(self, *wanted: str) -> int:
        return sum(self.by_state[state] for state in wanted)


def letters() -> QuerySet[Letter]:
    """Every letter with all that a row of the ledger shows, the newest first."""
    return Letter.objects.select_related("outbox_message", "submission", "advocate", "official").order_by("-pk")


def matching(found: QuerySet[Letter], text: str) -> QuerySet[Letter]:
    """The letters in which every word of `text` stands in the name of the person or of the official."""
    for word in text.split()[:10]:
        found = found.filter(
            Q(advocate__given_name__icontains=word)
            | Q(advocate__family_name__icontains=word)
            | Q(outbox_message__sender_name__icontains=word)
            | Q(recipient_name__icontains=word)
        )
    return found


@dataclass(frozen=True, slots=True)
class HistoryLine:
    event: DeliveryEvent
    #: The mail service's code, or why the staff rejected it.
    detail: str
    is_code: bool


def history(letter: Letter) -> list[HistoryLine]:
    """What happened to a letter, the oldest first."""
    return [_history_line(event) for event in letter.outbox_message.events.order_by("at", "pk")]


def _history_line(event: DeliveryEvent) -> HistoryLine:
    if event.reason == DeliveryEvent.Reason.STAFF_REJECTED and event.detail in Rejection.values:
        return HistoryLine(event, str(Rejection(event.detail).label), is_code=False)
    return HistoryLine(event, event.detail, is_code=True)


def can_be_retried(letter: Letter) -> bool:
    return letter.outbox_message.state in states.RETRYABLE


def can_be_cancelled(letter: Letter) -> bool:
    return letter.outbox_message.state in states.CANCELLABLE


def can_be_rerouted(letter: Letter) -> bool:
    """What is held is decided about, and what has arrived needs no other way."""
    return letter.outbox_message.state in (State.QUEUED, State.FAILED, State.BOUNCED, State.UNCERTAIN)


def campaign_titles() -> dict[uuid.UUID, str]:
    """The title of each campaign that was acted on, in English where it was acted on in English."""
    rows = Submission.objects.values_list("campaign_key", "language", "campaign_title").annotate(Max("submit_time"))
    titles: dict[uuid.UUID, str] = {}
    # Sorted so that the one to keep comes last: the latest English title, else the latest.
    for key, _language, title, _at in sorted(rows, key=lambda row: (row[1] == "en", row[3])):
        titles[key] = title
    return dict(sorted(titles.items(), key=lambda item: item[1].casefold()))


def officials_written_to() -> QuerySet[Official]:
    return Official.objects.filter(letters__isnull=False).distinct().order_by("family_name", "given_name", "name")


def campaign_numbers(key: uuid.UUID | None = None) -> list[CampaignNumbers]:
    """The numbers of every campaign that was acted on, or of the one with `key`; the latest acted on first."""
    chosen = Q(campaign_key=key) if key else Q()
    titles = campaign_titles()
    found = {
        row["campaign_key"]: CampaignNumbers(
            key=row["campaign_key"],
            title=titles[row["campaign_key"]],
            submissions=row["submissions"],
            people=row["people"],
            first_at=row["first_at"],
            last_at=row["last_at"],
        )
        for row in Submission.objects.filter(chosen)
        .values("campaign_key")
        .annotate(
            submissions=Count("pk", filter=_CLEAR),
            people=Count("advocate", distinct=True, filter=_CLEAR),
            first_at=Min("submit_time"),
            last_at=Max("submit_time"),
        )
        .order_by()
    }
    counted = Letter.objects.filter(chosen).values_list("campaign_key", "outbox_message__state")
    for campaign_key, state, count in counted.annotate(Count("pk")).order_by():
        if campaign_key in found:
            found[campaign_key].by_state[state] = count
    return sorted(found.values(), key=lambda numbers: numbers.last_at, reverse=True)


def by_state(numbers: CampaignNumbers) -> list[Bar]:
    """The campaign's letters by state, in the order in which a letter passes through them; none that is empty."""
    return [
        Bar(str(State(state).label), numbers.by_state[state], numbers.letters, key=state)
        for state in State.values
        if numbers.by_state[state]
    ]


def by_official(key: uuid.UUID) -> list[Bar]:
    """The officials who were written to most in a campaign."""
    rows = (
        Letter.objects.filter(campaign_key=key)
        .values_list("recipient_name", "official_id")
        .annotate(count=Count("pk"))
        .order_by("-count", "recipient_name")[:MOST_OFFICIALS]
    )
    most = max((count for _name, _official, count in rows), default=0)
    return [Bar(name, count, most, key=str(official or "")) for name, official, count in rows]


def by_day(key: uuid.UUID) -> list[Day]:
    """Submissions and letters of each day from the first to the last, or of the last `MOST_DAYS` of them."""
    day = TruncDate("submit_time", tzinfo=timezone.get_current_timezone())
    rows = (
        Submission.objects.filter(campaign_key=key)
        .annotate(day=day)
        .values_list("day")
        .annotate(clear=Count("pk", distinct=True, filter=_CLEAR), written=Count("letters"))
        .order_by()
    )
    counted = {date: (submissions, letters_) for date, submissions, letters_ in rows}
    if not counted:
        return []
    last = max(counted)
    first = max(min(counted), last - datetime.timedelta(days=MOST_DAYS - 1))
    dates = (first + datetime.timedelta(days=number) for number in range((last - first).days + 1))
    return [Day(date, *counted.get(date, (0, 0))) for date in dates]
