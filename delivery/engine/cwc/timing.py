"""When the systems of Congress are closed for maintenance, and when the same may be sent to an office again."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from delivery.engine.cwc.chambers import HOUSE, SENATE

_CAPITOL = ZoneInfo("America/New_York")
_EVERY_DAY = tuple(range(7))
_WEDNESDAY, _SUNDAY = 2, 6
#: By chamber: days of the week (Monday is 0), closed from, closed until, in the capitol's own time.
_CLOSED: dict[str, tuple[tuple[tuple[int, ...], time, time], ...]] = {
    HOUSE: ((_EVERY_DAY, time(0), time(6)),),
    SENATE: (((_SUNDAY,), time(0), time(6)), ((_WEDNESDAY,), time(5), time(7))),
}
#: Offices' systems take what comes again from the same person within this for a repeat.
REPEAT_AFTER = timedelta(hours=72)


def seconds_until_open(chamber: str, now: datetime) -> float:
    """How long the chamber's system stays closed; 0 where it is open.

    Windows are of wall-clock time: on the two days on which clocks change one is an hour shorter or longer.

    :param now: aware.
    :raises ValueError: `now` has no time zone.
    """
    if now.tzinfo is None:
        raise ValueError("a time without a time zone is no moment")
    local = now.astimezone(_CAPITOL)
    for days, closes, opens in _CLOSED[chamber]:
        if local.weekday() in days and closes <= local.time() < opens:
            # Subtracted as moments: two times of one zone would be subtracted by their clocks.
            reopens = datetime.combine(local.date(), opens, tzinfo=_CAPITOL)
            return reopens.timestamp() - now.timestamp()
    return 0.0


def seconds_until_repeat(accepted_at: datetime, now: datetime) -> float:
    """How long the same letter may not go to the same office again after it was accepted; 0 where it may."""
    return max(0.0, (accepted_at + REPEAT_AFTER - now).total_seconds())
