"""Outlines that are damaged, half there, or not what they seem."""

import tarfile
import zipfile

import pytest

from legislators.engine import geometry
from legislators.models import Boundary, BoundarySet, DataLoad
from legislators.services import loading_boundaries
from legislators.services.loading import LoadError
from tests.factories.outlines import HOUSE, feature, square, write_congress, write_geojson
from tests.factories.shapefiles import write_shapefile

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


def test_a_district_that_cannot_be_mapped_is_refused_by_name(geojson):
    report = load(geojson(*HOUSE, feature("25999", "Nowhere District", -69.0)))
    assert report.added == 2
    assert report.refused[0].where == "MA_lower.json feature 4"
    assert "Nowhere District" in report.refused[0].why


def test_a_crossed_outline_is_repaired_and_one_without_area_refused(geojson):
    crossed, empty = feature(), feature("25069", "11th Middlesex District")
    crossed["geometry"]["coordinates"] = [[[-72, 42], [-70, 44], [-70, 42], [-72, 44], [-72, 42]]]
    empty["geometry"] = None
    report = load(geojson(crossed, empty))
    assert report.added == 1
    assert report.notes[0] == (
        "MA_lower.json feature 1: 10th Middlesex District: its outline crossed itself and was repaired"
    )
    assert geometry.from_wkb(Boundary.objects.get().wkb).is_valid
    assert "11th Middlesex District: it has no outline" in report.refused[0].why


def test_a_district_outlined_twice_is_refused_the_second_time(geojson):
    report = load(geojson(feature(), feature(west=-66.0)))
    assert report.added == 1
    assert "already outlined" in report.refused[0].why
    assert Boundary.objects.get().west == -72


def test_two_districts_on_one_census_code_are_not_taken_for_two_seats(geojson):
    report = load(geojson(feature(), feature("25068", "11th Middlesex District", -71.0)))
    assert report.added == 1
    assert "11th_middlesex (GEOID 25068) is already outlined by MA_lower.json feature 1" in report.refused[0].why


@pytest.mark.parametrize(
    "corners", [square(42.0, -72.0), square(2.0, 48.0), [[[230000, 900000], [230000, 910000], [240000, 900000]]]]
)
def test_an_outline_that_cannot_be_in_the_country_is_refused(geojson, corners):
    lost = feature("25069", "11th Middlesex District")
    lost["geometry"]["coordinates"] = corners
    report = load(geojson(feature(), lost))
    assert report.added == 1
    assert report.refused[0].where == "MA_lower.json feature 2"


def test_an_outline_that_crosses_the_date_line_is_in_the_country(geojson):
    west, east = square(-180.0, 51.0), square(178.0, 51.0)
    alaska = feature("02037", "State House District 37", STATEFP="02")
    alaska["geometry"] = {"type": "MultiPolygon", "coordinates": [west, east]}
    assert load(geojson(alaska, name="AK_lower.json")).added == 1


def test_districts_that_lie_over_each_other_are_named_and_neighbours_are_not(geojson):
    third = feature("25070", "12th Middlesex District", -70.9)
    report = load(geojson(feature(), feature("25069", "11th Middlesex District", -71.0), third))
    said = [note for note in report.notes if "overlap" in note]
    assert len(said) == 1
    assert "11th Middlesex and 12th Middlesex overlap, by 90.0% of the smaller" in said[0]


def test_a_sliver_between_districts_is_no_overlap(geojson):
    report = load(geojson(feature(), feature("25069", "11th Middlesex District", -71.001)))
    assert not [note for note in report.notes if "overlap" in note]


def test_a_state_that_only_half_appears_is_refused_and_its_old_outlines_are_kept(geojson):
    load(geojson(*HOUSE))
    before = snapshot()
    with pytest.raises(LoadError, match="1 of 2 outlines are missing from it"):
        load(geojson(feature(west=-72.5)), accept_losses=False)
    assert snapshot() == before


def test_a_first_load_of_a_few_of_a_states_districts_is_refused(geojson):
    with pytest.raises(LoadError, match="Massachusetts, sldl, TIGER2024: it outlines only 2 of 160 districts"):
        load(geojson(*HOUSE), accept_losses=False)
    assert not BoundarySet.objects.exists()


def test_a_refused_state_keeps_no_other_out(geojson, tmp_path):
    geojson(feature("50ADD", "Addison Senatorial District", MTFCC="G5210"), name="VT_upper.json")
    delaware = [
        feature(f"1000{place}", f"State House District {place}", -75.0 + place / 9, MTFCC="G5200", CDSESSN="119")
        for place in (0,)
    ]
    geojson(*delaware, name="DE_cd.json")
    report = load(tmp_path, accept_losses=False)
    assert report.added == 1
    assert [refusal.where for refusal in report.refused] == ["Vermont, sldu, TIGER2024"]
    # What was refused may be accepted next time: the same folder is read again.
    assert load(tmp_path).added == 1


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b'{"type": "FeatureCollection",\n "features": [', r"MA_lower\.json: line 2 is not JSON"),
        (b'{"type": "Topology"}', "not a GeoJSON collection"),
        (b"[]", "not a GeoJSON collection"),
        (b'{"features": [1]}', "feature 1: not a feature"),
        ('{\n "a": "Peñón"}'.encode("latin-1"), "line 2 is not UTF-8"),
        (b'{"features": [], "crs": {"properties": {"name": "EPSG:26986"}}}', "not longitude and latitude"),
        (b'{"features": []}', "no feature in it"),
        (
            b'{"features": [{"properties": [], "geometry": "POLYGON EMPTY"}]}',
            "feature 1: its attributes or its outline",
        ),
        (b"", "line 1 is not JSON"),
        ("{}".encode("utf-16"), "line 1 is not UTF-8"),
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
    path = write_congress(tmp_path).with_suffix(suffix)
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * share)])
    with pytest.raises(LoadError, match="tl_2022_25_cd118"):
        load(tmp_path)
    assert not Boundary.objects.exists()


