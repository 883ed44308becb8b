"""Loading ZIP codes and streets."""

import io
import zipfile

import pytest
import responses
import shapefile
from django.core.management import CommandError, call_command

from legislators.adapters import downloads
from legislators.models import StreetRange, ZipDivision
from legislators.services import loading_streets, loading_zip_codes
from legislators.services.loading import LoadError
from tests.factories import legislators as make
from tests.factories.shapefiles import write_shapefile

pytestmark = pytest.mark.django_db

# --- ZIP codes ----------------------------------------------------------------------------------

SQUARE = [[[-72, 42], [-72, 43], [-71, 43], [-71, 42], [-72, 42]]]
ZIPS = "state_fips,state_abbr,zcta,cd\n25,MA,02451,5\n25,MA,02138,5\n25,MA,02138,7\n50,VT,05401,0\n70,PW,96940,98\n"


@pytest.fixture
def zips(tmp_path):
    def write(content=ZIPS):
        path = tmp_path / "zccd.csv"
        path.write_text(content, encoding="utf-8")
        return path

    return write


def test_zip_codes_touch_their_congressional_districts(zips):
    report = loading_zip_codes.load(path=zips())
    assert (report.added, len(report.refused)) == (4, 1)
    assert "96940" in report.refused[0].why
    rows = set(ZipDivision.objects.values_list("zip_code", "division__ocd_id"))
    assert ("05401", "ocd-division/country:us/state:vt/cd:at-large") in rows
    assert {row for row in rows if row[0] == "02138"} == {
        ("02138", f"ocd-division/country:us/state:ma/cd:{number}") for number in (5, 7)
    }


def test_zip_codes_again_change_nothing_and_lost_ones_go(zips):
    loading_zip_codes.load(path=zips())
    assert loading_zip_codes.load(path=zips()).unchanged == 4
    report = loading_zip_codes.load(path=zips(ZIPS.replace("25,MA,02138,7\n", "")), state="ma")
    assert (report.unchanged, report.retired) == (2, 1)
    assert ZipDivision.objects.filter(zip_code="05401").exists()


def test_zip_codes_can_name_any_division(zips):
    make.SmallState()
    report = loading_zip_codes.load(
        path=zips("zip_code,division\n69905,ocd-division/country:us/state:ax/sldl:1st_birch\n")
    )
    assert report.added == 1


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (ZIPS + "25,MA,0213", "line 7"),
        (ZIPS + "25,MA,0213,7\n", "line 7: '0213' is no ZIP"),
        (ZIPS + "25,MA,02139,x\n", "line 7"),
        (ZIPS + "25,MA,02139\n", "line 7"),
        ("a,b\n1,2\n", "line 1"),
        ("", "line 1"),
    ],
)
def test_a_damaged_zip_file_changes_nothing_and_names_the_line(zips, content, message):
    with pytest.raises(LoadError, match=message):
        loading_zip_codes.load(path=zips(content))
    assert not ZipDivision.objects.exists()
    with pytest.raises(CommandError, match="Nothing was changed"):
        call_command("load_zip_codes", path=zips(content), stdout=io.StringIO())


# --- Streets ------------------------------------------------------------------------------------

FIELDS = [(name, 12) for name in ("LFROMHN", "LTOHN", "RFROMHN", "RTOHN", "ZIPL", "ZIPR", "PARITYL", "PARITYR")]


def streets(folder, *rows, name="tl_2024_25017_addrfeat"):
    parts = [([[[-71.2, 42.4], [-71.1, 42.4]]], row) for row in rows]
    return write_shapefile(folder, name, parts, shapefile.POLYLINE, [("FULLNAME", 100), *FIELDS])


MAPLE = ("Maple St", "1", "99", "98", "2", "02451", "02451", "O", "E")


def test_both_sides_of_a_block_become_ranges(tmp_path):
    report = loading_streets.load(path=streets(tmp_path, MAPLE))
    assert (report.added, report.refused) == (2, [])
    odd, even = StreetRange.objects.order_by("low_number")
    assert (odd.street_key, odd.zip_code, odd.parity, odd.low_number, odd.high_number) == (
        "MAPLE ST",
        "02451",
        "odd",
        1,
        99,
    )
    assert (even.parity, even.low_number) == ("even", 2)
    # Numbers run from the east, a few metres off the crossing; the left side of the line to the east is the north.
    assert even.low_longitude == pytest.approx(-71.1, abs=0.0002)
    assert odd.low_longitude == pytest.approx(-71.2, abs=0.0002)
    assert even.low_latitude < 42.4 < odd.low_latitude


def test_streets_again_change_nothing_and_a_county_replaces_only_itself(tmp_path):
    path = streets(tmp_path, MAPLE)
    loading_streets.load(path=path)
    report = loading_streets.load(path=path)
    assert (report.added, report.unchanged, report.retired) == (0, 2, 0)
    assert report.notes == ["Nothing differs from what was loaded before."]
    other = tmp_path / "other"
    other.mkdir()
    loading_streets.load(path=streets(other, MAPLE, name="tl_2024_25021_addrfeat"))
    assert StreetRange.objects.count() == 4
    report = loading_streets.load(path=streets(tmp_path, ("Oak St", *MAPLE[1:])))
    assert (report.added, report.retired, StreetRange.objects.count()) == (2, 2, 4)


