"""How far a submission is trusted: whether it counts, and whether its letters may leave."""

from dataclasses import dataclass
from enum import StrEnum


class Standing(StrEnum):
    """Of a submission; only what is clear is counted in public and leaves."""

    CLEAR = "clear"
    #: Waits for the person to confirm by e-mail.
    UNCONFIRMED = "unconfirmed"
    #: Waits for the staff.
    QUARANTINED = "quarantined"
    #: The staff found it not to be a person's own.
    INVALID = "invalid"


@dataclass(frozen=True, slots=True)
class Assessment:
    """What checks against abuse make of a form that was filled in; `reasons` are machine keys for the staff."""

    standing: Standing = Standing.CLEAR
    reasons: tuple[str, ...] = ()
    #: A keyed hash of the network that it came from, or nothing.
    network: str = ""


NOTHING_AGAINST_IT = Assessment()
