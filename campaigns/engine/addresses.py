"""Where a person lives and where they practice: two addresses that each give standing with a legislator."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from legislators.engine.resolution import PostalAddress


class AddressKind(StrEnum):
    """What an address is to the person. The order is that in which addresses are listed and count."""

    HOME = "home"
    PRACTICE = "practice"


#: What a form asks for that leaves it to the person which of the two they give.
EITHER = "either"


@dataclass(frozen=True, slots=True)
class StatedAddress:
    """An address, and what the person said it is."""

    kind: AddressKind = AddressKind.HOME
    address: PostalAddress = PostalAddress()
    #: Apartment or suite: part of the postal address, of no use in finding the district.
    unit: str = field(default="", repr=False)

    @property
    def street_line(self) -> str:
        return ", ".join(part for part in (self.address.street, self.unit) if part)


def in_order(addresses: Iterable[StatedAddress]) -> tuple[StatedAddress, ...]:
    """The home address first, whatever the order of the form; one of each kind."""
    by_kind: dict[AddressKind, StatedAddress] = {}
    for stated in addresses:
        by_kind.setdefault(stated.kind, stated)
    return tuple(by_kind[kind] for kind in AddressKind if kind in by_kind)


def is_same_place(one: PostalAddress, other: PostalAddress) -> bool:
    """Whether two addresses are one but for spaces and capitals; they lie in the same districts then.

    Without a street nobody knows: a town may lie in several.
    """
    return bool(one.street.strip()) and place_key(one) == place_key(other)


def place_key(address: PostalAddress) -> str:
    """An address without what does not matter to where it is: spaces and capitals."""
    parts = (address.street, address.city, address.state, address.zip_code)
    return "\n".join(" ".join(part.casefold().split()) for part in parts)
