"""What staff see of the letters in Wagtail's admin, and who of them sees it."""

import csv
import datetime
import io
from typing import Any

import openpyxl
import pytest
from django.contrib.auth.models import Group, Permission, User
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings
from wagtail.models import ModelLogEntry

from campaigns.records.submissions import Letter
from delivery.records.messages import DeliveryEvent, OutboxMessage
from tests.factories.letters import CAMPAIGN, make_letter, make_official, make_submission

State = OutboxMessage.State
pytestmark = pytest.mark.django_db
LEDGER = "/admin/letters/"
EVIL = "=HYPERLINK(A1)"


def _staff(name: str, *codenames: str) -> Client:
    """Somebody who may enter the admin, with these permissions through a group."""
    user = User.objects.create_user(name, password="x")
    group = Group.objects.create(name=name)
    group.permissions.set(Permission.objects.filter(codename__in=["access_admin", *codenames]))
    user.groups.add(group)
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def reader() -> Client:
    return _staff("reader", "view_letter")


@pytest.fixture
def keeper() -> Client:
    return _staff("keeper", "view_letter", "change_letter")


@pytest.fixture
def editor() -> Client:
    """May edit every page, and has been given nothing else."""
    user = User.objects.create_user("editor", password="x")
    user.groups.add(Group.objects.get(name="Editors"), Group.objects.get(name="Moderators"))
    client = Client()
    client.force_login(user)
    return client


def _listed(client: Client, query: str = "") -> set[int]:
    response = client.get(f"{LEDGER}{query}")
    assert response.status_code == 200
    return {letter.pk for letter in response.context["object_list"]}


def _page(letter: Letter) -> str:
    return reverse("letters:letter", args=[letter.pk])


# --- Who may see it -------------------------------------------------------------------------------


def _addresses(letter: Letter) -> list[str]:
    return [
        LEDGER,
        f"{LEDGER}results/",
        f"{LEDGER}?export=csv",
        f"{LEDGER}?export=xlsx",
        f"{LEDGER}results/?export=csv",
        _page(letter),
        "/admin/reports/campaigns/",
        f"/admin/reports/campaigns/{CAMPAIGN}/",
    ]


def test_an_editor_of_pages_sees_no_letter_on_any_address(editor: Client) -> None:
    letter = make_letter(message={"body": "My secret illness"})
    for address in _addresses(letter):
        response = editor.get(address)
        assert response.status_code == 302, address
        assert response.url == reverse("wagtailadmin_home"), address
    # One that does not exist is answered just the same, so that nothing can be learned by counting.
    assert editor.get(reverse("letters:letter", args=[10**6])).url == reverse("wagtailadmin_home")
    assert b"/admin/letters/" not in editor.get(reverse("wagtailadmin_home")).content


def test_nobody_without_a_login_sees_anything() -> None:
    letter = make_letter()
    for address in _addresses(letter):
        assert Client().get(address).url.startswith("/admin/login/")


def test_who_may_view_letters_sees_them_and_finds_them_in_the_menu(reader: Client) -> None:
    letter = make_letter()
    for address in _addresses(letter):
        assert reader.get(address).status_code == 200, address
    assert b"/admin/letters/" in reader.get(reverse("wagtailadmin_home")).content


def test_both_permissions_can_be_given_to_a_group(admin_client: Client) -> None:
    page = admin_client.get(reverse("wagtailusers_groups:add")).content.decode()
    for codename in ("view_letter", "change_letter"):
        permission = Permission.objects.get(codename=codename, content_type__app_label="campaigns")
        assert f'value="{permission.pk}"' in page


@pytest.mark.parametrize("action", ["retry", "cancel"])
def test_who_may_only_view_changes_nothing(reader: Client, editor: Client, action: str) -> None:
    letter = make_letter(state=State.FAILED if action == "retry" else State.QUEUED)
    before = letter.outbox_message.state
    for client in (reader, editor, Client()):
        assert client.post(reverse(f"letters:{action}", args=[letter.pk])).status_code == 302
        letter.outbox_message.refresh_from_db()
        assert letter.outbox_message.state == before
    assert reverse(f"letters:{action}", args=[letter.pk]) not in reader.get(_page(letter)).content.decode()


# --- The list -------------------------------------------------------------------------------------


def test_a_row_says_who_wrote_to_whom_in_which_campaign_and_what_became_of_it(reader: Client) -> None:
    make_letter(state=State.BOUNCED, given_name="Ada", family_name="Quill")
    page = reader.get(LEDGER).content.decode()
    for text in (
        "Ada Quill",
        "Vera Lindqvist",
        "1st Harbor",
        "Telehealth parity",
        "Returned by the office’s mail server",
    ):
        assert text in page


