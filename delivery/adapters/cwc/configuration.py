"""What the settings say about Congress's own systems: which are used, how, and under whose name."""

import contextlib
from typing import Any

from django.conf import settings

from delivery.adapters import mail
from delivery.engine.cwc.chambers import CHAMBERS, HOUSE, RULES, ChamberRules, UnknownRuleError, with_changes
from delivery.engine.cwc.validation import Society

OFF, VALIDATE, TEST, LIVE = "off", "validate", "test", "live"
MODES = (OFF, VALIDATE, TEST, LIVE)


def mode() -> str:
    """One of `MODES`. "live" while mail is only captured is none, and counts as off: the second lock on the door."""
    wanted = settings.CWC_MODE
    if wanted not in MODES or (wanted == LIVE and settings.DELIVERY_MODE != mail.SEND):
        return OFF
    return str(wanted)


def is_live() -> bool:
    """Whether a letter that is accepted reaches the office."""
    return mode() == LIVE


def key(chamber: str) -> str:
    """The secret that goes with every request; empty where there is none."""
    return str(_of(chamber, "KEY")).strip()


def is_on(chamber: str) -> bool:
    """Whether letters to the chamber go this way at all."""
    return chamber in CHAMBERS and mode() != OFF and bool(key(chamber))


def rules(chamber: str) -> ChamberRules:
    """The chamber's rules, with what the settings say differently.

    :raises UnknownRuleError:
    """
    return with_changes(RULES[chamber], _of(chamber, "RULES"))


def chambers_that_know_repeats() -> list[str]:
    """Those of which a letter without an answer may be tried again under its id; none whose settings are wrong."""
    found = []
    for chamber in CHAMBERS:
        with contextlib.suppress(UnknownRuleError):
            found += [chamber] if rules(chamber).knows_repeats else []
    return found


def society(chamber: str) -> Society:
    """What every letter to the chamber says of its sender."""
    return Society(
        delivery_agent=_of(chamber, "DELIVERY_AGENT"),
        ack_address=settings.CWC_ACK_ADDRESS,
        contact_name=settings.CWC_CONTACT_NAME,
        contact_email=settings.CWC_CONTACT_EMAIL,
        contact_phone=settings.CWC_CONTACT_PHONE,
        organization=settings.CWC_ORGANIZATION,
        organization_about=settings.CWC_ORGANIZATION_ABOUT,
    )


def offices_url(chamber: str) -> str:
    """Where the chamber's list of offices is."""
    return _joined(_of(chamber, "URL"), rules(chamber).offices_path)


def letters_url(chamber: str) -> str:
    """Where letters go in the mode that is set: nothing but "live" ever names a path that delivers.

    :raises ValueError: the mode is off.
    """
    found = rules(chamber)
    test_base = settings.CWC_HOUSE_TEST_URL if chamber == HOUSE else settings.CWC_SENATE_URL
    match mode():
        case "live":
            return _joined(_of(chamber, "URL"), found.send_path)
        case "test":
            return _joined(test_base, found.test_path)
        case "validate":
            return _joined(test_base, found.validate_path)
    raise ValueError("CWC is off")


def _of(chamber: str, name: str) -> Any:
    return getattr(settings, f"CWC_{'HOUSE' if chamber == HOUSE else 'SENATE'}_{name}")


def _joined(base: str, path: str) -> str:
    return f"{base.rstrip('/')}{path}"
