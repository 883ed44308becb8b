"""What the board of deliveries shows: numbers in the order of a letter's way, with names instead of keys."""

import time
import uuid
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.core.cache import cache
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Page

from campaigns.records.submissions import Submission
from campaigns.selectors import officials
from delivery.adapters import workers
from delivery.adapters.workers import QueueState
from delivery.records.messages import OutboxMessage
from delivery.records.pauses import Pause
from delivery.records.recipients import RecipientRecord
from delivery.selectors import alarms, board, bouncing, cwc, pacing
from delivery.selectors.board import Counted, Numbers, Rate
from delivery.selectors.cwc import ListState
from delivery.selectors.pacing import Finish
from legislators.records.officials import Official

State = OutboxMessage.State
#: As the keys of officials begin, before their source's id.
_OFFICIAL = "official:"
#: More offices than this are shown in the report on the data.
MOST_OFFICES = 50
#: The finish of so many campaigns is reckoned for the board; of each, on its own page.
MOST_FINISHES = 5
#: So old may a finish on the board be, or older where it costs much; what is paused is said at once.
FINISH_SECONDS = 60
_TILES = (
    (State.QUEUED, gettext_lazy("Waiting"), ""),
    (State.SENDING, gettext_lazy("Being sent"), ""),
    (State.ACCEPTED, gettext_lazy("Accepted"), "good"),
    (State.DELIVERED, gettext_lazy("Delivered"), "good"),
    (State.BOUNCED, gettext_lazy("Returned"), "bad"),
    (State.FAILED, gettext_lazy("Failed"), "bad"),
    (State.UNCERTAIN, gettext_lazy("Not known"), "bad"),
    (State.HELD, gettext_lazy("Held"), "look"),
    (State.NEEDS_HANDOFF, gettext_lazy("Hand-off open"), ""),
    (State.HANDED_OFF, gettext_lazy("Hand-off done"), "good"),
    (State.CAPTURED, gettext_lazy("Captured, not sent"), "look"),
    (State.CANCELLED, gettext_lazy("Cancelled"), ""),
    (State.SUPPRESSED, gettext_lazy("Not wanted"), ""),
)


@dataclass(frozen=True, slots=True)
class Tile:
    """One number of the board. `tone` is what it looks like when it is not nought; the label says it in words."""

    state: str
    label: str
    count: int
    tone: str

    @property
    def query(self) -> str:
        """What narrows the ledger to the letters behind the number."""
        states = (State.QUEUED, State.CLAIMED) if self.state == State.QUEUED else (self.state,)
        return "&".join(f"state={state}" for state in states)


@dataclass(frozen=True, slots=True)
class CampaignRow:
    key: uuid.UUID
    title: str
    numbers: Numbers
    finish: Finish | None
    is_paused: bool

    @property
    def trouble(self) -> int:
        return sum(self.numbers.by_state.get(state, 0) for state in (State.BOUNCED, State.FAILED, State.UNCERTAIN))

    def _count(self, state: str) -> int:
        return self.numbers.by_state.get(state, 0)

    @property
    def sending(self) -> int:
        return self._count(State.SENDING)

    @property
    def accepted(self) -> int:
        return self._count(State.ACCEPTED)

    @property
    def delivered(self) -> int:
        return self._count(State.DELIVERED)

    @property
    def captured(self) -> int:
        return self._count(State.CAPTURED)

    @property
    def held(self) -> int:
        return self._count(State.HELD)

    @property
    def handoffs(self) -> int:
        return self._count(State.NEEDS_HANDOFF)


@dataclass(frozen=True, slots=True)
class PauseRow:
    pause: Pause
    what: str
    by: str


