"""Looking up real places in real outlines: Massachusetts, and the states that are unlike the others."""

import io
import json
import tarfile
from datetime import date
from pathlib import PurePosixPath

import pytest
import shapely
import time_machine
from django.core.management import call_command
from django.db import transaction

from legislators.engine.resolution import Certainty, GeocodedPoint, Point, PostalAddress, Problem
from legislators.models import Boundary
from legislators.services import atlas, geocoding, resolution

# One process loads these states once for all of these.
pytestmark = [pytest.mark.real_data, pytest.mark.django_db, pytest.mark.xdist_group("a few states")]
#: The snapshots predate the Congress and the legislatures that begin in January 2027.
TODAY = date(2026, 11, 21)
#: Two seats on one outline, floterial districts, one chamber, no outlines, several members for a district.
STATES = {"ma", "id", "nh", "ne", "dc", "vt"}


def _extract(archive_path, folder, is_wanted):
    """The few files of an archive that these states need: loading all of it takes half a minute."""
    with tarfile.open(archive_path) as archive:
        for member in archive:
            if member.isfile() and is_wanted(PurePosixPath(member.name)):
                target = folder / member.name
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(archive.extractfile(member).read())
    return folder


@pytest.fixture(scope="module")
def loaded(real_data, tmp_path_factory, django_db_setup, django_db_blocker):
    """People, outlines and ZIP codes of these states, taken back at the end."""
    outlines = _extract(
        real_data / "boundaries" / "tiger2024_sld_all_states_15pct.tar.xz",
        tmp_path_factory.mktemp("outlines"),
        lambda path: path.name[:2].lower() in STATES,
    )
    people = _extract(
        real_data / "openstates_people_all_states_legislature.tar.xz",
        tmp_path_factory.mktemp("people"),
        lambda path: not STATES.isdisjoint(path.parts),
    )
    quiet = {"stdout": io.StringIO(), "stderr": io.StringIO()}
    with django_db_blocker.unblock(), time_machine.travel(TODAY, tick=False), transaction.atomic():
        call_command("load_legislators", source="openstates", path=people, **quiet)
        call_command("load_boundaries", path=outlines, **quiet)
        for state in ("dc", "vt"):
            congress = real_data / "boundaries" / "cd119_20m.geojson"
            call_command("load_boundaries", path=congress, state=state, **quiet)
        call_command("load_zip_codes", path=real_data / "crosswalks" / "zccd.csv", state="nh", **quiet)
        yield
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def warm(loaded, settings):
    """As in production: the outlines are read once, not for every point."""
    settings.ATLAS_CHECK_SECONDS = 3600.0
    yield
    settings.ATLAS_CHECK_SECONDS = 0.0


@pytest.fixture(scope="module", autouse=True)
def forgotten():
    atlas.forget()
    yield
    atlas.forget()


def at(latitude, longitude):
    return resolution.resolve_point(point=Point(longitude, latitude), on=TODAY)


def by_chamber(rows):
    found = {}
    for row in rows:
        found.setdefault(row.chamber, []).append(row)
    return found


def test_every_district_holds_the_middle_of_its_own_outline():
    wrong = []
    boundaries = Boundary.objects.filter(boundary_set__accuracy_metres=0).select_related("division")
    for boundary in boundaries:
        spot = shapely.from_wkb(bytes(boundary.wkb)).representative_point()
        found = resolution.resolve_point(point=Point(spot.x, spot.y), on=TODAY)
        if boundary.division.ocd_id not in {row.division_ocd_id for row in found.representations}:
            wrong.append(boundary.division.ocd_id)
    assert len(boundaries) > 600
    assert wrong == []


def test_both_of_idahos_seats_on_one_outline_are_the_persons():
    # Boise's state house.
    found = by_chamber(at(43.6178, -116.1996).representations)
    assert sorted(row.division_ocd_id.rpartition(":")[2] for row in found["state_lower"]) == ["19a", "19b"]
    assert [len(row.official_ids) for row in found["state_lower"]] == [1, 1]


def test_new_hampshires_floterial_districts_are_said_and_not_settled():
    # Concord's state house.
    found = at(43.2067, -71.5381)
    house = by_chamber(found.representations)["state_lower"]
    assert [row.division_name.split()[0] for row in house] == ["Merrimack"]
    assert Problem.DISTRICT_WITHOUT_OUTLINE in found.problems
    assert {row.division_name.split()[0] for row in found.unmapped} == {"Merrimack"}
    assert not {row.division_ocd_id for row in found.unmapped} & {row.division_ocd_id for row in house}
    assert all(row.official_ids or row.vacant_seats for row in found.unmapped)


def test_nebraska_has_one_chamber():
    # Lincoln's capitol.
    found = by_chamber([*at(40.8081, -96.6997).representations])
    assert len(found["state_upper"]) == 1
    assert "state_lower" not in found


def test_the_district_of_columbia_elects_its_council_at_large_and_by_wards_without_outlines():
    found = at(38.9072, -77.0369)
    assert found.state == "dc"
    settled, open_chambers = by_chamber(found.representations), by_chamber(found.candidates)
    assert len(settled["us_house"]) == 1
    assert "us_senate" not in settled
    assert [row.division_ocd_id for row in settled["state_upper"]] == ["ocd-division/country:us/district:dc"]
    assert len(open_chambers["state_upper"]) == 8


def test_all_members_of_a_vermont_district_are_named():
    # Burlington's city hall.
    found = by_chamber(at(44.4759, -73.2121).representations)
    assert len(found["us_house"]) == 1
    (senate,) = found["state_upper"]
    assert len(senate.official_ids) + senate.vacant_seats == 3


def test_a_street_leaves_the_districts_around_it_to_choose_from(monkeypatch):
    middle = GeocodedPoint(Point(-71.5381, 43.2067), Certainty.STREET, "script")
    monkeypatch.setattr(geocoding, "geocode", lambda **values: middle)
    address = PostalAddress("107 N Main St", "Concord", "NH", "03301")
    found = resolution.resolve_address(address=address, on=TODAY)
    rows = by_chamber(found.candidates)
    assert (found.certainty, found.point) == (Certainty.STREET, middle.point)
    assert "state_lower" not in by_chamber(found.representations)
    inside = by_chamber(at(43.2067, -71.5381).representations)
    assert rows["state_lower"][0] == inside["state_lower"][0]
    assert rows["state_upper"][0] == inside["state_upper"][0]
    assert len(rows["state_upper"]) < 24
    names = {row.division_name.split()[0] for row in rows["state_lower"]}
    assert "Coos" not in {row.division_name.split()[0] for row in rows["state_lower"] if row in inside["state_lower"]}
    assert "Merrimack" in names


def test_every_outline_in_the_file_has_been_loaded(real_data):
    # Of Massachusetts' 161 features one is water.
    data = json.loads((real_data / "boundaries" / "MA_lower.json").read_text(encoding="utf-8"))
    plan = Boundary.objects.filter(boundary_set__jurisdiction__code="ma", boundary_set__kind="sldl")
    assert (len(data["features"]), plan.count()) == (161, 160)
