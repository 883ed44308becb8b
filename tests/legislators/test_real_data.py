"""The published data of Massachusetts, read as an administrator would read it; skipped where it is absent."""

import csv
import io
import json
import tarfile
from datetime import date

import pytest
import time_machine
import yaml
from django.core.management import call_command
from django.db import transaction

from legislators.engine.districts import divisions_for
from legislators.engine.resolution import Certainty, Point, PostalAddress, Problem
from legislators.models import Boundary, Official, Term
from legislators.selectors.seats import current_members, vacancies
from legislators.services import resolution

# One process loads Massachusetts once for all of these.
pytestmark = [pytest.mark.real_data, pytest.mark.django_db, pytest.mark.xdist_group("massachusetts")]
#: The snapshots predate the Congress and the General Court that begin in January 2027.
TODAY = date(2026, 11, 21)


@pytest.fixture(scope="module")
def massachusetts(real_data, django_db_setup, django_db_blocker):
    """Everything of Massachusetts, loaded once for the module and taken back at its end."""
    with django_db_blocker.unblock(), time_machine.travel(TODAY, tick=False), transaction.atomic():
        load = {"state": "ma", "stdout": io.StringIO()}
        call_command("load_legislators", source="openstates", path=real_data / "openstates_ma", **load)
        call_command("load_legislators", source="congress", path=real_data / "congress", **load)
        call_command("load_boundaries", path=real_data / "boundaries", **load)
        call_command("load_zip_codes", path=real_data / "crosswalks" / "zccd.csv", **load)
        yield load["stdout"].getvalue()
        transaction.set_rollback(True)


def by_chamber(found):
    return {row.chamber: row for row in found.representations}


def test_everybody_in_office_is_loaded(massachusetts):
    count = {
        chamber: current_members(chamber=chamber, jurisdiction="ma", on=TODAY).count()
        for chamber in Term.Chamber.values
    }
    assert count == {"state_upper": 40, "state_lower": 158, "us_house": 9, "us_senate": 2}


def test_the_two_empty_seats_are_named_and_no_other(massachusetts):
    empty = vacancies(jurisdiction="ma", on=TODAY)
    assert {(one.division.name, one.chamber, one.seats) for one in empty} == {
        ("1st Franklin", "state_lower", 1),
        ("17th Middlesex", "state_lower", 1),
    }
    assert "vacant: 1st Franklin" in massachusetts


def test_state_legislators_have_e_mail_and_congress_has_none(massachusetts):
    state = current_members(chamber="state_lower", on=TODAY) | current_members(chamber="state_upper", on=TODAY)
    assert not state.filter(email="").exists()
    assert not Official.objects.filter(source="congress").exclude(email="").exists()


def test_loading_again_changes_nothing(massachusetts, real_data):
    out = io.StringIO()
    call_command("load_legislators", source="openstates", path=real_data / "openstates_ma", state="ma", stdout=out)
    call_command("load_legislators", source="congress", path=real_data / "congress", state="ma", stdout=out)
    call_command("load_boundaries", path=real_data / "boundaries", state="ma", stdout=out)
    summaries = [line for line in out.getvalue().splitlines() if "unchanged" in line]
    assert summaries == [
        "0 added, 0 changed, 198 unchanged, 0 retired, 0 refused",
        "0 added, 0 changed, 57 unchanged, 0 retired, 0 refused",
        "0 added, 0 changed, 11 unchanged, 0 retired, 0 refused",
        "0 added, 0 changed, 230 unchanged, 0 retired, 0 refused",
        "0 added, 0 changed, 218 unchanged, 0 retired, 0 refused",
    ]


def test_every_district_is_mapped_as_the_checked_crosswalk_says(massachusetts, real_data):
    with (real_data / "crosswalks" / "ma_district_crosswalk.csv").open(encoding="utf-8") as file:
        expected = {row["tiger2024_geoid"]: row["ocd_division_id"] for row in csv.DictReader(file)}
    kinds = ["sldu", "sldl"]
    stored = Boundary.objects.filter(boundary_set__kind__in=kinds).values_list("geoid", "division__ocd_id")
    assert dict(stored) == expected
    assert len(expected) == 200


