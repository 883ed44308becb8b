"""Looks whether the settings for letters to Congress would be taken, before a letter is refused for them."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning

from delivery.adapters import mail
from delivery.adapters.cwc import configuration
from delivery.engine.cwc import validation
from delivery.engine.cwc.chambers import CHAMBERS, HOUSE, UnknownRuleError
from delivery.engine.cwc.validation import Code, Problem

_NAMES = {
    "ack_address": "CWC_ACK_ADDRESS",
    "contact_name": "CWC_CONTACT_NAME",
    "contact_email": "CWC_CONTACT_EMAIL",
    "contact_phone": "CWC_CONTACT_PHONE",
    "organization": "CWC_ORGANIZATION",
    "organization_about": "CWC_ORGANIZATION_ABOUT",
}


def check_cwc_settings(app_configs: Sequence[Any] | None, **_kwargs: Any) -> list[CheckMessage]:
    """Every problem of the settings for CWC, each with what to do about it; none while it is off."""
    wanted = settings.CWC_MODE
    if wanted == configuration.OFF:
        return []
    if wanted not in configuration.MODES:
        return [
            Error(f"CWC_MODE is {wanted!r}.", hint='Set it to "off", "validate", "test" or "live".', id="delivery.E020")
        ]
    found: list[CheckMessage] = []
    if wanted == configuration.LIVE and settings.DELIVERY_MODE != mail.SEND:
        found.append(
            Error(
                "CWC_MODE is live although DELIVERY_MODE is not send.",
                hint="Letters to Congress become hand-offs until both say that mail leaves.",
                id="delivery.E021",
            )
        )
    with_key = [chamber for chamber in CHAMBERS if configuration.key(chamber)]
    if not with_key:
        found.append(
            Error(
                f"CWC_MODE is {wanted} without a key of either chamber.",
                hint="Set CWC_HOUSE_KEY or CWC_SENATE_KEY, or CWC_MODE to off.",
                id="delivery.E022",
            )
        )
    elif len(with_key) == 1:
        found.append(
            Warning(
                f"There is a key for {_prefix(with_key[0]).lower()} only.",
                hint="Letters to the other chamber become hand-offs.",
                id="delivery.W020",
            )
        )
    for chamber in with_key:
        found += _check_chamber(chamber)
    # Said once, also where both chambers would refuse it.
    return list({(message.id, message.msg): message for message in found}.values())


def _check_chamber(chamber: str) -> Iterator[CheckMessage]:
    try:
        rules = configuration.rules(chamber)
    except UnknownRuleError as error:
        yield Error(
            f"CWC_{_prefix(chamber)}_RULES: {error}.",
            hint="The names and the kinds of values are in delivery/engine/cwc/chambers.py.",
            id="delivery.E023",
        )
        return
    for problem in validation.society_problems(configuration.society(chamber), rules):
        name = _NAMES.get(problem.field, f"CWC_{_prefix(chamber)}_DELIVERY_AGENT")
        yield Error(f"{name} {_said(problem)}.", hint=_HINTS.get(problem.field), id="delivery.E024")
    bases = {f"CWC_{_prefix(chamber)}_URL"} | ({"CWC_HOUSE_TEST_URL"} if chamber == HOUSE else set())
    for name in sorted(bases):
        if not getattr(settings, name).startswith("https://"):
            yield Warning(
                f"{name} is no https:// address.",
                hint="The key and the letters would be readable on the way, unless it is a relay on this machine.",
                id="delivery.W021",
            )


_HINTS = {
    "delivery_agent": "As the chamber registered it with the key, letter for letter.",
    "ack_address": "Offices' systems report there what they refuse after accepting it: somebody has to read it.",
    "contact_phone": "As in 617-555-0100.",
}


def _said(problem: Problem) -> str:
    match problem.code:
        case Code.MISSING:
            return "is not set"
        case Code.TOO_SHORT:
            return f"has fewer than {problem.limit} characters"
        case Code.TOO_LONG:
            return f"has more than {problem.limit} characters"
        case _:
            return "is not in the form that Congress takes"


def _prefix(chamber: str) -> str:
    return "HOUSE" if chamber == HOUSE else "SENATE"
