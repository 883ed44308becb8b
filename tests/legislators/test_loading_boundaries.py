"""Loading outlines."""

import io
import tarfile
import zipfile
from datetime import date

import pytest
from django.core.management import CommandError, call_command

from legislators.models import Boundary, BoundarySet, DataLoad
from legislators.services import loading_boundaries
from legislators.services.loading import LoadError
from legislators.services.loading_boundaries import PlanDates
from tests.factories import legislators as make
from tests.factories.outlines import HOUSE, feature, square, write_congress, write_geojson

pytestmark = pytest.mark.django_db


@pytest.fixture
def geojson(tmp_path):
    def write(*features, **members):
        return write_geojson(tmp_path, *features, **members)

    return write


def snapshot():
    return (
        sorted(Boundary.objects.values_list("division__ocd_id", "geoid", "west", "wkb")),
        list(BoundarySet.objects.order_by("pk").values()),
        DataLoad.objects.count(),
    )


def load(path, **values):
    """Two districts stand for Massachusetts' hundred and sixty here, which a careful load would refuse."""
    return loading_boundaries.load(path=path, **({"accept_losses": True} | values))


def test_a_chamber_of_outlines_is_loaded_with_its_plan(geojson):
    report = load(geojson(*HOUSE))
    assert (report.added, report.refused) == (2, [])
    plan = BoundarySet.objects.get()
    assert (plan.jurisdiction.code, plan.kind, plan.plan, plan.valid_from) == ("ma", "sldl", "TIGER2024", None)
    boundary = Boundary.objects.get(geoid="25068")
    assert boundary.division.ocd_id == "ocd-division/country:us/state:ma/sldl:10th_middlesex"
    assert (boundary.west, boundary.south, boundary.east, boundary.north) == (-72, 42, -71, 43)


def test_the_same_file_again_changes_nothing(geojson):
    path = geojson(*HOUSE)
    load(path)
    before = snapshot()[:2]
    report = load(path)
    assert (report.added, report.changed, report.unchanged, report.retired) == (0, 0, 2, 0)
    assert snapshot()[:2] == before


def test_a_moved_line_is_changed_and_a_lost_district_removed_from_its_plan(geojson):
    load(geojson(*HOUSE))
    report = load(geojson(feature(west=-72.5)))
    assert (report.changed, report.retired) == (1, 1)
    assert Boundary.objects.get().west == -72.5


def test_a_new_plan_stands_beside_the_old_one(geojson):
    load(geojson(*HOUSE))
    report = load(geojson(*HOUSE), dates=PlanDates("Court order", date(2027, 1, 6), date(2029, 1, 3)))
    assert report.added == 2
    new = BoundarySet.objects.get(plan="Court order")
    assert (new.valid_from, new.valid_to) == (date(2027, 1, 6), date(2029, 1, 3))


def test_a_shapefile_is_read_from_file_folder_and_zip(tmp_path):
    path = write_congress(tmp_path)
    assert load(path).added == 2
    assert load(tmp_path).unchanged == 2
    packed = tmp_path / "packed" / "tl_2022_25_cd118.zip"
    packed.parent.mkdir()
    with zipfile.ZipFile(packed, "w") as archive:
        for part in tmp_path.glob("tl_2022_25_cd118.*"):
            archive.write(part, part.name)
    assert load(packed).unchanged == 2
    assert load(packed.parent).unchanged == 2
    assert BoundarySet.objects.get().valid_from == date(2023, 1, 3)


def test_a_shapefile_and_geojson_agree(tmp_path, geojson):
    load(write_congress(tmp_path))
    first = feature("2501", "Congressional District 1", MTFCC="G5200", CDSESSN="118")
    second = feature("2502", "Congressional District 2", -71.0, MTFCC="G5200", CDSESSN="118")
    report = load(geojson(first, second, name="cd.geojson"))
    assert (report.added, report.changed + report.unchanged) == (0, 2)


def test_an_archive_of_states_is_read_for_one_state_or_for_all(tmp_path, geojson):
    geojson(*HOUSE)
    geojson(feature("50ADD", "Addison Senatorial District", MTFCC="G5210"), name="VT_upper.json")
    with tarfile.open(tmp_path / "all.tar.xz", "w:xz") as archive:
        for name in ("MA_lower.json", "VT_upper.json"):
            archive.add(tmp_path / name, arcname=f"geo/{name}")
    assert load(tmp_path / "all.tar.xz", state="vt").added == 1
    report = load(tmp_path / "all.tar.xz")
    assert (report.added, report.unchanged) == (2, 1)


def test_two_seats_of_one_outline_get_it_both(geojson):
    report = load(geojson(feature("16008", "State House District 8", LSY="2024"), name="ID_lower.json"))
    assert report.added == 2
    assert {boundary.geoid for boundary in Boundary.objects.all()} == {"16008"}
    assert "1 outlines serve 2 divisions" in report.notes[0]