def test_house_numbers_that_are_no_numbers_are_refused_with_a_count(tmp_path):
    odd = ("Maple St", "N6W12", "N6W98", "", "", "02451", "", "E", "")
    without_zip = ("Oak St", "1", "9", "", "", "", "", "O", "")
    report = loading_streets.load(path=streets(tmp_path, MAPLE, odd, odd, without_zip))
    assert report.added == 2
    assert {refusal.why for refusal in report.refused} == {
        "house numbers that are not whole numbers (2 sides of blocks)",
        "a side with house numbers has no ZIP code (1 sides of blocks)",
    }


def test_a_file_that_is_no_street_file_or_of_another_state_is_named(tmp_path):
    with pytest.raises(LoadError, match="ADDRFEAT"):
        loading_streets.load(
            path=write_shapefile(tmp_path, "tl_2022_25_cd118", [(SQUARE, ("2501", "x", "G5200", "118"))])
        )
    other = tmp_path / "streets"
    other.mkdir()
    with pytest.raises(LoadError, match="VT"):
        loading_streets.load(path=streets(other, MAPLE), state="vt")
    with pytest.raises(CommandError, match="Nothing was changed"):
        call_command("load_streets", path=tmp_path / "nowhere.shp", stdout=io.StringIO())
    assert not StreetRange.objects.exists()


def test_the_streets_command_says_what_it_did(tmp_path, capsys):
    call_command("load_streets", path=streets(tmp_path, MAPLE))
    assert "2 added" in capsys.readouterr().out


def test_a_hyphen_within_a_house_number_is_left_out(tmp_path):
    queens = ("82nd St", "37-01", "37-99", "", "", "11372", "", "O", "")
    loading_streets.load(path=streets(tmp_path, queens, name="tl_2024_36081_addrfeat"))
    assert StreetRange.objects.values_list("street_key", "low_number", "high_number").get() == ("82ND ST", 3701, 3799)


def test_a_folder_of_counties_is_loaded_whole_or_not_at_all(tmp_path):
    streets(tmp_path, MAPLE)
    damaged = streets(tmp_path, MAPLE, name="tl_2024_25021_addrfeat")
    whole = damaged.read_bytes()
    damaged.write_bytes(whole[:-10])
    with pytest.raises(LoadError, match="25021"):
        loading_streets.load(path=tmp_path)
    assert not StreetRange.objects.exists()
    damaged.write_bytes(whole)
    assert loading_streets.load(path=tmp_path).added == 4


def test_two_files_of_one_county_are_refused(tmp_path):
    for folder in ("a", "c"):
        (tmp_path / folder).mkdir()
        streets(tmp_path / folder, MAPLE)
    (tmp_path / "b").mkdir()
    streets(tmp_path / "b", MAPLE, name="tl_2024_25021_addrfeat")
    with pytest.raises(LoadError, match="two files called tl_2024_25017_addrfeat"):
        loading_streets.load(path=tmp_path)


def test_a_street_that_a_file_has_twice_is_kept_once(tmp_path):
    assert loading_streets.load(path=streets(tmp_path, MAPLE, MAPLE)).added == 2


@pytest.mark.database
def test_many_ranges_are_loaded_in_batches(tmp_path):
    rows = [(f"Street {number} St", *MAPLE[1:]) for number in range(1500)]
    path = streets(tmp_path, *rows)
    assert loading_streets.load(path=path).added == 3000
    assert StreetRange.objects.count() == 3000
    report = loading_streets.load(path=path)
    assert (report.added, report.unchanged) == (0, 3000)


@responses.activate
def test_counties_are_fetched_from_the_census(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(downloads, "sleep", lambda seconds: None)
    for county in ("017", "025"):
        name = f"tl_2024_25{county}_addrfeat"
        path = streets(tmp_path, MAPLE, name=name)
        archive = io.BytesIO()
        with zipfile.ZipFile(archive, "w") as zipped:
            for part in path.parent.glob(f"{name}.*"):
                zipped.write(part, part.name)
        url = f"https://www2.census.gov/geo/tiger/TIGER2024/ADDRFEAT/{name}.zip"
        responses.get(url, body=archive.getvalue())
    call_command("load_streets", state="ma", county="017, 025")
    assert "4 added" in capsys.readouterr().out
    assert set(StreetRange.objects.values_list("source", flat=True)) == {
        "tl_2024_25017_addrfeat",
        "tl_2024_25025_addrfeat",
    }


@responses.activate
def test_a_county_that_is_not_there_changes_nothing():
    responses.get("https://www2.census.gov/geo/tiger/TIGER2024/ADDRFEAT/tl_2024_25999_addrfeat.zip", status=404)
    with pytest.raises(CommandError, match="Nothing was changed"):
        call_command("load_streets", state="ma", county="999", stdout=io.StringIO())


@pytest.mark.parametrize(("state", "county"), [("", ""), ("ma", ""), ("xx", "017"), ("ma", "17"), ("ma", "017,x")])
def test_the_streets_command_says_what_it_needs(state, county):
    with pytest.raises(CommandError, match="--county 017,025"):
        call_command("load_streets", state=state, county=county, stdout=io.StringIO())
