"""Loading outlines."""

import io
import json
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
from tests.factories.shapefiles import write_shapefile

pytestmark = pytest.mark.django_db


def square(west, south=42.0, size=1.0):
    east, north = west + size, south + size
    return [[[west, south], [west, north], [east, north], [east, south], [west, south]]]


def feature(geoid="25068", name="10th Middlesex District", west=-72.0, **properties):
    return {
        "type": "Feature",
        "properties": {"STATEFP": geoid[:2], "GEOID": geoid, "NAMELSAD": name, "MTFCC": "G5220", "LSY": "2024"}
        | properties,
        "geometry": {"type": "Polygon", "coordinates": square(west)},
    }


HOUSE = [feature(), feature("25069", "11th Middlesex District", -71.0), feature("25ZZZ", "not defined", -70.0)]


@pytest.fixture
def geojson(tmp_path):
    def write(*features, name="MA_lower.json", **members):
        path = tmp_path / name
        path.write_text(json.dumps({"type": "FeatureCollection", "features": list(features)} | members))
        return path

    return write


def congress(folder):
    rows = [
        (square(-72.0 + place), (f"250{place + 1}", f"Congressional District {place + 1}", "G5200", "118"))
        for place in range(2)
    ]
    return write_shapefile(folder, "tl_2022_25_cd118", rows)


def snapshot():
    return (
        sorted(Boundary.objects.values_list("division__ocd_id", "geoid", "west", "wkb")),
        list(BoundarySet.objects.order_by("pk").values()),
        DataLoad.objects.count(),
    )


def load(path, **values):
    return loading_boundaries.load(path=path, **values)


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
    path = congress(tmp_path)
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
    load(congress(tmp_path))
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


def test_a_district_that_cannot_be_mapped_is_refused_by_name(geojson):
    report = load(geojson(*HOUSE, feature("25999", "Nowhere District", -69.0)))
    assert report.added == 2
    assert report.refused[0].where == "MA_lower.json feature 4"
    assert "Nowhere District" in report.refused[0].why


def test_a_crossed_outline_is_repaired_and_one_without_area_refused(geojson):
    crossed, empty = feature(), feature("25069", "11th Middlesex District")
    crossed["geometry"]["coordinates"] = [[[0, 0], [2, 2], [2, 0], [0, 2], [0, 0]]]
    empty["geometry"] = None
    report = load(geojson(crossed, empty))
    assert report.added == 1
    assert "11th Middlesex District: it has no outline" in report.refused[0].why


def test_a_district_outlined_twice_is_refused_the_second_time(geojson):
    report = load(geojson(feature(), feature(west=-60.0)))
    assert report.added == 1
    assert "already outlined" in report.refused[0].why
    assert Boundary.objects.get().west == -72


def test_two_seats_of_one_outline_get_it_both(geojson):
    report = load(geojson(feature("16008", "State House District 8", LSY="2024"), name="ID_lower.json"))
    assert report.added == 2
    assert {boundary.geoid for boundary in Boundary.objects.all()} == {"16008"}


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b'{"type": "FeatureCollection",\n "features": [', r"MA_lower\.json: line 2 is not JSON"),
        (b'{"type": "Topology"}', "not a GeoJSON collection"),
        (b"[]", "not a GeoJSON collection"),
        (b'{"features": [1]}', "feature 1: not a feature"),
        ('{\n "a": "Peñón"}'.encode("latin-1"), "line 2 is not UTF-8"),
        (b'{"features": [], "crs": {"properties": {"name": "EPSG:26986"}}}', "not longitude and latitude"),
        (b'{"features": []}', "no district outline"),
    ],
)
def test_a_damaged_file_changes_nothing_and_is_named(geojson, content, message):
    path = geojson(*HOUSE)
    load(path)
    before = snapshot()
    path.write_bytes(content)
    with pytest.raises(LoadError, match=message):
        load(path)
    assert snapshot() == before


def test_one_damaged_file_of_a_folder_keeps_the_others_out_too(tmp_path, geojson):
    geojson(*HOUSE)
    (tmp_path / "zz.json").write_text('{"features": [')
    with pytest.raises(LoadError, match=r"zz\.json"):
        load(tmp_path)
    assert not Boundary.objects.exists()


@pytest.mark.parametrize("suffix", [".shp", ".dbf"])
@pytest.mark.parametrize("share", [0.0, 0.3, 0.9])
def test_a_half_written_shapefile_changes_nothing(tmp_path, suffix, share):
    path = congress(tmp_path).with_suffix(suffix)
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * share)])
    with pytest.raises(LoadError, match="tl_2022_25_cd118"):
        load(tmp_path)
    assert not Boundary.objects.exists()


def test_a_shapefile_without_its_table_or_in_metres_is_named(tmp_path):
    path = congress(tmp_path)
    path.with_suffix(".prj").write_text('PROJCS["Massachusetts Mainland"]')
    with pytest.raises(LoadError, match="projected"):
        load(path)
    path.with_suffix(".dbf").unlink()
    with pytest.raises(LoadError, match=r"\.dbf is missing"):
        load(path)


def test_a_shapefile_in_an_encoding_that_does_not_exist_is_named(tmp_path):
    path = congress(tmp_path)
    path.with_suffix(".cpg").write_text("KLINGON-8")
    with pytest.raises(LoadError, match="KLINGON-8"):
        load(path)


def test_a_truncated_archive_is_named(tmp_path, geojson):
    geojson(*HOUSE)
    with tarfile.open(tmp_path / "all.tar.xz", "w:xz") as archive:
        archive.add(tmp_path / "MA_lower.json", arcname="MA_lower.json")
    content = (tmp_path / "all.tar.xz").read_bytes()
    (tmp_path / "all.tar.xz").write_bytes(content[: len(content) // 2])
    with pytest.raises(LoadError, match="damaged or half written"):
        load(tmp_path / "all.tar.xz")


def test_a_map_drawn_for_display_is_loaded_with_a_warning(geojson):
    coarse = feature("2504", "Congressional District 4", MTFCC="G5200", CDSESSN="119")
    report = load(geojson(coarse, name="cd119_20m.geojson", fileName="cb_2024_us_cd119_20m"))
    assert BoundarySet.objects.get().accuracy_metres == 2000
    assert "drawn for maps" in report.notes[0]


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
    call_command("load_boundaries", path=str(geojson(*HOUSE)), state="MA")
    assert "2 added, 0 changed" in capsys.readouterr().out
    assert DataLoad.objects.get().kind == DataLoad.Kind.BOUNDARIES


def test_the_boundaries_command_fails_with_one_sentence(tmp_path):
    with pytest.raises(CommandError, match="Nothing was changed"):
        call_command("load_boundaries", path=tmp_path / "x.json", stdout=io.StringIO())
    with pytest.raises(CommandError, match="--path"):
        call_command("load_boundaries")
