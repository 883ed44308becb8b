"""How old the data is, what wants looking after, and that staff are told."""

import csv
import io
from datetime import date, timedelta

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.urls import reverse
from django.utils import timezone

from campaigns.services import staff
from legislators.models import ContactOverride, DataLoad, DataSource, GeocoderDay, LegislatorDoubt, Official
from legislators.selectors import attention, freshness, reachability, turnover
from legislators.selectors.contacts import contact_of
from tests.factories import legislators as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def small():
    return make.SmallState()


@pytest.fixture
def clerk(client):
    """Somebody of the communications staff."""
    staff.set_up_group()
    made = get_user_model().objects.create_user("clerk", "clerk@alder-medical.example", "a-long-password")
    made.groups.add(Group.objects.get(name=staff.GROUP_NAME))
    client.force_login(made)
    return client


def data_load(days=0, kind="legislators", source="openstates: main.tar.gz", **values):
    at = timezone.now() - timedelta(days=days)
    return DataLoad.objects.create(kind=kind, source=source, started_at=at, finished_at=at, **values)


# --- Age --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("days", "is_old"), [(0, False), (29, False), (31, True)])
def test_people_grow_old_after_a_month(days, is_old):
    data_load(days)
    (row,) = freshness.last_loads()
    assert row.is_old is is_old
    assert bool(attention.listed([])) is is_old


def test_the_last_load_of_a_source_counts_whatever_its_file_was_called():
    data_load(90, source="openstates: old.tar.xz")
    new = data_load(1, source="openstates: main.tar.gz", refused=[{"where": "x", "why": "y"}])
    data_load(90, source="congress: legislators-current.yaml")
    rows = {row.load.source.partition(":")[0]: row for row in freshness.last_loads()}
    assert rows["openstates"].load == new
    assert (rows["openstates"].is_old, rows["openstates"].refused) == (False, 1)
    assert rows["congress"].is_old


def test_a_sync_that_found_the_same_file_keeps_the_data_young():
    data_load(90)
    DataSource.objects.create(key="openstates:ma", succeeded_at=timezone.now())
    assert not freshness.last_loads()[0].is_old


def test_people_of_whom_no_load_is_written_down_are_told(small):
    assert freshness.people_never_loaded() == []
    Official.objects.update(source="openstates")
    assert freshness.people_never_loaded() == ["openstates"]
    data_load()
    assert freshness.people_never_loaded() == []


# --- Outlines ---------------------------------------------------------------------------------------


def why(day=None):
    return {(row.kind, row.why): row for row in freshness.old_outlines(day)}


def test_outlines_that_are_there_are_no_matter(small):
    assert freshness.old_outlines() == []


def test_a_chamber_without_outlines_is_told(small):
    other = make.jurisdiction("bx", name="Bex")
    make.member(make.division("sldl", "1", "District 1", state=other))
    assert why()[("sldl", "missing")].states == ("Bex",)


def test_outlines_that_end_are_told_before_and_after_unless_others_follow(small):
    plan = small.west.boundaries.get().boundary_set
    plan.valid_to = timezone.localdate() + timedelta(days=30)
    plan.save()
    assert why()[("sldl", "ending")].on == plan.valid_to
    assert ("sldl", "ended") in why(plan.valid_to)
    make.boundary_set("sldl", plan="next", valid_from=plan.valid_to)
    assert why() == {}
    assert why(plan.valid_to) == {}


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2026, 11, 22), date(2025, 1, 3)),
        (date(2027, 1, 2), date(2025, 1, 3)),
        (date(2027, 1, 3), date(2027, 1, 3)),
        (date(2028, 6, 1), date(2027, 1, 3)),
    ],
)
def test_a_congress_begins_on_the_third_of_january_of_an_odd_year(day, expected):
    assert freshness.congress_began(day) == expected


def test_congressional_outlines_from_before_the_congress_are_told(small):
    day = date(freshness.congress_began(timezone.localdate()).year + 2, 1, 3)
    row = why(day)[("cd", "new_congress")]
    assert (row.on, row.states) == (day, ("Alder",))
    assert set(why(day)) == {("cd", "new_congress")}