def test_the_ledger_narrows_by_campaign_state_official_and_date(reader: Client) -> None:
    from uuid import uuid4

    other_campaign = uuid4()
    long_ago = timezone.now() - datetime.timedelta(days=40)
    poe = make_official("Edgar Poe")
    plain = make_letter()
    failed = make_letter(state=State.FAILED)
    to_poe = make_letter(official=poe)
    elsewhere = make_letter(campaign_key=other_campaign, campaign_title="Prior authorization")
    old = make_letter(submit_time=long_ago)
    everything = {letter.pk for letter in (plain, failed, to_poe, elsewhere, old)}
    assert _listed(reader) == everything
    assert _listed(reader, f"?campaign={other_campaign}") == {elsewhere.pk}
    assert _listed(reader, "?state=failed") == {failed.pk}
    assert _listed(reader, "?state=failed&state=accepted") == everything
    assert _listed(reader, f"?official={poe.pk}") == {to_poe.pk}
    day = timezone.localtime(long_ago).date().isoformat()
    assert _listed(reader, f"?date_from={day}&date_to={day}") == {old.pk}
    assert _listed(reader, f"?campaign={CAMPAIGN}&state=failed") == {failed.pk}


@pytest.mark.parametrize("query", ["?state=nonsense", "?campaign=1", "?official=x", "?date_from=never"])
def test_a_filter_that_cannot_be_read_shows_nothing_rather_than_everything(reader: Client, query: str) -> None:
    make_letter()
    assert _listed(reader, query) == set()
    exported = reader.get(f"{LEDGER}{query}&export=csv").getvalue().decode()
    assert "Vera Lindqvist" not in exported


@pytest.mark.parametrize(
    ("words", "is_found"),
    [
        ("quill", True),
        ("ada quill", True),
        ("ADA lindqvist", True),
        ("Vera", True),
        ("Ada Poe", False),
        ("%", False),
        ("'; DROP TABLE", False),
        ("ñ" * 5_000, False),
    ],
)
def test_the_ledger_is_searched_by_the_names_of_person_and_official(reader: Client, words: str, is_found: bool) -> None:
    letter = make_letter(given_name="Ada", family_name="Quill")
    found = reader.get(LEDGER, {"q": words}).context["object_list"]
    assert [row.pk for row in found] == ([letter.pk] if is_found else [])


def test_the_list_asks_the_database_no_more_for_more_letters(
    reader: Client, django_assert_max_num_queries: Any
) -> None:
    for _ in range(30):
        make_letter()
    reader.get(LEDGER)
    with django_assert_max_num_queries(30):
        reader.get(LEDGER)


# --- Export ---------------------------------------------------------------------------------------


def _evil_letter() -> Letter:
    official = make_official(EVIL)
    return make_letter(
        official=official,
        given_name="+1",
        family_name="@SUM(A1)",
        campaign_title="\t=1+1",
        city="-2+3",
        zip_code="\x00=1",
        message={"subject": '=cmd|" /C calc"!A0', "sender_name": "\r@evil"},
    )


FORMULA = ("=", "+", "-", "@", "\t", "\r", "\x00")


def test_no_cell_of_the_csv_is_a_formula(reader: Client) -> None:
    _evil_letter()
    response = reader.get(f"{LEDGER}?export=csv")
    rows = list(csv.reader(io.StringIO(response.getvalue().decode())))
    assert len(rows) == 2
    assert not [cell for row in rows for cell in row if cell.startswith(FORMULA)]
    assert f"'{EVIL}" in rows[1]


