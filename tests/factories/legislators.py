"""Makes the records of `legislators` that tests need."""

import itertools
from collections.abc import Sequence
from datetime import date

from django.utils import timezone
from shapely.geometry import box

from legislators.models import (
    AddressPoint,
    Boundary,
    BoundarySet,
    Committee,
    CommitteeMembership,
    Division,
    Jurisdiction,
    Office,
    Official,
    StreetRange,
    Term,
    ZipDivision,
)

_number = itertools.count(1)


def jurisdiction(code: str = "ax", **values: object) -> Jurisdiction:
    """Alder, the invented state, unless another code is given."""
    defaults = {"name": "Alder", "zip_prefixes": ["699"], "is_sample": True} | values
    return Jurisdiction.objects.get_or_create(code=code, defaults=defaults)[0]


def division(
    kind: str = "sldl", slug: str = "1st_birch", name: str = "1st Birch", *, state=None, seats: int = 1
) -> Division:
    state = state or jurisdiction()
    ocd_id = f"ocd-division/country:us/state:{state.code}"
    if kind != "state":
        ocd_id += f"/{kind}:{slug}"
    return Division.objects.get_or_create(
        ocd_id=ocd_id, defaults={"jurisdiction": state, "kind": kind, "name": name, "seats": seats}
    )[0]


def whole_state(*, state=None, seats: int = 2) -> Division:
    state = state or jurisdiction()
    return division("state", name=state.name, state=state, seats=seats)


def official(name: str = "Priya Granger", **values: object) -> Official:
    number = next(_number)
    given, _, family = name.rpartition(" ")
    defaults = {
        "source_id": f"sample/{number}",
        "given_name": given,
        "family_name": family,
        "party": "Harborlight",
        "email": f"{family.lower()}{number}@legislature.alder.example",
        "source": Official.Source.SAMPLE,
    } | values
    return Official.objects.create(name=name, **defaults)


_CHAMBERS = {"state": "us_senate", "cd": "us_house", "sldu": "state_upper", "sldl": "state_lower"}


def term(official: Official, division: Division, *, start: date | None = None, end: date | None = None) -> Term:
    return Term.objects.create(
        official=official, division=division, chamber=_CHAMBERS[division.kind], start=start, end=end
    )


def member(division: Division, name: str = "Priya Granger", **values: object) -> Official:
    """An official who sits for the division now."""
    made = official(name, **values)
    term(made, division)
    return made


def office(official: Official, *, phone: str = "555-0100", **values: object) -> Office:
    return Office.objects.create(official=official, **({"kind": "capitol", "phone": phone} | values))


def boundary_set(kind: str = "sldl", *, state=None, plan: str = "sample", **values: object) -> BoundarySet:
    defaults = {"source": "test", "checksum": plan, "loaded_at": timezone.now()} | values
    return BoundarySet.objects.get_or_create(
        jurisdiction=state or jurisdiction(), kind=kind, plan=plan, defaults=defaults
    )[0]


def boundary(
    division: Division, corners: Sequence[float], *, plan: BoundarySet | None = None, geoid: str = ""
) -> Boundary:
    """A rectangle: west, south, east, north in degrees."""
    west, south, east, north = corners
    return Boundary.objects.create(
        boundary_set=plan or boundary_set(division.kind, state=division.jurisdiction),
        division=division,
        geoid=geoid,
        west=west,
        south=south,
        east=east,
        north=north,
        wkb=box(west, south, east, north).wkb,
    )


def zip_division(zip_code: str, division: Division) -> ZipDivision:
    return ZipDivision.objects.create(zip_code=zip_code, division=division, source="test")


def address_point(number: int, street_key: str, zip_code: str, longitude: float, latitude: float) -> AddressPoint:
    return AddressPoint.objects.create(
        jurisdiction=jurisdiction(),
        house_number=number,
        street_key=street_key,
        zip_code=zip_code,
        city="Birchfield",
        longitude=longitude,
        latitude=latitude,
    )


def street_range(street_key: str = "MAPLE ST", zip_code: str = "69903", *, state=None, **values: object) -> StreetRange:
    defaults = {
        "low_number": 1,
        "high_number": 99,
        "parity": "odd",
        "low_longitude": -41.4,
        "low_latitude": 39.5,
        "high_longitude": -41.3,
        "high_latitude": 39.5,
    } | values
    return StreetRange.objects.create(
        jurisdiction=state or jurisdiction(), street_key=street_key, zip_code=zip_code, **defaults
    )


class SmallState:
    """Alder with two house districts side by side in one senate and one congressional district.

    West is 1st Birch (longitude -42 to -41), east 2nd Birch (-41 to -40); latitude 39 to 40. The seat of
    2nd Birch is vacant. ZIP 69903 touches both, 69901 lies in the west.
    """

    def __init__(self) -> None:
        self.state = jurisdiction()
        self.whole = whole_state()
        self.congress = division("cd", "1", "1st Congressional")
        self.senate = division("sldu", "birch", "Birch")
        self.west = division("sldl", "1st_birch", "1st Birch")
        self.east = division("sldl", "2nd_birch", "2nd Birch")
        self.senators = [
            member(self.whole, "Constance Aldridge", email=""),
            member(self.whole, "Jerome Holloway", email=""),
        ]
        self.congresswoman = member(self.congress, "Leonora Strand", email="")
        self.state_senator = member(self.senate, "Desmond Oakes")
        self.representative = member(self.west, "Bronwyn Lindqvist")
        for one in (self.congress, self.senate):
            boundary(one, (-42, 39, -40, 40))
        boundary(self.west, (-42, 39, -41, 40))
        boundary(self.east, (-41, 39, -40, 40))
        for zip_code, divisions in {
            "69901": [self.congress, self.senate, self.west],
            "69903": [self.congress, self.senate, self.west, self.east],
        }.items():
            for one in divisions:
                zip_division(zip_code, one)


def committee(name: str = "Committee on Health", *, state=None, chamber: str = "state_lower", **values: object):
    """A committee of the state's chamber; of Congress where the chamber says so."""
    of_congress = chamber.startswith("us_")
    defaults = {
        "source_id": f"sample/committee-{next(_number)}",
        "jurisdiction": None if of_congress else state or jurisdiction(),
    } | values
    return Committee.objects.create(name=name, chamber=chamber, **defaults)


def seat_on_committee(
    committee: Committee, official: Official | None, role: str = "member", **values: object
) -> CommitteeMembership:
    defaults = {"name": official.name if official else "Somebody Unknown"} | values
    return CommitteeMembership.objects.create(committee=committee, official=official, role=role, **defaults)
