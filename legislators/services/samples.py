"""Creates an invented state, whose districts and people the loaders then fill, and its address book."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import transaction

from legislators.engine.addresses import parse_street, parse_zip
from legislators.engine.districts import STATE, District
from legislators.engine.resolution import Point
from legislators.engine.states import STATES
from legislators.records.jurisdictions import Jurisdiction
from legislators.records.places import AddressPoint
from legislators.services import jurisdictions


@dataclass(frozen=True, slots=True)
class House:
    """`street` with its house number: "12 Main Street"."""

    street: str
    city: str
    zip_code: str
    point: Point


@transaction.atomic
def ensure_jurisdiction(*, code: str, name: str, zip_prefixes: Sequence[str]) -> Jurisdiction:
    """An invented state with its own division, which elects two senators; made once.

    :raises ValueError: for the code of a real state.
    """
    if code in STATES:
        raise ValueError(f"{code!r} is {STATES[code].name}")
    jurisdiction, _ = Jurisdiction.objects.update_or_create(
        code=code, defaults={"name": name, "fips": "", "zip_prefixes": list(zip_prefixes), "is_sample": True}
    )
    whole = District(f"ocd-division/country:us/state:{code}", STATE, name, 2)
    jurisdictions.record_divisions(jurisdiction=jurisdiction, districts=[whole])
    return jurisdiction


@transaction.atomic
def replace_address_points(*, jurisdiction: Jurisdiction, houses: Iterable[House]) -> int:
    """Makes these the houses of an invented state; returns how many it has now.

    :raises ValueError: for a real state, or a house without number or ZIP.
    """
    if not jurisdiction.is_sample:
        raise ValueError(f"{jurisdiction.name} is no sample jurisdiction")
    points: dict[tuple[str, str, int], AddressPoint] = {}
    for house in houses:
        street, zip_parts = parse_street(house.street), parse_zip(house.zip_code)
        if street.number is None or zip_parts is None:
            raise ValueError(f"{house.street}, {house.zip_code} is no address of a house")
        points[(zip_parts[0], street.key, street.number)] = AddressPoint(
            jurisdiction=jurisdiction,
            house_number=street.number,
            street_key=street.key,
            city=house.city,
            zip_code=zip_parts[0],
            longitude=house.point.longitude,
            latitude=house.point.latitude,
        )
    AddressPoint.objects.filter(jurisdiction=jurisdiction).delete()
    AddressPoint.objects.bulk_create(points.values(), batch_size=500)
    return len(points)