def test_plans_of_many_states_with_the_same_dates_are_one_row(small):
    for code, name in (("bx", "Bex"), ("cx", "Cedar")):
        make.boundary_set("sldl", state=make.jurisdiction(code, name=name), accuracy_metres=0)
    rows = {row.kind: row for row in freshness.plans()}
    assert rows["sldl"].states == ("Alder", "Bex", "Cedar")
    assert not rows["sldl"].is_map_grade


# --- Terms and seats --------------------------------------------------------------------------------


def test_hundreds_of_terms_that_end_together_are_one_line():
    end = date(2027, 1, 3)
    for number in range(1, 8):
        state = make.jurisdiction("ax" if number % 2 else "bx", name="Alder" if number % 2 else "Bex")
        member = make.official(f"Member {number}")
        make.term(member, make.division("cd", str(number), f"{number}", state=state), start=date(2025, 1, 3), end=end)
    (row,) = turnover.ending_terms(date(2026, 11, 22))
    assert row.sentence == "7 terms of the U.S. House end on 2027-01-03"
    assert row.advice == "load the new Congress"
    assert turnover.ending_terms(date(2026, 10, 1)) == []
    assert turnover.ending_terms(end) == []


def test_the_end_of_a_congress_is_told_by_itself_and_many_states_together():
    day, end = date(2026, 11, 22), date(2027, 1, 3)
    make.term(make.official("Ada Reeve"), make.division("cd", "1", "1st"), start=date(2025, 1, 3), end=end)
    for code in ("bx", "cx", "dx", "ex", "fx"):
        state = make.jurisdiction(code, name=code)
        make.term(make.official(code), make.division("sldl", "1", "1", state=state), start=date(2025, 1, 3), end=end)
    assert [item.sentence for item in attention.listed([], day) if item.anchor == "terms"] == [
        "1 term of the U.S. House ends on 2027-01-03: load the new Congress",
        "5 terms in state legislatures end within 60 days.",
    ]


def test_a_term_whose_successor_is_loaded_is_looked_after(small):
    today = timezone.localdate()
    end = today + timedelta(days=20)
    small.representative.terms.update(end=end)
    assert [row.count for row in turnover.ending_terms()] == [1]
    make.term(make.official("Ada Reeve"), small.west, start=end)
    assert turnover.ending_terms() == []


def test_a_seat_for_which_somebody_else_sits_too_is_not_looked_after_by_that(small):
    today = timezone.localdate()
    small.senators[0].terms.update(start=today - timedelta(days=2000), end=today + timedelta(days=20))
    small.senators[1].terms.update(start=today - timedelta(days=100), end=today + timedelta(days=2000))
    assert [row.count for row in turnover.ending_terms()] == [1]


def test_empty_seats_are_grouped_by_state_and_chamber(small):
    (row,) = turnover.empty_seats()
    assert (row.state, row.chamber_name, row.seats) == ("Alder", "State house", 1)


# --- Reach ------------------------------------------------------------------------------------------


def test_members_without_e_mail_are_counted_by_chamber_with_what_else_is_known(small):
    small.congresswoman.contact_form_url = "https://strand.house.example/contact"
    small.congresswoman.save()
    make.office(small.senators[0])
    rows = {row.chamber: row for row in reachability.by_chamber()}
    house, senate = rows["us_house"], rows["us_senate"]
    assert (house.members, house.without_email, house.with_form, house.with_nothing) == (1, 1, 1, 0)
    assert (senate.without_email, senate.with_phone_only, senate.with_nothing) == (2, 1, 1)
    assert "state_lower" not in rows


@pytest.mark.parametrize("days", [30, -1])
@pytest.mark.parametrize("source_email", ["", "desk@house.example"])
@pytest.mark.parametrize(
    "said",
    [
        {"email": "right@house.example"},
        {"stops_email": True},
        {"phone": "555-0100"},
        {"contact_form_url": "https://house.example/form"},
    ],
)
def test_the_database_counts_the_contact_that_letters_go_to(small, days, source_email, said):
    official = small.representative
    official.email = source_email
    official.save()
    ContactOverride.objects.create(
        official=official, reason="x", expires_on=timezone.localdate() + timedelta(days=days), **said
    )
    contact = contact_of(Official.objects.get(pk=official.pk))

    def matches(condition):
        return Official.objects.filter(condition, pk=official.pk).exists()

    assert matches(reachability.without_email()) is (contact.email == "")
    assert matches(reachability.with_form()) is (contact.contact_form_url != "")
    assert matches(reachability.with_phone()) is (contact.phone != "")


