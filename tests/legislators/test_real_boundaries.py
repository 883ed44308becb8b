"""The published outlines of the whole country, loaded once beside its legislators; skipped where they are absent.

99 files hold 6,785 features; 10 are water that belongs to no district. Of the 6,775 others, 6,740 are each one division
of openstates-metadata, and 35 are Idaho's house districts, which elect two seats each that are divisions of their own.
"""

import csv
import json
import os
import subprocess
import sys
from collections import Counter, defaultdict
from datetime import date
from pathlib import Path

import pytest
import yaml

from legislators.engine.districts import state_districts
from legislators.engine.states import STATES
from legislators.models import Boundary, BoundarySet, DataLoad, Division, ZipDivision
from legislators.selectors.plans import divisions_without_outline
from legislators.selectors.seats import current_terms
from legislators.services import atlas, loading_boundaries, loading_zip_codes
from legislators.services.loading import LoadError
from tests.legislators.conftest import SNAPSHOT_DAY

# One process loads the country once for all of these, and for those of its people.
pytestmark = [
    pytest.mark.real_data,
    pytest.mark.django_db,
    pytest.mark.timeout(600),
    pytest.mark.xdist_group("whole country"),
]

PROJECT = Path(__file__).resolve().parents[2]
STATES_FILE = "boundaries/tiger2024_sld_all_states_15pct.tar.xz"
#: What has no outline: floterial districts, tribal seats, and what lies in no file of the fifty states.
WITHOUT_OUTLINE = {("nh", "sldl"): 39, ("me", "sldl"): 2, ("dc", "sldu"): 8, ("pr", "sldu"): 8, ("pr", "sldl"): 41}
#: Congressional districts of openstates-geo that have gone since.
GONE = {
    "0653", "1718", "1719", "1905", "2207", "2510", "2614", "2615", "2909", "3000", "3413", "3627", "3628", "3629",
    "3916", "3917", "3918", "4218", "4219", "5403",
}  # fmt: skip
OCD = "ocd-division/country:us"


@pytest.fixture(scope="module")
def outlines(whole_country, real_data, django_db_blocker):
    """Every outline beside every legislator, in the same transaction; the report of each file."""
    with django_db_blocker.unblock():
        files = {
            "states": STATES_FILE,
            "cd118": "boundaries/tl_2022_25_cd118",
            "cd119": "boundaries/cd119_20m.geojson",
        }
        yield {name: loading_boundaries.load(path=real_data / path) for name, path in files.items()}


@pytest.fixture(scope="module")
def by_code(outlines, django_db_blocker):
    """OCD ids by kind and GEOID, as openstates-geo writes it: sldu-25D27."""
    with django_db_blocker.unblock():
        found = defaultdict(set)
        for kind, geoid, ocd_id in Boundary.objects.values_list("boundary_set__kind", "geoid", "division__ocd_id"):
            found[f"{kind}-{geoid}"].add(ocd_id)
    return found


def test_every_outline_of_every_state_is_loaded(outlines):
    report = outlines["states"]
    assert (report.added, report.changed, report.retired, report.refused) == (6775 + 35, 0, 0, [])
    assert BoundarySet.objects.filter(plan="TIGER2024").count() == 99
    stored = Boundary.objects.filter(boundary_set__plan="TIGER2024")
    assert stored.values("boundary_set", "geoid").distinct().count() == 6775
    assert not stored.filter(geoid__endswith="ZZ").exists()
    assert report.notes[0].startswith("10 area(s) left out that the Census marks as no district")


def test_all_but_idahos_house_are_one_division_each(outlines, by_code):
    states = {code: ids for code, ids in by_code.items() if not code.startswith("cd-")}
    assert Counter(len(ids) for ids in states.values()) == {1: 6740, 2: 35}
    assert {code[5:7] for code, ids in states.items() if len(ids) == 2} == {STATES["id"].fips}
    assert by_code["sldl-16008"] == {f"{OCD}/state:id/sldl:8a", f"{OCD}/state:id/sldl:8b"}
    assert any(
        "Idaho State house district TIGER2024: 35 outlines serve 70" in note for note in outlines["states"].notes
    )


