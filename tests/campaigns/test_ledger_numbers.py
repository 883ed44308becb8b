"""Each campaign's numbers: counted across languages, and naming no person who wrote."""

import datetime
import uuid

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from campaigns.selectors import ledger
from delivery.records.messages import OutboxMessage
from tests.factories.letters import CAMPAIGN, make_letter, make_official, make_submission

State = OutboxMessage.State
pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def admin() -> Client:
    client = Client()
    client.force_login(User.objects.create_superuser("admin", password="x"))
    return client


def test_people_submissions_and_letters_are_counted_each_for_itself() -> None:
    first = make_submission()
    again = make_submission(advocate=first.advocate)
    for submission in (first, first, again):
        make_letter(submission=submission)
    make_submission()
    [numbers] = ledger.campaign_numbers()
    assert (numbers.people, numbers.submissions, numbers.letters) == (2, 3, 3)


def test_states_are_put_together_as_staff_ask_for_them() -> None:
    for state in State.values:
        make_letter(state=state)
    [numbers] = ledger.campaign_numbers()
    assert numbers.letters == len(State.values)
    assert (numbers.waiting, numbers.left, numbers.trouble, numbers.captured) == (3, 2, 3, 1)
    assert (numbers.handoffs_open, numbers.handoffs_done) == (1, 1)
    assert [bar.count for bar in ledger.by_state(numbers)] == [1] * len(State.values)


def test_both_languages_of_a_campaign_are_one_row_under_its_english_title() -> None:
    make_submission(campaign_title="Paridad", language="es")
    make_submission(campaign_title="Parity, old title", submit_time=timezone.now() - datetime.timedelta(days=3))
    make_submission(campaign_title="Parity")
    make_submission(campaign_title="Paridad", language="es")
    [numbers] = ledger.campaign_numbers()
    assert (numbers.title, numbers.submissions) == ("Parity", 4)


def test_a_campaign_acted_on_in_spanish_only_has_its_spanish_title() -> None:
    make_submission(campaign_title="Paridad", language="es")
    assert ledger.campaign_titles() == {CAMPAIGN: "Paridad"}


def test_days_without_anybody_are_shown_as_none() -> None:
    noon = timezone.localtime().replace(hour=12, minute=0)
    make_letter(submit_time=noon)
    two_letters = make_submission(submit_time=noon - datetime.timedelta(days=2))
    make_letter(submission=two_letters)
    make_letter(submission=two_letters)
    days = ledger.by_day(CAMPAIGN)
    assert [(day.submissions, day.letters) for day in days] == [(1, 2), (0, 0), (1, 1)]
    assert days[-1].date == noon.date()


def test_a_submission_late_in_the_evening_belongs_to_that_day_here() -> None:
    late = timezone.localtime().replace(year=2026, month=3, day=5, hour=23, minute=30)
    make_letter(submit_time=late)
    assert [day.date for day in ledger.by_day(CAMPAIGN)] == [datetime.date(2026, 3, 5)]


def test_a_long_campaign_shows_its_last_days_only() -> None:
    now = timezone.now()
    make_letter(submit_time=now - datetime.timedelta(days=400))
    make_letter(submit_time=now)
    days = ledger.by_day(CAMPAIGN)
    assert len(days) == ledger.MOST_DAYS
    assert (days[0].letters, days[-1].letters) == (0, 1)


def test_officials_are_listed_by_how_often_they_were_written_to() -> None:
    poe, lind = make_official("Edgar Poe"), make_official("Vera Lindqvist")
    for official in (poe, lind, lind):
        make_letter(official=official)
    assert [(bar.label, bar.count, bar.most) for bar in ledger.by_official(CAMPAIGN)] == [
        ("Vera Lindqvist", 2, 2),
        ("Edgar Poe", 1, 2),
    ]


def test_another_campaigns_letters_are_not_counted_here() -> None:
    make_letter()
    make_letter(campaign_key=uuid.uuid4(), campaign_title="Other")
    [numbers] = ledger.campaign_numbers(CAMPAIGN)
    assert numbers.letters == 1
    assert len(ledger.campaign_numbers()) == 2
    assert len(ledger.by_official(CAMPAIGN)) == 1
    assert [day.letters for day in ledger.by_day(CAMPAIGN)] == [1]


def test_the_report_shows_tables_that_can_be_read_without_the_bars(admin: Client) -> None:
    make_letter(given_name="Secret", family_name="Person", state=State.DELIVERED)
    page = admin.get(f"/admin/reports/campaigns/{CAMPAIGN}/").content.decode()
    main = page[page.index("<main") :]
    assert "Delivered to the office" in main
    assert "style=" not in main
    assert "Secret" not in main
    assert main.count("<meter") == main.count('aria-hidden="true"></meter>') == 3
    assert f"/admin/letters/?campaign={CAMPAIGN}&amp;state=delivered" in main


def test_the_links_of_the_report_lead_to_the_letters_behind_the_number(admin: Client) -> None:
    letter = make_letter(state=State.FAILED)
    make_letter()
    found = admin.get(f"/admin/letters/?campaign={CAMPAIGN}&state=failed").context["object_list"]
    assert [row.pk for row in found] == [letter.pk]


def test_a_campaign_nobody_acted_on_is_not_found(admin: Client) -> None:
    assert admin.get(f"/admin/reports/campaigns/{uuid.uuid4()}/").status_code == 404


def test_before_anybody_took_part_the_report_says_so(admin: Client) -> None:
    assert "Nobody has taken part in a campaign yet." in admin.get("/admin/reports/campaigns/").content.decode()
