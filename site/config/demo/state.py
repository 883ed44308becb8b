"""Fills the legislators' room with Alder: divisions, boundaries, officials, ZIP codes and addresses."""

import json
import tempfile
from pathlib import Path

from config.demo import geography, officials
from legislators.engine.addresses import street_key
from legislators.engine.districts import District
from legislators.engine.people import OfficeFact, Person, Role
from legislators.records.divisions import Division
from legislators.records.jurisdictions import Jurisdiction
from legislators.records.officials import Official
from legislators.records.places import AddressPoint, StreetRange
from legislators.services import jurisdictions, loading_boundaries, loading_legislators, loading_zip_codes

PLAN = "sample"
HOUSE_NUMBERS = 199


def build() -> Jurisdiction:
    """Makes the sample state, or completes it, with the loaders that real officials and districts go through."""
    jurisdiction, _made = Jurisdiction.objects.get_or_create(
        code=geography.STATE_CODE,
        defaults={"name": geography.STATE_NAME, "zip_prefixes": geography.ZIP_PREFIXES, "is_sample": True},
    )
    _divisions(jurisdiction)
    loading_legislators.apply(
        people=[_person(official) for official in officials.OFFICIALS],
        source=Official.Source.SAMPLE,
        label="officials of Alder",
        state=geography.STATE_CODE,
    )
    with tempfile.TemporaryDirectory() as folder:
        _boundaries(Path(folder))
        _zip_codes(Path(folder))
    _addresses(jurisdiction)
    return jurisdiction


def _divisions(jurisdiction: Jurisdiction) -> None:
    whole = District(geography.STATE_OCD_ID, Division.Kind.STATE, geography.STATE_NAME, 2)
    parts = [District(one.ocd_id, one.kind, one.name, 1) for one in geography.DISTRICTS]
    jurisdictions.record_divisions(jurisdiction=jurisdiction, districts=[whole, *parts])


def _person(official: officials.SampleOfficial) -> Person:
    is_congress = official.chamber.startswith("us_")
    role = Role(
        chamber=official.chamber,
        state=geography.STATE_CODE,
        district=official.district.partition(":")[2],
        start=None,
        end=None,
    )
    form = f"https://{official.family_name.lower()}.congress.alder.example/contact" if is_congress else ""
    return Person(
        source_id=officials.source_id(official),
        name=official.name,
        where=f"official {official.number}",
        given_name=official.given_name,
        family_name=official.family_name,
        party=official.party,
        email=official.email,
        contact_form_url=form,
        roles=(role,),
        offices=_offices(official),
    )


def _offices(official: officials.SampleOfficial) -> tuple[OfficeFact, ...]:
    room = f"Room {100 + official.number}, State House, Port Alder"
    capitol = OfficeFact("capitol", room, official.phone)
    town = officials.district_town(official)
    if not town:
        return (capitol,)
    phone = f"(555) 555-02{official.number:02} ext. {official.number}"
    return (capitol, OfficeFact("district", f"{official.number} Main Street, {town}", phone))


def _boundaries(folder: Path) -> None:
    """One GeoJSON file for each kind of district, as the Census publishes them, through the loader of real ones."""
    for kind in (Division.Kind.CONGRESS, Division.Kind.UPPER, Division.Kind.LOWER):
        features = [_feature(one) for one in geography.DISTRICTS if one.kind == kind]
        path = folder / f"{geography.STATE_CODE}_{kind}.geojson"
        path.write_text(json.dumps({"type": "FeatureCollection", "features": features}) + "\n")
        loading_boundaries.load(path=path)


def _feature(district: geography.District) -> dict[str, object]:
    properties = {"ocd_id": district.ocd_id, "name": district.name, "seats": 1, "plan": PLAN}
    ring = [list(corner) for corner in district.ring]
    return {"type": "Feature", "properties": properties, "geometry": {"type": "Polygon", "coordinates": [ring]}}


def _zip_codes(folder: Path) -> None:
    rows = [
        f"{zip_code},{geography.STATE_OCD_ID}/{district}"
        for zip_code, districts in geography.ZIP_DISTRICTS.items()
        for district in districts
    ]
    path = folder / "zip_codes.csv"
    path.write_text("\n".join(["zip_code,division", *rows]) + "\n")
    loading_zip_codes.load(path=path, state=geography.STATE_CODE)


def _addresses(jurisdiction: Jurisdiction) -> None:
    """Every street as a range; Main Street and Line Road house by house too, as a map of rooftops has them."""
    if StreetRange.objects.filter(jurisdiction=jurisdiction).exists():
        return
    StreetRange.objects.bulk_create(
        StreetRange(
            jurisdiction=jurisdiction,
            street_key=street_key(street.name),
            zip_code=street.zip_code,
            city=street.town,
            low_number=1,
            high_number=HOUSE_NUMBERS,
            parity=StreetRange.Parity.BOTH,
            low_longitude=street.start[0],
            low_latitude=street.start[1],
            high_longitude=street.end[0],
            high_latitude=street.end[1],
        )
        for street in geography.STREETS
    )
    AddressPoint.objects.bulk_create(
        _point(jurisdiction, street, number)
        for street in geography.STREETS
        if street.name in {"Main Street", "Line Road"}
        for number in range(1, HOUSE_NUMBERS + 1)
    )


def _point(jurisdiction: Jurisdiction, street: geography.Street, number: int) -> AddressPoint:
    share = (number - 1) / (HOUSE_NUMBERS - 1)
    return AddressPoint(
        jurisdiction=jurisdiction,
        house_number=number,
        street_key=street_key(street.name),
        city=street.town,
        zip_code=street.zip_code,
        longitude=street.start[0] + (street.end[0] - street.start[0]) * share,
        latitude=street.start[1] + (street.end[1] - street.start[1]) * share,
    )