def test_the_coordinate_of_the_example_has_its_three_districts(massachusetts, capsys):
    call_command("resolve_address", "--lat", "42.3548", "--lon", "-71.1999", "--json")
    answer = json.loads(capsys.readouterr().out)
    districts = {row["chamber"]: row for row in answer["districts"]}
    prefix = "ocd-division/country:us/state:ma"
    assert districts["us_house"]["division"] == f"{prefix}/cd:4"
    assert districts["state_upper"]["division"] == f"{prefix}/sldu:norfolk_and_middlesex"
    assert districts["state_lower"]["division"] == f"{prefix}/sldl:10th_middlesex"
    assert [len(row["officials"]) for row in answer["districts"]] == [2, 1, 1, 1]
    assert districts["state_lower"]["officials"][0]["email"].endswith("@mahouse.gov")


def test_district_offices_of_congress_lie_in_one_district_of_each_chamber(massachusetts, real_data):
    members = yaml.load(
        (real_data / "congress" / "legislators-district-offices.yaml").read_text(encoding="utf-8"),
        Loader=yaml.CSafeLoader,
    )
    house = {one.source_id: one for one in current_members(chamber="us_house", on=TODAY)}
    asked = at_home = 0
    for member in members:
        for office in member["offices"]:
            if office["state"] != "MA" or "latitude" not in office:
                continue
            found = resolution.resolve_point(point=Point(office["longitude"], office["latitude"]), on=TODAY)
            rows = [row.chamber for row in found.representations]
            assert sorted(rows) == ["state_lower", "state_upper", "us_house", "us_senate"], office["id"]
            official = house.get(f"bioguide/{member['id']['bioguide']}")
            if official is not None:
                asked += 1
                at_home += official.pk in by_chamber(found)["us_house"].official_ids
    assert asked >= 15
    # An office may lie across the street from the district, but most lie in it.
    assert at_home / asked > 0.8


def test_a_point_in_an_empty_seat_says_so(massachusetts):
    # Greenfield's neighbour Montague: 1st Franklin.
    found = resolution.resolve_point(point=Point(-72.66, 42.46), on=TODAY)
    seat = by_chamber(found)["state_lower"]
    assert (seat.division_name, seat.official_ids, seat.vacant_seats) == ("1st Franklin", (), 1)


def test_a_zip_of_one_congressional_district_settles_only_congress(massachusetts, settings):
    found = resolution.resolve_address(address=PostalAddress(state="MA", zip_code="02451"), on=TODAY)
    assert set(by_chamber(found)) == {"us_senate", "us_house"}
    assert found.problems == (Problem.STREET_MISSING,)
    candidates = [row for row in found.candidates if row.chamber == "state_lower"]
    assert 5 < len(candidates) < 160
    assert "10th Middlesex" in {row.division_name for row in candidates}


def test_a_zip_that_is_split_settles_no_member_of_the_house(massachusetts):
    found = resolution.resolve_address(address=PostalAddress(state="MA", zip_code="02138"), on=TODAY)
    assert Problem.ZIP_IS_SPLIT in found.problems
    assert len([row for row in found.candidates if row.chamber == "us_house"]) == 2


def test_the_map_grade_outlines_are_not_used_where_exact_ones_are(massachusetts):
    found = resolution.resolve_point(point=Point(-71.1999, 42.40), on=TODAY)
    assert found.certainty in {Certainty.ROOFTOP, Certainty.NEAR_BOUNDARY}
    assert len([row for row in found.representations if row.chamber == "us_house"]) == 1


def test_nearly_every_district_of_the_country_is_known(real_data):
    """Of 6,775 outlines all are mapped; New Hampshire's floterial and Maine's tribal seats have none."""
    count, unknown = 0, []
    with tarfile.open(real_data / "boundaries" / "tiger2024_sld_all_states_15pct.tar.xz") as archive:
        for member in archive:
            if not member.name.endswith(".json"):
                continue
            kind = "sldu" if "upper" in member.name else "sldl"
            for feature in json.load(archive.extractfile(member))["features"]:
                properties = feature["properties"]
                if properties["GEOID"].endswith("ZZ"):
                    continue
                count += 1
                try:
                    divisions_for(geoid=properties["GEOID"], name=properties["NAMELSAD"], kind=kind)
                except LookupError as error:
                    unknown.append(str(error))
    assert count == 6775
    assert unknown == []
