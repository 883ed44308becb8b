"""Where a campaign stands on a day: what its editor said, and its two dates."""

import datetime
from enum import StrEnum


class Phase(StrEnum):
    """What a visitor meets. Only OPEN takes letters."""

    UPCOMING = "upcoming"
    OPEN = "open"
    CLOSED = "closed"
    WON = "won"

    @property
    def is_over(self) -> bool:
        return self in {Phase.CLOSED, Phase.WON}


def phase(
    status: str, *, opens_on: datetime.date | None, closes_on: datetime.date | None, today: datetime.date
) -> Phase:
    """The phase on `today`.

    :param status: what the editor said: draft, live, closed or won.
    :param opens_on: the first day; none where it is open from the start.
    :param closes_on: the last day; none where it stays open until the editor closes it.
    """
    if status in {"closed", "won"}:
        return Phase(status)
    if closes_on is not None and today > closes_on:
        return Phase.CLOSED
    if status == "draft" or (opens_on is not None and today < opens_on):
        return Phase.UPCOMING
    return Phase.OPEN
