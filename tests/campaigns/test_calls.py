"""Calls that people make themselves: whom, with what words, and what they say came of it."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse
from wagtail.blocks import StreamValue
from wagtail.models import Locale

from campaigns.engine.tokens import sign_receipt
from campaigns.records.submissions import Letter, Submission
from campaigns.records.taken_actions import Outreach, TakenAction
from campaigns.selectors import kind_numbers
from campaigns.selectors import outreach as reading
from campaigns.selectors.wrong_numbers import wrong_numbers
from legislators.models import ContactOverride
from legislators.records.officials import Office, Official
from tests.factories import campaigns as make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("alder")]

SCRIPT = "Hello, {legislator_salutation}. I am {constituent_name}. {standing}. {answer.story}"
CALL = [("call", {"script": SCRIPT, "voicemail": ""})]


def call_page(**fields):
    values = {"actions": CALL, "letter_subject": "", "letter_body": "", **fields}
    return make.action_page(**values)


def answered(client, page=None, **changes):
    response = make.details(page or call_page(), client, **changes)
    assert response.status_code == 302
    return response.url


def report(client, receipt, name, outcome, **more):
    row = Outreach.objects.get(recipient_name=name)
    token = receipt.rstrip("/").rsplit("/", 1)[-1]
    url = reverse("campaigns:report_outreach", kwargs={"token": token, "outreach_id": row.pk})
    return client.post(url, {"outcome": outcome, **more})


def test_a_page_of_calls_stores_whom_to_call_and_writes_no_letter(client):
    answered(client)
    taken = TakenAction.objects.get()
    assert (taken.kind, taken.done_at) == ("call", None)
    assert [(row.recipient_name, row.outcome) for row in taken.outreach.all()] == [
        ("Marisol Tidewater", ""),
        ("Ines Quayle", ""),
    ]
    assert not Letter.objects.exists()


def test_the_script_names_the_official_the_person_and_their_standing_and_merges_once(client):
    answered(client, story="{legislator_name} <b>")
    script = Outreach.objects.get(recipient_name="Ines Quayle").texts["script"]
    assert script == (
        "Hello, Representative Quayle. I am Dr. Maria Santos. I live in your district. {legislator_name} <b>"
    )


def test_the_receipt_shows_numbers_to_dial_and_the_script_as_text(client):
    page = client.get(answered(client, story="<script>alert(1)</script>"))
    content = page.content.decode()
    office = Office.objects.filter(official__name="Ines Quayle").exclude(phone="").first()
    assert office.phone in content
    assert 'href="tel:+1' in content
    assert "Representative Ines Quayle" in content
    assert "<script>alert" not in content
    assert page["Cache-Control"] == "private, no-store"


def test_nothing_is_said_of_a_call_before_it_is_reported(client):
    receipt = answered(client)
    assert "You told us" not in client.get(receipt).content.decode()


def test_a_report_is_kept_and_can_be_changed_and_taken_back(client):
    receipt = answered(client)
    response = report(client, receipt, "Ines Quayle", "message")
    row = Outreach.objects.get(recipient_name="Ines Quayle")
    assert response.url == f"{receipt}#outreach-{row.pk}"
    assert row.outcome == "message"
    assert row.reported_at is not None
    assert "You told us: left a message" in client.get(receipt).content.decode()
    report(client, receipt, "Ines Quayle", "spoke")
    assert "You told us: spoke with somebody" in client.get(receipt).content.decode()
    report(client, receipt, "Ines Quayle", "")
    row.refresh_from_db()
    assert (row.outcome, row.reported_at) == ("", None)
    assert "You told us" not in client.get(receipt).content.decode()


def test_all_calls_are_done_once_each_has_ended_and_a_busy_line_ends_nothing(client):
    receipt = answered(client)
    report(client, receipt, "Ines Quayle", "spoke")
    report(client, receipt, "Marisol Tidewater", "busy")
    assert TakenAction.objects.get().done_at is None
    report(client, receipt, "Marisol Tidewater", "message")
    assert TakenAction.objects.get().done_at is not None
    report(client, receipt, "Marisol Tidewater", "busy")
    assert TakenAction.objects.get().done_at is None


def test_whom_nobody_can_call_keeps_nothing_open(client):
    official = Official.objects.get(name="Marisol Tidewater")
    official.offices.update(phone="")
    receipt = answered(client)
    assert "We know no telephone number of this office" in client.get(receipt).content.decode()
    report(client, receipt, "Ines Quayle", "spoke")
    assert TakenAction.objects.get().done_at is not None


def test_a_wrong_number_among_two_is_noted_and_the_other_can_still_be_called(client):
    official = Official.objects.get(name="Ines Quayle")
    official.offices.all().delete()
    Office.objects.create(official=official, kind="capitol", phone="(699) 555-0101")
    Office.objects.create(official=official, kind="district", name="Port Alder", phone="(699) 555-0102")
    receipt = answered(client)
    assert "District office, Port Alder" in client.get(receipt).content.decode()
    report(client, receipt, "Ines Quayle", "wrong_number:(699) 555-0101")
    row = Outreach.objects.get(recipient_name="Ines Quayle")
    assert (row.outcome, row.wrong_phone) == ("", "(699) 555-0101")
    report(client, receipt, "Ines Quayle", "spoke")
    row.refresh_from_db()
    assert (row.outcome, row.wrong_phone) == ("spoke", "(699) 555-0101")


@pytest.mark.parametrize("outcome", ["posted", "won", "spoke;message", "?"])
def test_what_nobody_can_say_of_a_call_is_turned_away(client, outcome):
    receipt = answered(client)
    assert report(client, receipt, "Ines Quayle", outcome).status_code == 404
    assert Outreach.objects.exclude(outcome="").count() == 0


def test_a_wrong_number_that_was_never_shown_is_turned_away(client):
    receipt = answered(client)
    assert report(client, receipt, "Ines Quayle", "wrong_number:=cmd()").status_code == 404
    assert Outreach.objects.exclude(wrong_phone="").count() == 0


def test_a_receipt_reports_on_its_own_calls_only(client):
    answered(client)
    other = Submission.objects.get()
    row = other.taken_actions.get().outreach.first()
    second = answered(client, call_page(slug="second"), email="ben@clinic.example")
    token = second.rstrip("/").rsplit("/", 1)[-1]
    url = reverse("campaigns:report_outreach", kwargs={"token": token, "outreach_id": row.pk})
    assert client.post(url, {"outcome": "spoke"}).status_code == 404
    assert client.get(url).status_code == 405
    forged = reverse("campaigns:report_outreach", kwargs={"token": sign_receipt(other.key)[:-2], "outreach_id": row.pk})
    assert client.post(forged, {"outcome": "spoke"}).status_code == 404
    row.refresh_from_db()
    assert row.outcome == ""


@pytest.mark.parametrize(
    ("hour", "words"),
    [(15, "somebody is likely to pick up"), (3, "the office is probably closed")],
)
def test_the_capitol_s_clock_says_whether_somebody_is_there(hour, words):
    assert words in reading.hours("ma", datetime(2026, 11, 18, hour, tzinfo=UTC))


def test_an_invented_state_has_no_clock():
    assert reading.hours("ax", datetime(2026, 11, 18, 15, tzinfo=UTC)) == ""


def test_a_script_that_a_translator_left_as_it_was_stays_in_its_language(client):
    page = call_page(actions=[("call", {"script": "In the {chamber}.", "voicemail": ""})])
    spanish = Locale.objects.get_or_create(language_code="es")[0]
    translated = page.copy_for_translation(spanish, copy_parents=True)
    assert [kind.language for kind in translated.kinds] == ["en"]
    block_id = translated.actions[0].id
    translated.actions = StreamValue(
        translated.actions.stream_block,
        [{"type": "call", "id": block_id, "value": {"script": "En el {chamber}.", "voicemail": ""}}],
        is_lazy=True,
    )
    assert [kind.language for kind in translated.kinds] == [""]


def test_numbers_that_people_say_are_wrong_reach_the_staff_until_they_are_corrected(client):
    official = Official.objects.get(name="Ines Quayle")
    number = official.offices.exclude(phone="").first().phone
    receipt = answered(client)
    report(client, receipt, "Ines Quayle", f"wrong_number:{number}")
    (row,) = wrong_numbers()
    assert (row.official, row.number, row.reports, row.is_in_use) == (official, number, 1, True)
    ContactOverride.objects.create(official=official, phone="699-555-0199", reason="x", expires_on="2099-01-01")
    assert not wrong_numbers()[0].is_in_use
    assert "699-555-0199" in client.get(receipt).content.decode()
    assert f"Call {number}" not in client.get(receipt).content.decode()


def test_the_staff_s_numbers_say_what_people_told_and_count_nothing_that_is_not_clear(client):
    page = call_page()
    receipt = answered(client, page)
    report(client, receipt, "Ines Quayle", "spoke")
    key = page.campaign.translation_key
    found = {row.words: row.count for row in kind_numbers.rows(key)}
    assert found["Calls of which people told us: spoke with somebody"] == 1
    assert found["Calls of which nobody has told us anything"] == 1
    Submission.objects.update(standing="invalid")
    assert kind_numbers.rows(key) == []