def test_a_correction_that_ends_soon_is_told(small):
    for official, days in ((small.representative, 5), (small.state_senator, -2), (small.congresswoman, 90)):
        ContactOverride.objects.create(
            official=official, phone="555-0100", reason="x", expires_on=timezone.localdate() + timedelta(days=days)
        )
    assert [row.official for row in reachability.expiring_overrides()] == [small.state_senator, small.representative]


# --- The report -------------------------------------------------------------------------------------


@pytest.fixture
def trouble(small, settings):
    settings.LEGISLATORS_SYNC = ["openstates:ma"]
    DataSource.objects.create(key="openstates:ma", problem="State senate of Massachusetts: <b>40</b> before, 12 after")
    data_load(40, refused=[{"where": "x.yml", "why": "no seat"}])
    LegislatorDoubt.objects.create(official=small.representative, division=small.west, reason="wrong_district")
    GeocoderDay.objects.create(
        geocoder="census", day=timezone.localdate(), asked=10, failed=6, milliseconds=9000, last_failure="time-out",
        last_failed_at=timezone.now(),
    )  # fmt: skip
    return small


def test_the_report_says_all_of_it(clerk, trouble):
    page = clerk.get(reverse("freshness:index")).content.decode()
    for words in (
        "State senate of Massachusetts: &lt;b&gt;40&lt;/b&gt; before, 12 after",
        "openstates was last loaded on",
        "1 record, and why",
        "1 empty seat",
        "3 officials in office without e-mail",
        "nobody has looked into it",
        "census failed 6 times out of 10",
        "State house district: 1st Birch, Alder",
        "No address of anybody in office has returned a letter",
    ):
        assert words in page, words
    assert "<b>40</b>" not in page


def test_the_report_links_to_the_officials_that_it_counts(clerk, small):
    page = clerk.get(reverse("freshness:index")).content.decode()
    query = next(row for row in reachability.by_chamber() if row.chamber == "us_senate").query
    assert query.replace("&", "&amp;") in page
    listed = clerk.get(reverse("officials:index") + "?" + query).content.decode()
    assert "Constance Aldridge" in listed
    assert "Leonora Strand" not in listed


def test_a_site_without_data_has_a_report_too(clerk):
    page = clerk.get(reverse("freshness:index")).content.decode()
    assert "Nothing has been loaded yet." in page
    assert "Nothing wants looking after." in page


def test_vacancies_are_a_spreadsheet_too(clerk, small):
    answer = clerk.get(reverse("freshness:vacancies"))
    rows = list(csv.reader(io.StringIO(answer.content.decode())))
    assert rows[1] == ["Alder", "State house", "2nd Birch", small.east.ocd_id, "1"]


def test_the_admins_first_page_tells_only_of_trouble(clerk, small):
    home = reverse("wagtailadmin_home")
    assert "wants looking after" not in clerk.get(home).content.decode()
    LegislatorDoubt.objects.create(division=small.west, reason="other")
    page = clerk.get(home).content.decode()
    assert "wants looking after" in page
    assert reverse("freshness:index") in page


def test_who_may_not_see_doubts_is_not_told_of_them(client, trouble):
    made = get_user_model().objects.create_user("editor", "editor@alder-medical.example", "a-long-password")
    made.groups.add(Group.objects.get(name="Editors"))
    client.force_login(made)
    for name in ("freshness:index", "wagtailadmin_home"):
        page = client.get(reverse(name)).content.decode()
        assert "census failed 6 times" in page
        assert "this is not my legislator" not in page


@pytest.mark.parametrize("name", ["freshness:index", "freshness:vacancies"])
def test_the_report_is_for_staff(client, small, name):
    assert client.get(reverse(name)).status_code == 302


def test_more_states_do_not_ask_the_database_more(clerk, small, django_assert_max_num_queries):
    def fill(codes):
        for code in codes:
            state = make.jurisdiction(code, name=code)
            for number in range(8):
                make.member(make.division("sldl", str(number), f"District {number}", state=state), email="")

    fill(["bx"])
    clerk.get(reverse("freshness:index"))
    fill(["cx", "dx", "ex"])
    with django_assert_max_num_queries(60):
        assert clerk.get(reverse("freshness:index")).status_code == 200
