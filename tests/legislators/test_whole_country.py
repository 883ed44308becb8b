"""The published people and committees of the whole country, loaded as an administrator would; skipped without them.

The numbers are those that `SOURCES.md` and the notes beside the data publish. One differs: the notes say that 98 seats
are vacant. Counted district by district the same files leave 31 seats of state chambers empty and 5 of Congress; the
other 62 are the seats of the two single chambers (Nebraska's 49, the District of Columbia's 13), whose members the
files list under "legislature" instead of "upper" or "lower". One of the 31, at large in the District's council, belongs
to no district and is not listed as a vacancy here.
"""

import io
from collections import Counter
from datetime import date

import pytest
from django.core.management import call_command
from django.db.models import Count

from legislators.engine.states import STATES
from legislators.models import Committee, CommitteeMembership, DataLoad, Office, Official, OfficialChange, Term
from legislators.selectors.seats import current_members, current_terms, vacancies
from legislators.services import loading_legislators
from tests.legislators.conftest import ALL_STATES, SNAPSHOT_DAY

pytestmark = [pytest.mark.real_data, pytest.mark.django_db, pytest.mark.xdist_group("whole country")]

VACANT_IN_STATES = {
    "ar": ["District 44"],
    "fl": ["District 113", "District 78"],
    "ga": ["District 12", "District 177", "District 7"],
    "il": ["District 59"],
    "ma": ["17th Middlesex", "1st Franklin"],
    "me": ["District 29"],
    "mn": ["District 21A"],
    "mo": ["District 110", "District 114", "District 149", "District 160", "District 95"],
    "nd": ["District 20"],
    "nh": [
        "Belknap 2",
        "Belknap 6",
        "Cheshire 1",
        "Coos 6",
        "Hillsborough 1",
        "Hillsborough 24",
        "Hillsborough 29",
        "Hillsborough 40",
        "Rockingham 25",
    ],
    "ok": ["District 92", "District 99"],
    "pa": ["District 12"],
    "va": ["District 20"],
}


def sitting(chamber):
    return current_members(chamber=chamber, on=SNAPSHOT_DAY).count()


def test_everybody_of_the_archive_is_loaded_or_named(whole_country):
    """7,989 people, of whom 536 in Congress; two of the others have left since."""
    printed = whole_country["openstates"]
    assert "7987 added, 0 changed, 0 unchanged, 0 retired, 3 refused" in printed
    refused = [line for line in printed.splitlines() if line.startswith("refused: ")]
    assert [line.partition(".yml: ")[2] for line in refused] == [
        "Lori Garcia Sander: the e-mail address 'lori garciasander.house@coleg.gov' is malformed and was left out",
        "Doni Crawford: not in office, the last term ended on 2026-07-01",
        "Joe Schomacker: not in office, the last term ended on 2026-06-21",
    ]
    assert sitting("state_upper") + sitting("state_lower") == 7989 - 536 - 2


def test_congress_is_the_537_of_the_file_less_the_two_whose_terms_are_over(whole_country):
    assert (sitting("us_house"), sitting("us_senate")) == (437, 98)
    printed = whole_country["congress"]
    assert "Jon Husted: not in office, the last term ended on 2026-11-03" in printed
    assert "Ashley Moody: not in office, the last term ended on 2026-11-03" in printed
    in_june = current_terms(date(2026, 6, 15)).filter(chamber="us_senate")
    assert in_june.values("official_id").distinct().count() >= 98


def test_every_state_and_territory_has_its_members(whole_country):
    by_state = Counter(current_terms(SNAPSHOT_DAY).values_list("division__jurisdiction__code", flat=True))
    assert set(by_state) == set(STATES)
    assert [by_state[code] for code in ("as", "gu", "mp", "vi")] == [1, 1, 1, 1]
    assert by_state["ne"] == 49 + 3 + 2
    delegate = current_members(chamber="us_house", jurisdiction="gu", on=SNAPSHOT_DAY).get()
    assert delegate.terms.first().division.ocd_id == "ocd-division/country:us/territory:gu/cd:at-large"


def test_the_vacant_seats_are_named_and_no_other(whole_country):
    found: dict[str, list[str]] = {}
    in_congress = []
    for one in vacancies(on=SNAPSHOT_DAY):
        code = one.division.jurisdiction.code
        if one.chamber.startswith("us_"):
            in_congress.append((code, one.division.name, one.seats))
        else:
            found.setdefault(code, []).extend([one.division.name] * one.seats)
    assert {code: sorted(names) for code, names in found.items()} == VACANT_IN_STATES
    assert sorted(in_congress) == [
        ("ca", "14th congressional district", 1),
        ("fl", "20th congressional district", 1),
        ("fl", "Florida", 1),
        ("ga", "13th congressional district", 1),
        ("oh", "Ohio", 1),
        ("tx", "23rd congressional district", 1),
    ]