@dataclass(frozen=True, slots=True)
class Board:
    #: When the messages were counted.
    at: datetime
    tiles: tuple[Tile, ...]
    other_mail: tuple[Tile, ...]
    campaigns: tuple[CampaignRow, ...]
    oldest_due_minutes: int | None
    rate: Rate
    finish: Finish | None
    pauses: tuple[PauseRow, ...]
    is_all_paused: bool
    queues: tuple[QueueState, ...] | None
    failing_offices: tuple[RecipientRecord, ...]
    failing_count: int
    office_lists: tuple[tuple[str, ListState], ...]
    alarms: tuple[alarms.Alarm, ...]


def board_of(now: datetime) -> Board:
    """Everything that the board shows at `now`."""
    counted = board.counted(now)
    pauses = pause_rows(now)
    queues = workers.queues(alarms.QUEUES)
    oldest = board.oldest_due_at(now)
    return Board(
        at=counted.at or now,
        tiles=tiles(counted.letters),
        other_mail=tuple(tile for tile in tiles(counted.other_mail) if tile.count),
        campaigns=_campaign_rows(counted, pauses, now),
        oldest_due_minutes=int((now - oldest).total_seconds() // 60) if oldest else None,
        rate=board.rate(now),
        finish=_finish(None, pauses, now),
        pauses=pauses,
        is_all_paused=any(row.pause.scope == Pause.Scope.SITE for row in pauses),
        queues=queues,
        failing_offices=tuple(bouncing.failing()[:MOST_OFFICES]),
        failing_count=bouncing.failing_count(),
        office_lists=office_lists(),
        alarms=tuple(alarms.ringing(now, queues=queues, is_asked=True)),
    )


def tiles(numbers: Numbers) -> tuple[Tile, ...]:
    """The numbers by state, in the order in which a letter passes through them."""
    counts = {**numbers.by_state, State.QUEUED: numbers.queued}
    return tuple(Tile(state, str(label), counts.get(state, 0), tone) for state, label, tone in _TILES)


def office_lists() -> tuple[tuple[str, ListState], ...]:
    """How the lists of both chambers of Congress stand, with the chambers' names."""
    return tuple((officials.chamber_name(row.chamber), row) for row in cwc.list_states())


def campaign(key: uuid.UUID, now: datetime) -> CampaignRow:
    """One campaign; all is nought where nobody knows it."""
    paused = board.active_pauses(now).filter(scope=Pause.Scope.CAMPAIGN, key=key.hex)
    finish = pacing.expected_finish(campaign_key=key, now=now)
    return CampaignRow(key, campaign_titles([key])[key], board.counted_of(key), finish, paused.exists())


def cancellable(key: uuid.UUID) -> int:
    """How many letters of a campaign wait in the queue, and nothing of them has left."""
    return board.queued_of(key)


def name_of(scope: str, key: str) -> str:
    """What a pause is about, as the staff call it."""
    pause = Pause(scope=scope, key=key)
    return _names([pause])[scope, key]


def _campaign_rows(counted: Counted, pauses: Collection[PauseRow], now: datetime) -> tuple[CampaignRow, ...]:
    keys = [key for key in counted.by_campaign if key is not None]
    titles = campaign_titles(keys)
    paused = {row.pause.key for row in pauses if row.pause.scope == Pause.Scope.CAMPAIGN}
    # What moves stands at the top.
    keys.sort(key=lambda key: (-counted.by_campaign[key].queued, titles[key].casefold()))
    rows = []
    for place, key in enumerate(keys):
        numbers = counted.by_campaign[key]
        is_reckoned = numbers.queued and place < MOST_FINISHES
        finish = _finish(key, pauses, now) if is_reckoned else None
        rows.append(CampaignRow(key, titles[key], numbers, finish, key.hex in paused))
    return tuple(rows)


def _finish(key: uuid.UUID | None, pauses: Collection[PauseRow], now: datetime) -> Finish | None:
    """Reckoned once in a while: it places hundreds of letters, and moves by minutes in an hour."""
    kept = {(row.pause.scope, row.pause.key) for row in pauses}
    if (Pause.Scope.SITE, "") in kept or (key and (Pause.Scope.CAMPAIGN, key.hex) in kept):
        return Finish(at=None, is_paused=True)
    name = f"board-finish:{key.hex if key else 'all'}"
    found: tuple[Finish | None] | None = cache.get(name)
    if found is None:
        started = time.monotonic()
        found = (pacing.expected_finish(campaign_key=key, now=now),)
        # What took long is kept for longer, so that a full outbox does not keep the database busy with this.
        cache.set(name, found, max(FINISH_SECONDS, 200 * (time.monotonic() - started)))
    return found[0]


def campaign_titles(keys: Collection[uuid.UUID]) -> dict[uuid.UUID, str]:
    """What each campaign is called: by its page in the site's first language, else as somebody last acted on it."""
    pages = Page.objects.filter(translation_key__in=list(keys)).values_list(
        "translation_key", "locale__language_code", "title"
    )
    # Sorted so that the one to keep comes last.
    titles = {key: title for key, _code, title in sorted(pages, key=lambda row: row[1] == settings.LANGUAGE_CODE)}
    for key in keys:
        if key not in titles:
            last = Submission.objects.filter(campaign_key=key).order_by("-pk").values_list("campaign_title", flat=True)
            titles[key] = last.first() or _("Letters of a campaign that is gone")
    return titles


def pause_rows(now: datetime) -> tuple[PauseRow, ...]:
    """What is paused, by whom, with names instead of keys."""
    pauses = list(board.active_pauses(now))
    names = _names(pauses)
    return tuple(
        PauseRow(pause, names[pause.scope, pause.key], pause.by.get_username() if pause.by else "") for pause in pauses
    )


@dataclass(frozen=True, slots=True)
class Office:
    """One office as the board knows it."""

    key: str
    numbers: Numbers
    record: RecipientRecord | None
    pauses: tuple[Pause, ...]

    @property
    def is_paused_by_staff(self) -> bool:
        return any(pause.reason == Pause.Reason.STAFF for pause in self.pauses)


def office(key: str, now: datetime) -> Office:
    """The office with this `OutboxMessage.recipient_key`."""
    kept = board.active_pauses(now).filter(scope=Pause.Scope.RECIPIENT, key=key)
    return Office(key, board.counted_of_office(key), RecipientRecord.objects.filter(key=key).first(), tuple(kept))


def key_of(official: Official) -> str:
    """As `OutboxMessage.recipient_key` names the official."""
    return f"{_OFFICIAL}{official.source_id}"


def is_known_office(key: str) -> bool:
    """Whether a letter ever went there, somebody wrote something of it down, or an official has this key."""
    return board.is_known_office(key) or (
        key.startswith(_OFFICIAL) and Official.objects.filter(source_id=key.removeprefix(_OFFICIAL)).exists()
    )


def _names(pauses: Collection[Pause]) -> Mapping[tuple[str, str], str]:
    campaigns = [uuid.UUID(hex=pause.key) for pause in pauses if pause.scope == Pause.Scope.CAMPAIGN]
    titles = campaign_titles(campaigns)
    offices = _office_names([pause.key for pause in pauses if pause.scope == Pause.Scope.RECIPIENT])
    return {(pause.scope, pause.key): _name(pause, titles, offices) for pause in pauses}


def _office_names(keys: Collection[str]) -> dict[str, str]:
    sources = [key.removeprefix(_OFFICIAL) for key in keys if key.startswith(_OFFICIAL)]
    rows = Official.objects.filter(source_id__in=sources).values_list("source_id", "name")
    names = {f"{_OFFICIAL}{source}": name for source, name in rows}
    return names | board.recipient_names([key for key in keys if key not in names])


def _name(pause: Pause, titles: Mapping[uuid.UUID, str], offices: Mapping[str, str]) -> str:
    if pause.scope == Pause.Scope.SITE:
        return _("Everything")
    if pause.scope == Pause.Scope.CAMPAIGN:
        return titles[uuid.UUID(hex=pause.key)]
    return offices.get(pause.key) or pause.key
