"""When each letter leaves, so that neither an office, nor a mail domain, nor the mail service gets a burst."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import time
from hashlib import blake2b
from uuid import UUID
from zoneinfo import ZoneInfo

from delivery.engine.capitols import zone_of
from delivery.engine.lanes import NO_LIMIT, STEP_SECONDS, Lane, step_of
from delivery.engine.office_hours import ALWAYS, Hours, OpenSpans

SERVICE = "service"
#: A letter that was written before is placed as if it had been written then.
_LONGEST_SPREAD_SECONDS = 100 * 24 * 3600.0
_LONGEST_KEY = 255


@dataclass(frozen=True, slots=True)
class Rules:
    """What the staff set for the site or a campaign; None is "as one step above"."""

    official_per_hour: int | None = None
    domain_per_hour: int | None = None
    total_per_hour: int | None = None
    opens_at: time | None = None
    closes_at: time | None = None
    is_weekdays_only: bool | None = None
    spread_hours: int | None = None

    def over(self, above: "Rules") -> "Rules":
        """These rules, with those of `above` where these say nothing."""
        own = {one.name: getattr(self, one.name) for one in fields(self)}
        return Rules(**{name: getattr(above, name) if value is None else value for name, value in own.items()})


#: Where nobody has set anything. An office that gets a letter every three minutes notices; its filter does not.
USUAL = Rules(
    official_per_hour=20,
    domain_per_hour=100,
    total_per_hour=3000,
    opens_at=time(8),
    closes_at=time(18),
    is_weekdays_only=True,
    spread_hours=0,
)


@dataclass(frozen=True, slots=True)
class RuleBook:
    """The rules of the site and what differs for campaigns and for single offices."""

    site: Rules = USUAL
    campaigns: Mapping[UUID, Rules] = field(default_factory=dict)
    #: Letters an hour by `recipient_key`, where that is lower than the site's.
    offices: Mapping[str, int] = field(default_factory=dict)

    def for_campaign(self, key: UUID | None) -> Rules:
        own = self.campaigns.get(key) if key else None
        return own.over(self.site) if own else self.site

    def hours(self, key: UUID | None) -> Hours:
        """When offices count as open; a campaign whose hours do not fit the site's any more has the site's."""
        merged = self.for_campaign(key)
        try:
            return _hours(merged)
        except ValueError:
            return _hours(self.site)


@dataclass(frozen=True, slots=True)
class WaitingLetter:
    """Of a queued letter, what decides when it leaves. `created_at` and `not_before` are Unix times."""

    id: UUID
    created_at: float
    campaign_key: UUID | None
    recipient_key: str
    recipient_domain: str
    jurisdiction: str
    #: Congress's own system is open at any hour and is no mail domain.
    is_by_mail: bool = True
    not_before: float = 0.0


def limits(letter: WaitingLetter, book: RuleBook) -> list[tuple[str, int]]:
    """The lanes that a letter takes a place in, with their letters an hour; its official's comes first.

    A campaign's own limits count beside those of the site: it can be slower than the site, never faster.
    """
    site = book.site
    office = min(site.official_per_hour or NO_LIMIT, book.offices.get(letter.recipient_key, NO_LIMIT))
    found = _lanes("", letter, office, site.domain_per_hour, site.total_per_hour)
    own = book.campaigns.get(letter.campaign_key) if letter.campaign_key else None
    if own and letter.campaign_key:
        prefix = f"campaign:{letter.campaign_key.hex}:"
        found += _lanes(prefix, letter, own.official_per_hour, own.domain_per_hour, own.total_per_hour)
    return found


class Timetable:
    """Places letters one after the other. Each gets the first time that all of its limits leave free.

    A letter that waits for its office takes nothing from those to other offices: there is no queue before a lane.
    """

    def __init__(self, *, now: float, not_before: float, book: RuleBook, default_zone: str) -> None:
        """:param not_before: the first moment to give away; at or after `now`."""
        self.now = now
        self.not_before = not_before
        self.book = book
        self.lanes: dict[str, Lane] = {}
        self._default_zone = default_zone
        self._spans: dict[tuple[Hours, ZoneInfo, float], OpenSpans] = {}

    def place(self, letter: WaitingLetter) -> float:
        """The Unix time at which `letter` leaves, to the millisecond."""
        spans = self._spans_of(letter, self.now)
        spread, jitter = shares(letter.id)
        moment = max(self.not_before, letter.not_before)
        spread_hours = self.book.for_campaign(letter.campaign_key).spread_hours
        if spread_hours:
            since = self.now - _LONGEST_SPREAD_SECONDS
            past = self._spans_of(letter, since)
            moment = max(moment, past.after(max(letter.created_at, since), spread * spread_hours * 3600))
        lanes = [self._lane(key, per_hour) for key, per_hour in limits(letter, self.book)]
        if not lanes:
            return max(moment, spans.at(moment)[0])
        start, end, step = _first_room(lanes, spans, moment)
        # In an office's own lane the place within the five minutes follows the order in which letters came.
        count, most = lanes[0].taken.get(step, 0), lanes[0].most_a_step
        for lane in lanes:
            lane.take(step)
        share = (min(count, most - 1) + jitter) / most
        at = start + (end - start) * share
        return max(start, int(at * 1000) / 1000)

    def open_for(self, letter: WaitingLetter, seconds: float) -> float:
        """When the office of `letter` will have been open for so long from now on, as a Unix time."""
        return self._spans_of(letter, self.now).after(self.not_before, seconds)

    def _lane(self, key: str, per_hour: int) -> Lane:
        lane = self.lanes.get(key)
        if lane is None:
            lane = self.lanes[key] = Lane(per_hour)
        return lane

    def _spans_of(self, letter: WaitingLetter, since: float) -> OpenSpans:
        hours = self.book.hours(letter.campaign_key) if letter.is_by_mail else ALWAYS
        place = hours, zone_of(letter.jurisdiction, self._default_zone), since
        if place not in self._spans:
            self._spans[place] = OpenSpans(*place)
        return self._spans[place]


def shares(identity: UUID) -> tuple[float, float]:
    """Two numbers from 0 up to 1 that are random to the eye and always the same for one message."""
    digest = blake2b(identity.bytes, digest_size=16).digest()
    spread, jitter = int.from_bytes(digest[:6], "big"), int.from_bytes(digest[6:12], "big")
    return spread / 2**48, jitter / 2**48


def _first_room(lanes: Sequence[Lane], spans: OpenSpans, moment: float) -> tuple[float, float, int]:
    """From when until when, and in which step, the first place that all lanes and the office's hours leave."""
    while True:
        opens, closes = spans.at(moment)
        moment = max(moment, opens)
        step = free = step_of(moment)
        for lane in lanes:
            free = lane.first_free(free)
        if free == step:
            return moment, min(closes, (step + 1.0) * STEP_SECONDS), step
        moment = float(free * STEP_SECONDS)


def _lanes(
    prefix: str, letter: WaitingLetter, official: int | None, domain: int | None, total: int | None
) -> list[tuple[str, int]]:
    wanted = [
        (f"{prefix}official:{letter.recipient_key}", official if letter.recipient_key else None),
        (f"{prefix}domain:{letter.recipient_domain}", domain if letter.is_by_mail else None),
        (f"{prefix}{SERVICE}", total),
    ]
    return [(_stored(key), limit) for key, limit in wanted if limit is not None and limit < NO_LIMIT]


def _stored(key: str) -> str:
    """A key that fits its column."""
    if len(key) <= _LONGEST_KEY:
        return key
    return f"{key[:200]}#{blake2b(key.encode(), digest_size=16).hexdigest()}"


def _hours(rules: Rules) -> Hours:
    filled = rules.over(USUAL)
    return Hours(
        filled.opens_at or time(0), filled.closes_at or time(0), is_weekdays_only=bool(filled.is_weekdays_only)
    )
