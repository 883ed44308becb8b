"""A chamber that lost more than a tenth of its members keeps its old data, and that is said."""

import io
from datetime import date

import pytest
from django.core.management import CommandError, call_command

from legislators.engine.districts import ordinal
from legislators.models import Committee, DataLoad, Official, Term
from legislators.selectors.seats import current_members
from legislators.services import loading_legislators
from tests.factories.sources import committee, member, person, role, seat, us_person

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 21)
#: Districts by number in Massachusetts' house, and by name in its senate.
SENATE = ["First Essex", "Second Essex", "First Middlesex", "Second Middlesex", "Third Middlesex"]


def load(path, **values):
    return loading_legislators.load(**({"source": "openstates", "path": path, "on": TODAY} | values))


def house(count):
    return [person(number) for number in range(1, count + 1)]


def senate(count):
    return [person(50 + place, role(name, "upper")) for place, name in enumerate(SENATE[:count])]


def stored():
    return (
        list(Official.objects.order_by("pk").values()),
        sorted(Term.objects.values_list("official_id", "division_id", "chamber", "start", "end")),
        list(Committee.objects.order_by("pk").values()),
    )


def test_a_chamber_that_lost_more_than_a_tenth_is_held_and_nothing_of_it_changes(people):
    load(people(*house(19)))
    before = stored()
    report = load(people(*house(17)))
    assert report.held == [
        "State house of Massachusetts: 19 members before, 17 after this load, which is more than a tenth fewer; the "
        "chamber was kept as it is. If that is right, load it with --accept-retirements."
    ]
    assert report.held[0] in {refusal.why for refusal in report.refused}
    assert report.retired == 0
    assert stored() == before


def test_a_tenth_is_not_more_than_a_tenth(people):
    load(people(*house(20)))
    report = load(people(*house(18)))
    assert (report.held, report.retired) == ([], 2)


def test_one_member_fewer_is_an_ordinary_departure(people):
    load(people(*house(3)))
    report = load(people(*house(2)))
    assert (report.held, report.retired) == ([], 1)


def test_turnover_is_no_loss(people):
    load(people(*house(12)))
    elected = [person(number + 20, role(f"{ordinal(number + 9)} Middlesex")) for number in range(1, 13)]
    report = load(people(*elected))
    assert (report.held, report.added, report.retired) == ([], 12, 12)


def test_the_other_chamber_is_loaded_while_one_is_held(people):
    load(people(*house(12), *senate(4)))
    changed = [one | {"email": f"new{place}@legislature.example"} for place, one in enumerate(senate(5))]
    newcomer = person(40, role("1st Essex"))
    report = load(people(*house(3), newcomer, *changed))
    assert len(report.held) == 1
    assert (report.added, report.changed, report.retired) == (1, 4, 0)
    assert current_members(chamber="state_lower", jurisdiction="ma", on=TODAY).count() == 12
    assert not Official.objects.filter(source_id="ocd-person/40").exists()
    assert current_members(chamber="state_upper", jurisdiction="ma", on=TODAY).count() == 5
    assert Official.objects.filter(email__startswith="new").count() == 5


def test_another_state_is_loaded_while_one_is_held(people):
    vermont = [person(80, role("Addison-1", state="vt")), person(81, role("Addison-2", state="vt"))]
    people(*vermont, state="vt")
    load(people(*house(12)))
    people(vermont[0] | {"email": "new@legislature.example"}, vermont[1], state="vt")
    report = load(people(*house(5)))
    assert len(report.held) == 1
    assert (report.changed, report.unchanged, report.retired) == (1, 1, 0)


def test_who_moves_out_of_a_held_chamber_stays_where_they_were(people):
    load(people(*house(12), *senate(4)))
    moved = person(1, role(SENATE[4], "upper"))
    load(people(moved, person(2), *senate(4)))
    assert Term.objects.get(official__source_id="ocd-person/1").chamber == "state_lower"


def test_the_committees_of_a_held_chamber_and_the_joint_ones_are_kept_too(people, committees):
    path = people(*house(12), *senate(4))
    committees(
        committee(1, seat(1)), committee(2, seat(50), chamber="upper"), committee(3, seat(1), chamber="legislature")
    )
    load(path)
    committees(committee(2, seat(51), chamber="upper"))
    report = load(people(*house(5), *senate(4)))
    assert set(Committee.objects.filter(retired_at__isnull=True).values_list("name", flat=True)) == {
        "Committee 1",
        "Committee 2",
        "Committee 3",
    }
    assert (report.committees.changed, report.committees.retired) == (1, 0)


def test_it_is_taken_when_somebody_says_that_it_is_right(people):
    load(people(*house(12)))
    report = load(people(*house(1)), accept_retirements=True)
    assert (report.held, report.retired) == ([], 11)


def test_a_run_that_held_everything_does_not_make_old_data_look_fresh(people):
    load(people(*house(12)))
    load(people(*house(1)))
    assert DataLoad.objects.count() == 1


def test_the_command_fails_and_says_which_chamber(people):
    load(people(*house(12)))
    out = io.StringIO()
    with pytest.raises(CommandError, match=r"1 chamber\(s\) kept their old data. State house of Massachusetts: 12"):
        call_command("load_legislators", source="openstates", path=people(*house(5)), stdout=out)
    assert "refused: " in out.getvalue()


def test_congress_is_counted_as_a_whole(congress):
    load(congress(*(member(number, number, "TX") for number in range(1, 31)), member(40, 1)), source="congress")
    report = load(congress(*(member(number, number, "TX") for number in range(1, 31))), source="congress")
    assert (report.held, report.retired) == ([], 1)
    report = load(congress(*(member(number, number, "TX") for number in range(1, 26))), source="congress")
    assert report.held[0].startswith("U.S. House: 30 members before, 25 after")


def test_a_load_of_one_states_members_of_congress_is_counted_by_itself(congress):
    everybody = [member(number, number, "TX") for number in range(1, 31)]
    delegation = [member(50 + number, number) for number in range(1, 10)]
    load(congress(*everybody, *delegation), source="congress")
    report = load(congress(*delegation[:5]), source="congress", state="ma")
    assert report.held[0].startswith("U.S. House, members from Massachusetts: 9 members before, 5 after")
    assert report.retired == 0


def test_an_old_file_after_the_congress_has_ended_is_held_and_says_who_has_left(congress):
    path = congress(*(member(number, number, "TX") for number in range(1, 31)))
    load(path, source="congress")
    report = load(path, source="congress", on=date(2027, 1, 4))
    assert report.held[0].startswith("U.S. House: 30 members before, 0 after")
    left = [refusal.why for refusal in report.refused if "the last term ended on 2027-01-03" in refusal.why]
    assert len(left) == 30
    assert not Official.objects.filter(retired_at__isnull=False).exists()
    # The day alone has put them out of office: nobody is shown as sitting.
    assert not current_members(chamber="us_house", on=date(2027, 1, 4)).exists()


def test_a_chamber_whose_people_are_listed_without_a_known_seat_has_not_lost_them(people):
    load(people(*house(12)))
    report = load(people(*(person(number, role(f"{number}th Nowhere")) for number in range(1, 13))))
    assert report.held == []
    assert Official.objects.filter(retired_at__isnull=True).count() == 12


def test_congress_of_open_states_is_held_like_any_chamber(people):
    load(people(*(us_person(number, f"TX-{number}") for number in range(1, 21)), state="us"))
    report = load(people(*(us_person(number, f"TX-{number}") for number in range(1, 11)), state="us"))
    assert report.held[0].startswith("U.S. House: 20 members before, 10 after")