def test_every_mapped_division_is_one_that_is_in_force(outlines):
    known = {district.ocd_id for code in STATES for district in state_districts(code)}
    stored = Boundary.objects.filter(boundary_set__kind__in=["sldu", "sldl"])
    assert set(stored.values_list("division__ocd_id", flat=True)) <= known
    chambers = Counter(stored.values_list("boundary_set__jurisdiction__code", "boundary_set__kind"))
    assert len(chambers) == 99
    assert chambers["ne", "sldu"] == 49
    assert ("ne", "sldl") not in chambers


def test_what_has_no_outline_is_known_and_said(outlines):
    missing = Division.objects.filter(kind__in=["sldu", "sldl"], boundaries=None)
    assert Counter(missing.values_list("jurisdiction__code", "kind")) == WITHOUT_OUTLINE
    house = BoundarySet.objects.get(jurisdiction__code="nh", kind="sldl")
    names = [division.name for division in divisions_without_outline(house)]
    said = next(note for note in outlines["states"].notes if note.startswith("New Hampshire"))
    assert said.endswith(f"39 of 203 districts have no outline in it: {', '.join(names)}")
    tribes = next(note for note in outlines["states"].notes if note.startswith("Maine"))
    assert tribes.endswith("Houlton Band of Maliseet Indians, Passamaquoddy Tribe")
    assert len([note for note in outlines["states"].notes if "have no outline" in note]) == 2


def test_every_legislator_sits_for_an_outline_but_those(outlines):
    """One whose district cannot be found from an address is one that nobody writes to without knowing."""
    seats = current_terms(SNAPSHOT_DAY).filter(chamber__in=["state_upper", "state_lower"])
    outside = seats.filter(division__boundaries=None).exclude(division__kind=Division.Kind.STATE)
    found = set(outside.values_list("division__jurisdiction__code", "division__kind"))
    assert found <= set(WITHOUT_OUTLINE)
    assert ("nh", "sldl") in found
    assert seats.count() - outside.count() > 7200


def test_no_outline_of_the_country_had_to_be_repaired_and_none_overlap(outlines):
    for report in outlines.values():
        assert not [note for note in report.notes if "repaired" in note or "overlap" in note]


def custom_mappings(real_data, name):
    content = (real_data / "crosswalks" / f"openstates-geo_{name}.yml").read_text(encoding="utf-8")
    return {row["sld-id"]: row["os-id"] for row in yaml.load(content, Loader=yaml.CSafeLoader)["id-mappings"]["custom"]}


@pytest.mark.parametrize(("state", "count"), [("ma", 200), ("vt", 125), ("nh", 203)])
def test_every_district_is_mapped_as_open_states_maps_it(by_code, real_data, state, count):
    theirs = custom_mappings(real_data, state)
    assert len(theirs) == count
    differing = {ocd_id for code, ocd_id in theirs.items() if by_code.get(code) != {ocd_id}}
    floterial = set()
    if state == "nh":
        house = BoundarySet.objects.get(jurisdiction__code="nh", kind="sldl")
        floterial = {division.ocd_id for division in divisions_without_outline(house)}
        assert len(floterial) == 39
    assert differing == floterial


def test_every_congressional_district_is_mapped_as_open_states_maps_it(by_code, real_data):
    theirs = custom_mappings(real_data, "usa")
    # Open States calls the District of Columbia and Puerto Rico states here, and by their own names elsewhere.
    renamed = {"cd-1198": f"{OCD}/district:dc/cd:at-large", "cd-7298": f"{OCD}/territory:pr/cd:at-large"}
    differing = {code for code, ocd_id in (theirs | renamed).items() if by_code.get(code) != {ocd_id}}
    assert differing == {f"cd-{code}" for code in GONE}
    ours = {code for code in by_code if code.startswith("cd-")}
    assert len(ours) == 437
    # Both gained or kept seats in 2022 that the crosswalk of the years before does not have.
    assert len(ours - set(theirs)) == 437 - (len(theirs) - len(GONE))


