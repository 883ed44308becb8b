"""Calls and posts that people make themselves: what ends one, and when somebody is likely to pick up."""

from collections.abc import Iterable
from datetime import datetime, time

SPOKE, MESSAGE, BUSY, WRONG_NUMBER, POSTED = "spoke", "message", "busy", "wrong_number", "posted"
#: What a person may say of a call; nothing takes back what they said before.
OF_CALLS = ("", SPOKE, MESSAGE, BUSY, WRONG_NUMBER)
OF_POSTS = ("", POSTED)
#: After these there is nothing left to try. Busy is none of them: somebody may pick up tomorrow.
ENDED = frozenset({SPOKE, MESSAGE, WRONG_NUMBER, POSTED})

OPENS, CLOSES = time(9), time(17)
_SATURDAY = 5


def is_done(outcomes: Iterable[str]) -> bool:
    """Whether all is done that can be. Of nobody to reach, nothing is."""
    said = list(outcomes)
    return bool(said) and all(outcome in ENDED for outcome in said)


def is_office_time(moment: datetime) -> bool:
    """Whether offices are mostly open then.

    :param moment: in the time of the capitol. Holidays count as working days: no list of theirs is kept here.
    """
    return moment.weekday() < _SATURDAY and OPENS <= moment.time() < CLOSES
