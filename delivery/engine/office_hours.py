"""When offices are open: spans of time in the capitol's own zone, clock changes included."""

from bisect import bisect_right
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from math import inf
from zoneinfo import ZoneInfo

#: An hour from which on an office counts as open until midnight, because no clock says 24:00.
END_OF_DAY = time(23, 59)
_SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Hours:
    """:raises ValueError: closes before it opens."""

    opens_at: time
    closes_at: time
    is_weekdays_only: bool

    def __post_init__(self) -> None:
        if self.closes_at <= self.opens_at:
            raise ValueError("an office closes after it opens")

    @property
    def is_always(self) -> bool:
        return self.opens_at == time(0) and self.closes_at >= END_OF_DAY and not self.is_weekdays_only


ALWAYS = Hours(time(0), END_OF_DAY, is_weekdays_only=False)


class OpenSpans:
    """The spans in which one kind of office is open, as Unix times, worked out as far as they are asked for.

    Federal and state holidays are working days here: a letter that waits in a mailbox over a holiday does no harm.
    """

    def __init__(self, hours: Hours, zone: ZoneInfo, since: float) -> None:
        """:param since: nothing is asked about before this moment."""
        self._hours = hours
        self._zone = zone
        # A day earlier: a span may have begun before midnight in another zone.
        self._day = datetime.fromtimestamp(since, zone).date() - timedelta(days=1)
        self._opens: list[float] = [-inf] if hours.is_always else []
        self._closes: list[float] = [inf] if hours.is_always else []

    def at(self, moment: float) -> tuple[float, float]:
        """The span that `moment` lies in, or the first one after it; its end is outside of it."""
        while not self._closes or self._closes[-1] <= moment:
            self._add_a_day()
        index = bisect_right(self._closes, moment)
        return self._opens[index], self._closes[index]

    def after(self, moment: float, seconds: float) -> float:
        """The moment at which offices have been open for `seconds` since `moment`."""
        while True:
            opens, closes = self.at(moment)
            start = max(moment, opens)
            if start + seconds < closes:
                return start + seconds
            seconds -= closes - start
            moment = closes

    def _add_a_day(self) -> None:
        day, self._day = self._day, self._day + timedelta(days=1)
        if self._hours.is_weekdays_only and day.weekday() >= _SATURDAY:
            return
        opens = self._moment(datetime.combine(day, self._hours.opens_at))
        if self._hours.closes_at >= END_OF_DAY:
            closes = self._moment(datetime.combine(self._day, time(0)))
        else:
            closes = self._moment(datetime.combine(day, self._hours.closes_at))
        # Where the clock jumps over the opening, it may open after it has closed: then not on this day.
        if closes > opens:
            self._opens.append(opens)
            self._closes.append(closes)

    def _moment(self, local: datetime) -> float:
        # Of an hour that comes twice the first counts; one that is jumped over counts as the one after.
        return local.replace(tzinfo=self._zone).astimezone(UTC).timestamp()
