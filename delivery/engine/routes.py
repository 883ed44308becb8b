"""In which order the ways of delivery are tried."""

from collections.abc import Sequence

EMAIL, CWC, HANDOFF = "email", "cwc", "handoff"
_OF_CONGRESS = frozenset({"us_house", "us_senate"})


def usual(chamber: str) -> tuple[str, ...]:
    """The channels for a member of `chamber`; empty is nobody's chamber: an agency, a committee."""
    return (CWC, EMAIL, HANDOFF) if chamber in _OF_CONGRESS else (EMAIL, HANDOFF)


def in_order(routes: Sequence[str]) -> tuple[str, ...]:
    """`routes` without what is not known and without repetition; the hand-off is always the last that is left."""
    known = [route for route in dict.fromkeys(routes) if route in (EMAIL, CWC)]
    return (*known, HANDOFF)
