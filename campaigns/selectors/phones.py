"""Reads at which numbers officials can be called today."""

from collections.abc import Collection
from dataclasses import dataclass

from legislators.engine.phones import dialable
from legislators.records.officials import Official
from legislators.selectors.contacts import contact_of
from legislators.selectors.seats import officials_by_id


@dataclass(frozen=True, slots=True)
class Phone:
    number: str
    #: The office, in the active language; empty for a number that staff corrected.
    office: str
    #: For a link; empty for what is no one number to dial, which a person reads and dials themselves.
    url: str


def of_officials(ids: Collection[int]) -> dict[int, tuple[Phone, ...]]:
    """Every number of each, by the official's id: what staff corrected first, then each office, each number once."""
    return {number: _of(official) for number, official in officials_by_id(ids).items()}


def _of(official: Official) -> tuple[Phone, ...]:
    offices = {office.phone: _name(office.get_kind_display(), office.name) for office in official.offices.all()}
    first = contact_of(official).phone
    # What staff corrected stands in place of the number that would have been the first.
    replaced = next((phone for phone in offices if phone), "")
    numbers = dict.fromkeys([first, *(phone for phone in offices if first == replaced or phone != replaced)])
    return tuple(Phone(phone, offices.get(phone, ""), dialable(phone)) for phone in numbers if phone)


def _name(kind: str, name: str) -> str:
    return f"{kind}, {name}" if name else kind