def test_every_district_of_massachusetts_is_mapped_as_the_checked_crosswalk_says(by_code, real_data):
    with (real_data / "crosswalks" / "ma_district_crosswalk.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 200
    for row in rows:
        assert by_code[f"{row['level']}-{row['tiger2024_geoid']}"] == {row["ocd_division_id"]}


def test_massachusetts_exact_congressional_plan_outlasts_the_coarse_drawing_of_the_same_lines(outlines):
    """Published: the plan is the same for the 118th to the 120th Congress."""
    assert "119th Congress" in outlines["cd119"].notes[0]
    assert "118th Congress stays in force" in outlines["cd119"].notes[0]
    for day in (SNAPSHOT_DAY, date(2027, 1, 3)):
        plan = atlas.on(day).plans("ma")["cd"]
        assert BoundarySet.objects.get(pk=plan.number).plan == "118th Congress"
    assert atlas.on(SNAPSHOT_DAY).plans("ny")["cd"].accuracy_metres == 2000


def test_the_same_file_again_changes_nothing_and_is_not_even_opened(outlines, real_data, monkeypatch):
    monkeypatch.setattr("legislators.adapters.boundary_files.read", None)
    before = list(BoundarySet.objects.order_by("pk").values())
    said = []
    again = loading_boundaries.load(path=real_data / STATES_FILE, progress=said.append)
    assert again.summary == "0 added, 0 changed, 6810 unchanged, 0 retired, 0 refused"
    assert again.notes == outlines["states"].notes
    assert "This is the file that was loaded on" in said[-1]
    assert list(BoundarySet.objects.order_by("pk").values()) == before


@pytest.mark.parametrize("share", [0.001, 0.999])
def test_the_archive_cut_off_anywhere_changes_nothing(outlines, real_data, tmp_path, share):
    content = (real_data / STATES_FILE).read_bytes()
    half = tmp_path / "half.tar.xz"
    half.write_bytes(content[: int(len(content) * share)])
    before = (Boundary.objects.count(), list(BoundarySet.objects.order_by("pk").values()), DataLoad.objects.count())
    with pytest.raises(LoadError, match="damaged or half written"):
        # One small state of it: what damage there is shows just the same, and sooner.
        loading_boundaries.load(path=half, state="de")
    after = (Boundary.objects.count(), list(BoundarySet.objects.order_by("pk").values()), DataLoad.objects.count())
    assert after == before


def test_every_zip_code_of_the_country_has_its_congressional_districts(outlines, real_data):
    report = loading_zip_codes.load(path=real_data / "crosswalks" / "zccd.csv")
    assert (report.added, report.refused) == (42033, [])
    rows = ZipDivision.objects.values_list("zip_code", "division__jurisdiction__code")
    states = defaultdict(set)
    for zip_code, state in rows:
        states[zip_code].add(state)
    assert len(states) == 33774
    # A post office serves who lives nearby, on whichever side of the state line.
    across = {zip_code for zip_code, found in states.items() if len(found) > 1}
    assert {"30165"} <= across
    assert len(across) > 100
    again = loading_zip_codes.load(path=real_data / "crosswalks" / "zccd.csv")
    assert again.summary == "0 added, 0 changed, 42033 unchanged, 0 retired, 0 refused"


def test_reading_the_whole_country_needs_little_memory(real_data):
    """In a process of its own, by the kernel's count: `ru_maxrss` begins with that of the process that started it."""
    if not Path("/proc/self/status").is_file():
        pytest.skip("the peak of a process's memory is read from /proc, which this system has not")
    script = (
        "import json, re, sys; from pathlib import Path; import django; django.setup();"
        "from legislators.adapters import boundary_files, outline_spool;"
        "from legislators.services import reading_boundaries as reading; from legislators.services import loading\n"
        "with outline_spool.opened() as spool:\n"
        "    sets = reading.collect(boundary_files.read(Path(sys.argv[1])), spool=spool, state='',\n"
        "        dates=reading.PlanDates(), report=loading.LoadReport(), progress=loading.silent)\n"
        "peak = int(re.search(r'VmHWM:\\s+(\\d+)', Path('/proc/self/status').read_text())[1]) / 1024\n"
        "print(json.dumps({'sets': len(sets), 'peak': peak}))"
    )
    environment = os.environ | {
        "PYTHONPATH": os.pathsep.join([str(PROJECT), str(PROJECT / "site")]),
        "DJANGO_SETTINGS_MODULE": "config.settings.test",
    }
    done = subprocess.run(
        [sys.executable, "-c", script, str(real_data / STATES_FILE)],
        env=environment,
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=True,
    )
    found = json.loads(done.stdout)
    assert found["sets"] == 99
    # Megabytes; Django and Wagtail alone are some 130 of them.
    assert found["peak"] < 300
