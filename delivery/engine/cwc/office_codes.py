"""How CWC calls the offices of Congress: HMA05 for a seat in the House, SMA01 for one in the Senate."""

import re

from delivery.engine.cwc.chambers import HOUSE, SENATE

_HOUSE_CODE = re.compile(r"H[A-Z]{2}[0-9]{2}", re.ASCII)
#: State and class of the seat. Built nowhere: whoever is not on the Senate's own list takes no letters this way.
_SENATE_CODE = re.compile(r"S[A-Z]{2}0[1-3]", re.ASCII)
_NUMBER = re.compile(r"[0-9]{1,2}", re.ASCII)
#: What is written where a state has one seat only, or a delegate.
_AT_LARGE = frozenset({"", "al", "at-large", "at large", "delegate", "resident commissioner"})


class NoOfficeCodeError(ValueError):
    """The district is none of the House."""


def house_code(*, state: str, district: str) -> str:
    """The office of a seat in the House: `HMA05`; at large and delegates are `00`.

    :param state: two letters.
    :param district: its number, with or without a leading zero, or "at-large", "Delegate", or empty.
    :raises NoOfficeCodeError:
    """
    wanted = district.strip().lower()
    number = "0" if wanted in _AT_LARGE else wanted
    if not _NUMBER.fullmatch(number) or not re.fullmatch(r"[A-Za-z]{2}", state.strip()):
        raise NoOfficeCodeError(f"{state!r}, {district!r}")
    return f"H{state.strip().upper()}{int(number):02d}"


def is_code(code: str, *, chamber: str) -> bool:
    """Whether `code` has the shape of an office of `chamber`."""
    pattern = {HOUSE: _HOUSE_CODE, SENATE: _SENATE_CODE}.get(chamber)
    return pattern is not None and pattern.fullmatch(code) is not None