def test_the_same_file_is_known_by_its_content_and_not_read_again(geojson, monkeypatch):
    path = geojson(*HOUSE, feature("25999", "Nowhere District", -69.0))
    first = load(path)
    monkeypatch.setattr("legislators.adapters.boundary_files.read", None)
    said = []
    again = load(path.rename(path.with_name(path.name)), progress=said.append)
    assert (again.added, again.changed, again.unchanged, again.retired) == (0, 0, 2, 0)
    assert (again.refused, again.notes) == (first.refused, first.notes)
    assert "This is the file that was loaded on" in said[-1]
    assert DataLoad.objects.count() == 2


@pytest.mark.parametrize("change", ["another file", "a lost outline", "a date"])
def test_the_same_file_is_read_again_where_what_it_brought_is_no_longer_there(geojson, change):
    path = geojson(*HOUSE)
    load(path)
    values = {}
    if change == "another file":
        load(geojson(feature(west=-72.5), name="other.json"))
    elif change == "a lost outline":
        Boundary.objects.filter(geoid="25068").delete()
    else:
        values = {"dates": PlanDates(valid_from=date(2027, 1, 6))}
    load(path, **values)
    assert set(Boundary.objects.values_list("geoid", "west")) == {("25068", -72.0), ("25069", -71.0)}
    assert BoundarySet.objects.get().valid_from == (date(2027, 1, 6) if values else None)


def test_a_plan_that_ends_before_it_begins_is_refused(geojson):
    with pytest.raises(LoadError, match="cannot end"):
        load(geojson(*HOUSE), dates=PlanDates("", date(2027, 1, 6), date(2027, 1, 6)))


def test_one_name_does_not_stand_for_two_plans(geojson, tmp_path):
    geojson(feature("2501", "Congressional District 1", MTFCC="G5200", CDSESSN="118"), name="a.json")
    geojson(feature("2502", "Congressional District 2", MTFCC="G5200", CDSESSN="119"), name="b.json")
    with pytest.raises(LoadError, match="the name of two plans"):
        load(tmp_path, dates=PlanDates("Court order"))
    assert load(tmp_path).added == 2


def test_a_real_state_says_which_districts_have_no_outline(geojson):
    report = load(geojson(feature("5000", "At Large", -73.0, MTFCC="G5200"), *HOUSE), accept_losses=True)
    said = [note for note in report.notes if "no outline" in note]
    assert len(said) == 1
    assert said[0].startswith("Massachusetts State house district TIGER2024: 158 of 160 districts have no outline")


def test_a_map_drawn_for_display_is_loaded_with_a_warning(geojson):
    coarse = feature("2504", "Congressional District 4", MTFCC="G5200", CDSESSN="119")
    report = load(geojson(coarse, name="cd119_20m.geojson", fileName="cb_2024_us_cd119_20m"))
    assert BoundarySet.objects.get().accuracy_metres == 2000
    assert "119th Congress (generalised, 20m) is drawn for maps, up to 2000 m off (MA)" in report.notes[-1]


def test_an_invented_state_brings_its_own_districts(geojson):
    make.jurisdiction()
    properties = {
        "ocd_id": "ocd-division/country:us/state:ax/sldl:1st_birch",
        "name": "1st Birch",
        "seats": 2,
        "plan": "sample",
    }
    path = geojson(
        {
            "type": "Feature",
            "properties": properties,
            "geometry": {"type": "Polygon", "coordinates": square(-42.0, 39.0)},
        }
    )
    assert load(path).added == 1
    division = Boundary.objects.get().division
    assert (division.name, division.seats, division.kind) == ("1st Birch", 2, "sldl")


def test_an_invented_state_that_does_not_exist_is_refused(geojson):
    properties = {"ocd_id": "ocd-division/country:us/state:bx/sldl:1", "name": "1"}
    path = geojson(
        {
            "type": "Feature",
            "properties": properties,
            "geometry": {"type": "Polygon", "coordinates": square(-42.0, 39.0)},
        }
    )
    with pytest.raises(LoadError, match="known state"):
        load(path)


def test_the_boundaries_command_says_what_it_did(geojson, capsys):
    call_command("load_boundaries", path=str(geojson(*HOUSE)), state="MA", accept_losses=True)
    assert "2 added, 0 changed" in capsys.readouterr().out
    assert DataLoad.objects.get().kind == DataLoad.Kind.BOUNDARIES


def test_the_boundaries_command_fails_with_one_sentence(tmp_path):
    with pytest.raises(CommandError, match="Nothing was changed"):
        call_command("load_boundaries", path=tmp_path / "x.json", stdout=io.StringIO())
    with pytest.raises(CommandError, match="--path"):
        call_command("load_boundaries")
