"""Nothing that was is lost: terms are ended, not deleted, and every change is written down."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigns.models import Letter
from legislators.models import DataLoad, Official, OfficialChange, Term
from legislators.selectors.seats import current_members
from legislators.services import history, loading_legislators
from legislators.services.seating import TermFact
from tests.factories import letters
from tests.factories.sources import member, person, role

TODAY = date(2026, 11, 21)
BEGUN = TermFact(1, "state_lower", date(2023, 1, 4), None)
COMING = TermFact(1, "state_lower", date(2027, 1, 6), None)


def load(path, **values):
    return loading_legislators.load(**({"source": "openstates", "path": path, "on": TODAY} | values))


def changes_of(source_id):
    return [change.fields for change in OfficialChange.objects.filter(official__source_id=source_id).order_by("pk")]


def test_a_term_that_had_begun_is_ended_on_the_day():
    changes = history.reconcile({BEGUN: 7}, [], TODAY)
    assert changes.corrected == {7: replace(BEGUN, end=TODAY)}
    assert changes.removed == []


def test_a_term_that_never_was_in_force_vanishes():
    assert history.reconcile({COMING: 7}, [], TODAY).removed == [7]


def test_a_term_that_is_over_stays_as_it_was():
    assert not history.reconcile({replace(BEGUN, end=date(2025, 1, 1)): 7}, [COMING], TODAY).corrected


def test_a_corrected_start_is_the_same_term():
    changes = history.reconcile({replace(BEGUN, start=None): 7}, [BEGUN], TODAY)
    assert (changes.corrected, changes.added, changes.removed) == ({7: BEGUN}, [], [])


def test_another_seat_is_another_term():
    changes = history.reconcile({BEGUN: 7}, [replace(BEGUN, division_id=2)], TODAY)
    assert changes.corrected == {7: replace(BEGUN, end=TODAY)}
    assert changes.added == [replace(BEGUN, division_id=2)]


days = st.sampled_from([None, date(2020, 1, 1), date(2023, 1, 4), TODAY, date(2026, 11, 22), date(2027, 1, 6)])
seats = st.tuples(st.integers(1, 2), st.sampled_from(["state_lower", "state_upper"]), days, days)
terms = seats.filter(lambda one: not (one[2] and one[3] and one[3] <= one[2])).map(lambda one: TermFact(*one))


def once(facts):
    return list({(fact.division_id, fact.chamber, fact.start): fact for fact in facts}.values())


@given(st.lists(terms, max_size=4).map(once), st.lists(terms, max_size=4).map(once))
def test_the_same_list_a_second_time_changes_nothing_and_nothing_begun_is_lost(stored, listed):
    known = {fact: number for number, fact in enumerate(stored)}
    changes = history.reconcile(known, listed, TODAY)
    after = changes.applied_to(known)
    assert len({(one.division_id, one.chamber, one.start) for one in after}) == len(after)
    assert set(listed) <= set(after)
    assert all(one.start is None or one.end is None or one.start < one.end for one in after)
    assert all(known[fact] not in changes.removed for fact in stored if fact.start is None or fact.start < TODAY)
    assert not history.reconcile({fact: number for number, fact in enumerate(after)}, listed, TODAY)


@pytest.mark.django_db
def test_a_first_load_leaves_no_changes(people):
    load(people(person(1)))
    assert not OfficialChange.objects.exists()


@pytest.mark.django_db
def test_each_field_that_differs_is_written_down_before_and_after(people):
    load(people(person(1)))
    load(people(person(1, email="new@legislature.example", party=[{"name": "Commonfield"}], offices=[])))
    assert changes_of("ocd-person/1") == [
        {
            "party": ["Harborlight", "Commonfield"],
            "email": ["person1@legislature.example", "new@legislature.example"],
            "offices": [["capitol, 617-555-0101"], []],
        }
    ]
    assert OfficialChange.objects.get().load == DataLoad.objects.order_by("pk").last()
    load(people(person(1, email="new@legislature.example", party=[{"name": "Commonfield"}], offices=[])))
    assert OfficialChange.objects.count() == 1


@pytest.mark.django_db
def test_who_moves_to_another_seat_keeps_the_old_one_with_its_end(people):
    load(people(person(1)))
    load(people(person(1, role("First Essex", "upper", start_date="2026-11-01"))))
    rows = Term.objects.order_by("start").values_list("chamber", "start", "end")
    assert list(rows) == [
        ("state_lower", date(2023, 1, 4), TODAY),
        ("state_upper", date(2026, 11, 1), None),
    ]
    assert changes_of("ocd-person/1") == [
        {
            "terms": [
                ["state_lower 10th Middlesex 2023-01-04/"],
                ["state_lower 10th Middlesex 2023-01-04/2026-11-21", "state_upper First Essex 2026-11-01/"],
            ]
        }
    ]


@pytest.mark.django_db
def test_who_is_retired_and_comes_back_has_a_history(people):
    load(people(person(1), person(2)))
    load(people(person(1)))
    gone = Term.objects.get(official__source_id="ocd-person/2")
    assert gone.end == TODAY
    load(people(person(1), person(2)))
    gone.refresh_from_db()
    assert gone.end is None
    left, back = changes_of("ocd-person/2")
    assert left["retired_at"][0] is None
    assert back["retired_at"] == [left["retired_at"][1], None]
    assert left["terms"][1] == ["state_lower 11th Middlesex 2023-01-04/2026-11-21"]


@pytest.mark.django_db
def test_an_end_that_the_source_learns_is_the_end_of_the_term(people):
    load(people(person(1), person(2)))
    load(people(person(1), person(2, role("11th Middlesex", end_date="2026-11-10"))))
    assert Term.objects.get(official__source_id="ocd-person/2").end == date(2026, 11, 10)
    assert Official.objects.get(source_id="ocd-person/2").retired_at is not None


@pytest.mark.django_db
def test_a_letter_still_names_who_received_it_when_they_have_left(people):
    load(people(person(1), person(2)))
    received = Official.objects.get(source_id="ocd-person/2")
    sent = letters.make_letter(official=received)
    before = Letter.objects.filter(pk=sent.pk).values().get()
    load(people(person(1), person(3, role("11th Middlesex"))))
    load(people(person(1), person(3, role("11th Middlesex"))))
    assert Letter.objects.filter(pk=sent.pk).values().get() == before
    sent.refresh_from_db()
    assert (sent.official_id, sent.official.name) == (received.pk, "Person 2")
    assert sent.recipient_name == before["recipient_name"] != ""


@pytest.mark.django_db
def test_the_new_congress_takes_over_by_date_alone(congress):
    old = [member(1, 4), member(2, 5)]
    load(congress(*old), source="congress")
    assert current_members(chamber="us_house", on=date(2027, 1, 2)).count() == 2
    assert not current_members(chamber="us_house", on=date(2027, 1, 3)).exists()
    again = member(1, 4)
    again["terms"].append(again["terms"][0] | {"start": "2027-01-03", "end": "2029-01-03"})
    new = member(3, 5, start="2027-01-03", end="2029-01-03")
    report = load(congress(again, new), source="congress", on=date(2027, 1, 4))
    assert (report.added, report.changed, report.retired, report.held) == (1, 1, 1, [])
    sitting = current_members(chamber="us_house", on=date(2027, 1, 4))
    assert {one.source_id for one in sitting} == {"bioguide/B1", "bioguide/B3"}
