"""What the two chambers of Congress ask of a CWC message, each in its own way, and where their systems are."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any

from delivery.engine.cwc.names import PREFIXES

HOUSE, SENATE = "us_house", "us_senate"
CHAMBERS = (HOUSE, SENATE)

#: As the Senate's schema writes them; "H.Con.Res" has no last dot there.
_DOTTED = {
    "hamdt": "H.Amdt.",
    "hconres": "H.Con.Res",
    "hjres": "H.J.Res.",
    "hr": "H.R.",
    "hres": "H.Res.",
    "s": "S.",
    "samdt": "S.Amdt.",
    "sconres": "S.Con.Res.",
    "sjres": "S.J.Res.",
    "sres": "S.Res.",
}
#: Below this, a letter would wait for its turn longer than a worker may hold it.
_SLOWEST_PER_SECOND = 0.2
#: The kinds of `content.Bill`.
BILL_KINDS = tuple(_DOTTED)


class UnknownRuleError(ValueError):
    """A setting changes a rule that there is not, or to a value that it cannot have. The message says which."""


@dataclass(frozen=True, slots=True)
class ChamberRules:
    """Rules of one chamber. Public accounts of CWC 2.0 disagree about some, marked "unconfirmed".

    Those are to be confirmed with the chamber's own test system before letters go live; `with_changes` takes what
    was found out (docs/adr/0009-congress-by-cwc.md).
    """

    chamber: str
    #: Below the base address. Unconfirmed for the Senate, where one sender uses `/messages/`.
    send_path: str
    #: In the mode "test", below the base address of the test system.
    test_path: str
    #: In the mode "validate", where nothing is kept. Unconfirmed for the Senate: only its test system is known.
    validate_path: str
    offices_path: str
    #: The status of an answer that means yes.
    accepted_status: int
    #: A second message under the same DeliveryId is refused (409), so that one without an answer may be tried again.
    #: Unconfirmed for the House.
    knows_repeats: bool
    #: How the kinds of bills are spelled. Unconfirmed for both.
    bill_spellings: Mapping[str, str] = field(default_factory=lambda: dict(_DOTTED))
    #: Unconfirmed for the House, where at least one sender takes it for required.
    is_organization_required: bool = False
    #: The House is said to take more; the forms offer these five.
    prefixes: tuple[str, ...] = PREFIXES
    #: In characters. Unconfirmed: there are towns of two letters.
    city_min_length: int = 3
    #: In characters. Unconfirmed: the longest that was seen.
    campaign_id_length: int = 64
    #: From one process. The Senate asks for at most 5 to 10; the House states none.
    messages_per_second: float = 5.0


RULES: Mapping[str, ChamberRules] = {
    HOUSE: ChamberRules(
        chamber=HOUSE,
        send_path="/v2/message",
        test_path="/v2/message",
        validate_path="/v2/validate",
        offices_path="/offices",
        accepted_status=200,
        knows_repeats=False,
        bill_spellings={kind: kind for kind in BILL_KINDS},
        is_organization_required=True,
    ),
    SENATE: ChamberRules(
        chamber=SENATE,
        send_path="/production-messages/",
        test_path="/testing-messages/",
        validate_path="/testing-messages/",
        offices_path="/active_offices",
        accepted_status=201,
        knows_repeats=True,
    ),
}


def with_changes(rules: ChamberRules, changes: Mapping[str, Any]) -> ChamberRules:
    """`rules` with what a setting says differently, by the names above: `{"city_min_length": 2}`.

    Of `bill_spellings` only those that are named change.

    :raises UnknownRuleError:
    """
    if not isinstance(changes, Mapping):
        raise UnknownRuleError("rules are given by name")
    known = {entry.name for entry in fields(rules)} - {"chamber"}
    changed: dict[str, Any] = {}
    for name, value in changes.items():
        if name not in known:
            raise UnknownRuleError(f"there is no rule {name!r}")
        changed[name] = _fitting(name, getattr(rules, name), value)
    return replace(rules, **changed)


def _fitting(name: str, current: Any, value: Any) -> Any:
    match current:
        case bool():
            fits = isinstance(value, bool)
        case int():
            fits = isinstance(value, int) and not isinstance(value, bool) and value > 0
        case float():
            fits = isinstance(value, int | float) and not isinstance(value, bool) and value >= _SLOWEST_PER_SECOND
        case str():
            fits = isinstance(value, str) and value.startswith("/")
        case tuple():
            fits = isinstance(value, list) and bool(value) and all(isinstance(entry, str) for entry in value)
            value = tuple(value) if fits else value
        case _:
            fits = isinstance(value, dict) and set(value) <= set(BILL_KINDS)
            fits = fits and all(isinstance(entry, str) and entry for entry in value.values())
            value = {**current, **value} if fits else value
    if not fits:
        raise UnknownRuleError(f"the rule {name!r} cannot be {value!r}")
    return value