def test_no_cell_of_the_xlsx_is_a_formula(reader: Client) -> None:
    _evil_letter()
    response = reader.get(f"{LEDGER}?export=xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(response.getvalue())).active
    cells = [cell for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f"]
    assert not [cell.value for cell in cells if isinstance(cell.value, str) and cell.value.startswith(FORMULA)]
    assert f"'{EVIL}" in [cell.value for cell in cells]


def test_an_export_holds_what_was_filtered_and_no_more(reader: Client) -> None:
    make_letter(official=make_official("Wanted One"), state=State.FAILED)
    make_letter(official=make_official("Other One"))
    exported = reader.get(f"{LEDGER}?state=failed&export=csv").getvalue().decode()
    assert "Wanted One" in exported
    assert "Other One" not in exported
    assert "Could not be sent" in exported


# --- One letter -----------------------------------------------------------------------------------


def test_a_letter_shows_its_words_and_its_history_as_text(reader: Client) -> None:
    letter = make_letter(
        state=State.BOUNCED, message={"subject": "<b>Hear me</b>", "body": "<script>alert(1)</script>\n\nSecond."}
    )
    letter.outbox_message.events.create(
        at=timezone.now(), state=State.BOUNCED, reason=DeliveryEvent.Reason.REFUSED, detail="550 5.1.1"
    )
    page = reader.get(_page(letter)).content.decode()
    for text in ("&lt;script&gt;alert(1)", "&lt;b&gt;Hear me", "550 5.1.1", "Refused for good.", "person"):
        assert text in page
    assert "<script>alert(1)" not in page


def test_a_letter_that_is_not_there_is_not_found(reader: Client) -> None:
    assert reader.get(reverse("letters:letter", args=[10**6])).status_code == 404


def test_a_failed_letter_is_tried_again(keeper: Client) -> None:
    letter = make_letter(state=State.FAILED)
    assert reverse("letters:retry", args=[letter.pk]) in keeper.get(_page(letter)).content.decode()
    response = keeper.post(reverse("letters:retry", args=[letter.pk]), follow=True)
    letter.outbox_message.refresh_from_db()
    assert letter.outbox_message.state == State.QUEUED
    assert "The letter is back in the queue." in response.content.decode()


def test_an_uncertain_letter_is_sent_again_only_by_who_says_that_it_may_arrive_twice(keeper: Client) -> None:
    letter = make_letter(state=State.UNCERTAIN)
    retry = reverse("letters:retry", args=[letter.pk])
    assert "may_arrive_twice" in keeper.get(_page(letter)).content.decode()
    keeper.post(retry)
    letter.outbox_message.refresh_from_db()
    assert letter.outbox_message.state == State.UNCERTAIN
    keeper.post(retry, {"may_arrive_twice": "yes"})
    letter.outbox_message.refresh_from_db()
    assert letter.outbox_message.state == State.QUEUED


@pytest.mark.parametrize("state", [State.QUEUED, State.NEEDS_HANDOFF])
def test_a_waiting_letter_is_cancelled(keeper: Client, state: str) -> None:
    letter = make_letter(state=state)
    response = keeper.post(reverse("letters:cancel", args=[letter.pk]), follow=True)
    letter.outbox_message.refresh_from_db()
    assert letter.outbox_message.state == State.CANCELLED
    assert "It was not sent." in response.content.decode()


@pytest.mark.parametrize("state", [State.SENDING, State.ACCEPTED, State.DELIVERED, State.CAPTURED])
@pytest.mark.parametrize("action", ["retry", "cancel"])
def test_a_letter_that_has_left_offers_no_button_and_obeys_none(keeper: Client, state: str, action: str) -> None:
    letter = make_letter(state=state)
    address = reverse(f"letters:{action}", args=[letter.pk])
    assert address not in keeper.get(_page(letter)).content.decode()
    response = keeper.post(address, follow=True)
    letter.outbox_message.refresh_from_db()
    assert letter.outbox_message.state == state
    assert "has moved on in the meantime" in response.content.decode()


@pytest.mark.parametrize("action", ["retry", "cancel"])
def test_looking_at_an_address_changes_nothing(keeper: Client, action: str) -> None:
    letter = make_letter(state=State.FAILED if action == "retry" else State.QUEUED)
    assert keeper.get(reverse(f"letters:{action}", args=[letter.pk])).status_code == 405


# --- The log --------------------------------------------------------------------------------------


def test_who_lists_reads_exports_retries_and_cancels_is_on_record(keeper: Client) -> None:
    letter = make_letter(state=State.FAILED)
    keeper.get(LEDGER, {"q": "Quill"})
    keeper.get(f"{LEDGER}results/?q=Quill")
    keeper.get(_page(letter))
    keeper.get(f"{LEDGER}?export=csv")
    keeper.post(reverse("letters:retry", args=[letter.pk]))
    keeper.post(reverse("letters:cancel", args=[letter.pk]))
    entries = ModelLogEntry.objects.filter(content_type__model="letter").order_by("timestamp", "pk")
    assert [entry.action.removeprefix("campaigns.") for entry in entries] == [
        "list_letters",
        "read_letter",
        "export_letters",
        "retry_letter",
        "cancel_letter",
    ]
    assert {entry.user.username for entry in entries} == {"keeper"}
    assert "Quill" not in str([entry.data for entry in entries])
    assert entries[2].data == {"format": "csv", "count": 1}


def test_the_site_history_can_show_these_entries(admin_client: Client, keeper: Client) -> None:
    keeper.get(f"{LEDGER}?export=xlsx")
    make_letter()
    page = admin_client.get(reverse("wagtailadmin_reports:site_history")).content.decode()
    assert "Exported 0 letters (xlsx)" in page


# --- The notice -----------------------------------------------------------------------------------


def test_where_mail_is_captured_the_admin_says_so_and_where(reader: Client, settings: Settings) -> None:
    letter = make_letter(state=State.CAPTURED)
    settings.CAPTURED_MAIL_DIR = "/some/where/var/mail"
    for address in (reverse("wagtailadmin_home"), LEDGER, _page(letter), "/admin/reports/campaigns/"):
        page = reader.get(address).content.decode()
        assert "Mail does not leave this machine" in page, address
        assert "<code>var/mail</code>" in page
        assert "/some/where" not in page


def test_where_mail_is_sent_the_admin_says_nothing_of_files(reader: Client, settings: Settings) -> None:
    settings.DELIVERY_MODE = "send"
    settings.EMAIL_BACKEND = "delivery.adapters.smtp.SmtpBackend"
    for address in (reverse("wagtailadmin_home"), LEDGER):
        assert "Mail does not leave this machine" not in reader.get(address).content.decode()


def test_one_person_may_write_several_letters() -> None:
    submission = make_submission()
    make_letter(submission=submission)
    make_letter(submission=submission)
    assert submission.letters.count() == 2