def test_districts_with_several_seats_have_all_their_members(whole_country):
    several = current_terms(SNAPSHOT_DAY).filter(division__seats__gt=1, chamber__startswith="state_")
    by_division = several.values("division__ocd_id", "division__seats").annotate(
        members=Count("official", distinct=True)
    )
    assert len(by_division) > 200
    assert not [row for row in by_division if row["members"] > row["division__seats"]]
    idaho = current_terms(SNAPSHOT_DAY).filter(division__jurisdiction__code="id", chamber="state_lower")
    assert idaho.count() == 70


def test_what_the_source_does_often_is_counted(whole_country):
    printed = whole_country["openstates"]
    assert "note: web forms where the e-mail address belongs, taken as contact forms: 533" in printed
    assert "note: the mailbox assemblymember.gonzalez@assembly.ca.gov is shared by" in printed
    assert printed.count("note: the mailbox ") == 3
    assert "note: offices that are somebody’s home, left out: 68" in printed
    notes = DataLoad.objects.filter(kind="legislators").order_by("pk").first().notes
    assert len([note for note in notes if "is shared by" in note]) == 3


def test_no_web_form_is_taken_for_an_address(whole_country):
    assert not Official.objects.filter(email__contains="/").exists()
    assert not Official.objects.filter(source="congress").exclude(email="").exists()
    assert Official.objects.filter(source="congress", contact_form_url="").count() < 20


def test_every_phone_number_is_in_one_form(whole_country):
    phones = Office.objects.exclude(phone="").values_list("phone", flat=True)
    assert len(phones) > 11_000
    assert not [one for one in phones if not one[:12].replace("-", "").isdigit() or one[3] != "-"]
    assert "508-757-0323 ext. 13" in phones


def test_members_of_congress_have_offices_leadership_and_accounts(whole_country):
    house = Official.objects.get(source_id="bioguide/A000148")
    assert {office.name for office in house.offices.filter(kind="district")} >= {"Newton", "Attleboro"}
    newton = house.offices.get(name="Newton")
    assert (newton.address, newton.phone) == ("29 Crafts St., Suite 375, Newton, MA 02458", "617-332-3333")
    leaders = Official.objects.filter(source="congress").exclude(leadership_title="")
    assert leaders.filter(leadership_title="Speaker of the House").count() == 1
    assert 25 <= leaders.count() <= 40
    assert Official.objects.filter(source="congress", social_handles__has_key="twitter").count() >= 500


def test_committees_are_all_there(whole_country):
    """49 committees and 181 subcommittees of Congress with 3,879 memberships; 57 committees of Massachusetts."""
    congress = Committee.objects.filter(chamber__startswith="us_")
    assert (congress.filter(parent=None).count(), congress.exclude(parent=None).count()) == (49, 181)
    memberships = CommitteeMembership.objects.filter(committee__in=congress)
    assert (memberships.count(), memberships.filter(official=None).count()) == (3879, 0)
    massachusetts = Committee.objects.filter(jurisdiction__code="ma")
    assert massachusetts.count() == 57
    assert CommitteeMembership.objects.filter(committee__in=massachusetts, official=None).count() == 0
    states = Committee.objects.exclude(jurisdiction=None)
    assert states.count() == 3004 - 246
    by_name_only = CommitteeMembership.objects.filter(committee__in=states, official=None)
    assert by_name_only.count() == 36


def test_a_second_load_of_the_same_files_changes_nothing_and_says_so(whole_country, real_data):
    before = [list(model.objects.order_by("pk").values()) for model in (Official, Term, Committee)]
    numbers = [model.objects.order_by("-pk").first().pk for model in (Office, CommitteeMembership)]
    changes = OfficialChange.objects.count()
    out = io.StringIO()
    call_command("load_legislators", source="openstates", path=real_data / ALL_STATES, stdout=out)
    call_command("load_legislators", source="congress", path=real_data / "congress", stdout=out)
    summaries = [line for line in out.getvalue().splitlines() if " unchanged, " in line]
    assert summaries == [
        "0 added, 0 changed, 7987 unchanged, 0 retired, 3 refused",
        "0 added, 0 changed, 2758 unchanged, 0 retired, 0 refused",
        "0 added, 0 changed, 535 unchanged, 0 retired, 2 refused",
        "0 added, 0 changed, 230 unchanged, 0 retired, 0 refused",
    ]
    assert [list(model.objects.order_by("pk").values()) for model in (Official, Term, Committee)] == before
    assert [model.objects.order_by("-pk").first().pk for model in (Office, CommitteeMembership)] == numbers
    assert OfficialChange.objects.count() == changes


def test_the_old_congress_is_out_by_date_and_an_old_file_empties_nothing(whole_country, real_data):
    day = date(2027, 1, 3)
    assert current_members(chamber="us_house", on=date(2027, 1, 2)).count() == 437
    # Puerto Rico's commissioner too: the file gives the four-year term in two halves.
    assert not current_members(chamber="us_house", on=day).exists()
    report = loading_legislators.load(source="congress", path=real_data / "congress", on=day)
    assert [sentence.partition(":")[0] for sentence in report.held] == ["U.S. House", "U.S. Senate"]
    assert report.retired == 0
    left = [refusal for refusal in report.refused if "the last term ended on 2027-01-03" in refusal.why]
    assert len(left) > 460