def test_a_shapefile_without_its_table_or_in_metres_is_named(tmp_path):
    path = write_congress(tmp_path)
    path.with_suffix(".prj").write_text('PROJCS["Massachusetts Mainland"]')
    with pytest.raises(LoadError, match="projected"):
        load(path)
    path.with_suffix(".dbf").unlink()
    with pytest.raises(LoadError, match=r"\.dbf is missing"):
        load(path)


def test_a_shapefile_in_another_datum_is_named(tmp_path):
    path = write_congress(tmp_path)
    path.with_suffix(".prj").write_text('GEOGCS["GCS_North_American_1927",DATUM["D_North_American_1927"]]')
    with pytest.raises(LoadError, match="datum other than"):
        load(path)
    path.with_suffix(".prj").write_text('GEOGCS["GCS_North_American_1983",DATUM["D_North_American_1983"]]')
    assert load(path).added == 2


def test_a_damaged_index_of_a_shapefile_misleads_nobody(tmp_path):
    path = write_congress(tmp_path)
    path.with_suffix(".shx").write_bytes(b"\0" * 40)
    assert load(path).added == 2


def test_outlines_without_rows_are_not_taken(tmp_path):
    path = write_congress(tmp_path)
    other = write_shapefile(tmp_path / "..", "other", [(square(-72.0), ("2501", "x", "G5200", "118"))])
    path.with_suffix(".dbf").write_bytes(other.with_suffix(".dbf").read_bytes())
    with pytest.raises(LoadError, match="not as many rows as outlines"):
        load(path)


def test_names_in_another_encoding_than_the_shapefile_says_are_not_guessed(tmp_path):
    path = write_shapefile(tmp_path, "tl_2022_25_cd118", [(square(-72.0), ("2501", "Distrito Peñón", "G5200", "118"))])
    path.with_suffix(".dbf").write_bytes(path.with_suffix(".dbf").read_bytes().replace("ñ".encode(), b"\xf1 "))
    with pytest.raises(LoadError, match="a name is not written in utf-8"):
        load(path)


def test_a_shapefile_in_an_encoding_that_does_not_exist_is_named(tmp_path):
    path = write_congress(tmp_path)
    path.with_suffix(".cpg").write_text("KLINGON-8")
    with pytest.raises(LoadError, match="KLINGON-8"):
        load(path)


def test_damage_at_the_end_of_an_archive_keeps_its_beginning_out_too(tmp_path, geojson):
    geojson(*HOUSE)
    (tmp_path / "broken.json").write_text('{"features": [')
    for name in ("MA_lower.json", "broken.json"):
        with tarfile.open(tmp_path / "all.tar", "a") as archive:
            archive.add(tmp_path / name, arcname=name)
    with pytest.raises(LoadError, match=r"broken\.json"):
        load(tmp_path / "all.tar")
    assert not Boundary.objects.exists()
    assert not DataLoad.objects.exists()


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 nothing more"])
@pytest.mark.parametrize("name", ["tl_2024_25_sldl.zip", "all.tar.xz", "all.tar"])
def test_an_empty_or_false_archive_is_named(tmp_path, name, content):
    (tmp_path / name).write_bytes(content)
    with pytest.raises(LoadError, match="half written|no GeoJSON"):
        load(tmp_path / name)


def test_a_zip_cut_off_anywhere_is_named(tmp_path):
    path = write_congress(tmp_path)
    packed = tmp_path / "packed.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        for part in sorted(tmp_path.glob("tl_2022*")):
            archive.write(part, part.name)
    content = packed.read_bytes()
    for share in (0.2, 0.6, 0.99):
        packed.write_bytes(content[: int(len(content) * share)])
        with pytest.raises(LoadError, match="half written"):
            load(packed)
    assert path.is_file()
    assert not Boundary.objects.exists()


def test_a_truncated_archive_is_named(tmp_path, geojson):
    geojson(*HOUSE)
    with tarfile.open(tmp_path / "all.tar.xz", "w:xz") as archive:
        archive.add(tmp_path / "MA_lower.json", arcname="MA_lower.json")
    content = (tmp_path / "all.tar.xz").read_bytes()
    (tmp_path / "all.tar.xz").write_bytes(content[: len(content) // 2])
    with pytest.raises(LoadError, match="damaged or half written"):
        load(tmp_path / "all.tar.xz")
