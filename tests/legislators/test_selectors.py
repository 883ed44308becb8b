"""Reading who is in office."""

import io
import json
from datetime import date, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from legislators.models import DataLoad
from legislators.selectors import freshness, seats
from legislators.services import loading
from legislators.services.loading import LoadReport
from tests.factories import legislators as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def small():
    return make.SmallState()


def test_officials_come_by_id_the_retired_too(small, django_assert_num_queries):
    small.representative.retired_at = timezone.now()
    small.representative.save()
    make.office(small.representative)
    with django_assert_num_queries(2):
        found = seats.officials_by_id([small.representative.pk, small.senators[0].pk, 10**9])
        assert set(found) == {small.representative.pk, small.senators[0].pk}
        assert [office.phone for office in found[small.representative.pk].offices.all()] == ["555-0100"]


def test_an_official_is_found_by_the_sources_id(small):
    assert seats.official_for(source_id=small.representative.source_id) == small.representative
    assert seats.official_for(source_id="nobody") is None


def test_the_members_of_a_chamber(small):
    other = make.jurisdiction("bx", name="Bex")
    make.member(make.division("sldl", "1", "District 1", state=other), "Somebody Else")
    assert list(seats.current_members(chamber="state_lower", jurisdiction="ax")) == [small.representative]
    assert seats.current_members(chamber="state_lower").count() == 2
    assert seats.current_members(jurisdiction="ax").count() == 5


def test_a_member_counts_until_the_day_of_retirement(small):
    small.representative.retired_at = timezone.now()
    small.representative.save()
    yesterday = timezone.localdate() - timedelta(days=1)
    assert not seats.current_members(chamber="state_lower").exists()
    assert seats.current_members(chamber="state_lower", on=yesterday).count() == 1


def test_somebody_with_two_terms_counts_once(small):
    make.term(small.representative, small.west, start=date(2020, 1, 1))
    assert seats.current_members(chamber="state_lower").count() == 1
    assert seats.members_of([small.west])[(small.west.pk, "state_lower")] == [small.representative.pk]


def test_the_seat_of_an_official(small):
    assert seats.seat_of(small.representative).division == small.west
    assert seats.seat_of(make.official("Out Of Office")) is None


def test_vacancies_are_seats_of_loaded_chambers_that_nobody_holds(small):
    empty = seats.vacancies(jurisdiction="ax")
    assert [(one.division, one.chamber, one.seats) for one in empty] == [(small.east, "state_lower", 1)]


def test_a_half_filled_district_is_vacant_in_part(small):
    small.west.seats = 3
    small.west.save()
    assert {(one.division.name, one.seats) for one in seats.vacancies()} == {("1st Birch", 2), ("2nd Birch", 1)}


def test_vacancies_of_congress(small):
    assert seats.vacancies(jurisdiction="us") == []
    make.Term.objects.filter(official=small.senators[0]).delete()
    assert [(one.chamber, one.seats) for one in seats.vacancies(jurisdiction="us")] == [("us_senate", 1)]


def test_when_the_data_was_loaded_last(small):
    assert freshness.last_loaded() == {}
    first = loading.record(LoadReport(), kind=DataLoad.Kind.BOUNDARIES, source="a")
    second = loading.record(LoadReport(), kind=DataLoad.Kind.BOUNDARIES, source="b")
    assert freshness.last_loaded() == {"boundaries": second.finished_at}
    assert second.finished_at >= first.finished_at


# --- resolve_address ----------------------------------------------------------------------------


def run(*arguments):
    out = io.StringIO()
    call_command("resolve_address", *arguments, stdout=out)
    return out.getvalue()


def test_the_command_prints_districts_officials_and_vacancies(small):
    printed = run("--lat", "39.5", "--lon", "-40.5")
    assert "State: AX. How sure: rooftop, by point." in printed
    assert "state_lower: 2nd Birch (ocd-division/country:us/state:ax/sldl:2nd_birch)" in printed
    assert "1 vacant seat(s)" in printed
    assert f"Senator Desmond Oakes (Harborlight): {small.state_senator.email}" in printed
    assert "Representative Leonora Strand (Harborlight): no e-mail" in printed


def test_the_command_prints_what_there_is_to_choose_from(small):
    printed = run("--zip", "69903", "--state", "ax")
    assert "How sure: zip." in printed
    assert "Problem: street_missing" in printed
    assert "To choose from:" in printed


def test_the_command_speaks_json(small):
    make.office(small.representative)
    make.address_point(5, "MAPLE ST", "69903", -41.5, 39.5)
    make.street_range("MAPLE ST", "69903", low_number=5, low_longitude=-41.5, high_longitude=-41.5)
    answer = json.loads(
        run("--street", "5 Maple St", "--city", "Birchfield", "--state", "AX", "--zip", "69903", "--json")
    )
    assert (answer["state"], answer["certainty"], answer["source"]) == ("ax", "interpolated", "street_ranges")
    (lower,) = [row for row in answer["districts"] if row["chamber"] == "state_lower"]
    assert lower == {
        "chamber": "state_lower",
        "division": "ocd-division/country:us/state:ax/sldl:1st_birch",
        "name": "1st Birch",
        "officials": [
            {
                "id": small.representative.pk,
                "source_id": small.representative.source_id,
                "name": "Bronwyn Lindqvist",
                "party": "Harborlight",
                "email": small.representative.email,
                "contact_form_url": "",
                "phones": ["555-0100"],
            }
        ],
        "vacant_seats": 0,
    }
    assert answer["candidates"] == []
    assert answer["problems"] == []


@pytest.mark.parametrize(
    "arguments", [[], ["--lat", "39"], ["--lon", "-41"], ["--lat", "139", "--lon", "0"], ["--lat", "nan", "--lon", "0"]]
)
def test_the_command_explains_what_it_needs(small, arguments):
    with pytest.raises(CommandError, match="--lat"):
        run(*arguments)


def test_the_command_answers_what_is_outside(small):
    assert "outside_coverage" in run("--lat", "0", "--lon", "0")
    assert "unknown_state" in run("--state", "Atlantis", "--street", "1 Main St")
