"""Loading ZIP codes and streets."""

import io

import pytest
import shapefile
from django.core.management import CommandError, call_command

from legislators.models import StreetRange, ZipDivision
from legislators.services import loading_streets, loading_zip_codes
from legislators.services.loading import LoadError
from tests.factories import legislators as make
from tests.factories.shapefiles import write_shapefile

pytestmark = pytest.mark.django_db

# --- ZIP codes ----------------------------------------------------------------------------------

SQUARE = [[[-72, 42], [-72, 43], [-71, 43], [-71, 42], [-72, 42]]]
ZIPS = "state_fips,state_abbr,zcta,cd\n25,MA,02451,5\n25,MA,02138,5\n25,MA,02138,7\n50,VT,05401,0\n60,AS,96799,98\n"


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
    assert "96799" in report.refused[0].why
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
    assert (even.parity, even.low_number, even.low_longitude) == ("even", 2, -71.1)


def test_streets_again_change_nothing_and_a_county_replaces_only_itself(tmp_path):
    path = streets(tmp_path, MAPLE)
    loading_streets.load(path=path)
    report = loading_streets.load(path=path)
    assert (report.added, report.unchanged, report.retired) == (0, 2, 0)
    other = tmp_path / "other"
    other.mkdir()
    loading_streets.load(path=streets(other, MAPLE, name="tl_2024_25021_addrfeat"))
    assert StreetRange.objects.count() == 4
    report = loading_streets.load(path=streets(tmp_path, ("Oak St", *MAPLE[1:])))
    assert (report.added, report.retired, StreetRange.objects.count()) == (2, 2, 4)


def test_house_numbers_that_are_no_numbers_are_refused_with_a_count(tmp_path):
    odd = ("Maple St", "12-34", "12-98", "", "", "02451", "", "E", "")
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
