"""The live board: what it counts, who sees it, and what can be done from it."""

import datetime
import re
import uuid
from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings
from wagtail.models import ModelLogEntry

from delivery.adapters import workers
from delivery.adapters.workers import QueueState
from delivery.records.messages import DeliveryEvent, OutboxMessage
from delivery.records.pauses import Pause
from delivery.records.recipients import RecipientRecord
from tests.factories.delivery import make_message
from tests.factories.letters import CAMPAIGN, make_letter, make_official

State = OutboxMessage.State
pytestmark = pytest.mark.django_db
BOARD = "/admin/deliveries/"
LIVE = "/admin/deliveries/live/"
PAUSE = "/admin/deliveries/pause/"
RESUME = "/admin/deliveries/resume/"
OFFICE = "/admin/deliveries/offices/"
ALL = ("view_outboxmessage", "change_pause", "change_recipientrecord", "view_letter", "change_letter")


def staff(name: str, *codenames: str) -> Client:
    user = User.objects.create_user(name, password="x")
    group = Group.objects.create(name=name)
    group.permissions.set(Permission.objects.filter(codename__in=["access_admin", *codenames]))
    user.groups.add(group)
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture(autouse=True)
def working_queues(monkeypatch: pytest.MonkeyPatch) -> None:
    """Redis and its workers as they should be; a test says so where they are not."""
    monkeypatch.setattr(workers, "queues", lambda names: tuple(QueueState(name, 1, 0) for name in names))


@pytest.fixture
def keeper() -> Client:
    return staff("keeper", *ALL)


@pytest.fixture
def watcher() -> Client:
    """May look at the board, and has been given nothing else."""
    return staff("watcher", "view_outboxmessage")


def _cells(page: str, state: str) -> str:
    """The number of a tile that leads to the ledger."""
    found = re.search(rf"<strong>([\d,]+)</strong>\s*<a id=\"tile-{state}\"", page)
    return found.group(1) if found else "0"


# --- Who may --------------------------------------------------------------------------------------


def _addresses() -> list[str]:
    return [BOARD, LIVE, f"{BOARD}campaigns/{CAMPAIGN}/", f"{BOARD}campaigns/{CAMPAIGN}/cancel/", f"{PAUSE}?scope=site"]


def test_who_has_no_right_to_it_sees_nothing_and_changes_nothing() -> None:
    make_letter(state=State.QUEUED, message={"campaign_key": CAMPAIGN})
    for client in (staff("outsider"), Client()):
        for address in [*_addresses(), OFFICE, "/admin/deliveries/held/"]:
            assert client.get(address).status_code == 302, address
        for address in (
            PAUSE,
            RESUME,
            OFFICE,
            f"{BOARD}campaigns/{CAMPAIGN}/cancel/",
            "/admin/deliveries/held/decide/",
        ):
            assert client.post(address, {"scope": "site", "decision": "approve"}).status_code == 302, address
    assert not Pause.objects.exists()
    assert OutboxMessage.objects.filter(state=State.QUEUED).count() == 1
    assert b"/admin/deliveries/" not in staff("other").get(reverse("wagtailadmin_home")).content


def test_who_may_only_look_is_offered_no_button_and_no_letter(watcher: Client) -> None:
    make_letter(state=State.QUEUED, message={"campaign_key": CAMPAIGN})
    for address in (BOARD, LIVE, f"{BOARD}campaigns/{CAMPAIGN}/"):
        page = watcher.get(address).content.decode()
        assert "/admin/letters/" not in page
        assert PAUSE not in page
        assert "cancel/" not in page
    watcher.post(PAUSE, {"scope": "site"})
    watcher.post(f"{BOARD}campaigns/{CAMPAIGN}/cancel/")
    assert not Pause.objects.exists()
    assert OutboxMessage.objects.get().state == State.QUEUED


def test_every_permission_can_be_given_to_a_group(admin_client: Client) -> None:
    page = admin_client.get(reverse("wagtailusers_groups:add")).content.decode()
    for codename in ALL:
        assert f'value="{Permission.objects.get(codename=codename).pk}"' in page, codename


@pytest.mark.parametrize("address", [PAUSE, RESUME])
def test_a_post_without_its_token_is_refused(address: str) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(User.objects.create_superuser("boss", password="x"))
    assert client.post(address, {"scope": "site"}).status_code == 403
    assert not Pause.objects.exists()


# --- Numbers --------------------------------------------------------------------------------------


def test_the_board_counts_every_state_for_all_and_for_each_campaign(keeper: Client) -> None:
    other = uuid.uuid4()
    for state in State.values:
        make_letter(state=state, message={"campaign_key": CAMPAIGN})
    make_letter(state=State.QUEUED, message={"campaign_key": other}, campaign_key=other, campaign_title="Second bill")
    page = keeper.get(BOARD).content.decode()
    # What a worker has taken and not begun waits too.
    assert _cells(page, State.QUEUED) == "3"
    for state in set(State.values) - {State.QUEUED, State.CLAIMED}:
        assert _cells(page, state) == "1", state
    assert "Second bill" in page
    one = keeper.get(f"{BOARD}campaigns/{CAMPAIGN}/").content.decode()
    assert _cells(one, State.QUEUED) == "2"
    assert "Telehealth parity" in one


def test_mail_to_supporters_is_counted_apart(keeper: Client) -> None:
    make_message(stream=OutboxMessage.Stream.RECEIPT, state=State.FAILED)
    page = keeper.get(BOARD).content.decode()
    assert _cells(page, State.FAILED) == "0"
    assert "Confirmations, alerts and answers passed on" in page


def test_the_fragment_is_what_the_page_holds_and_is_kept_by_nobody(keeper: Client) -> None:
    make_letter(state=State.HELD, message={"campaign_key": CAMPAIGN})
    response = keeper.get(LIVE)
    assert "no-store" in response["Cache-Control"]
    assert b"<html" not in response.content
    assert b"tile-held" in response.content


def test_the_board_names_nobody_who_wrote(keeper: Client) -> None:
    make_letter(state=State.FAILED, given_name="Ada", family_name="Quill", message={"campaign_key": CAMPAIGN})
    page = keeper.get(BOARD).content.decode()
    assert "Quill" not in page
    assert "clinic.example" not in page


def test_more_letters_ask_the_database_no_more(keeper: Client, django_assert_max_num_queries: Any) -> None:
    for _ in range(3):
        make_letter(state=State.QUEUED, message={"campaign_key": CAMPAIGN})
    keeper.get(LIVE)
    with django_assert_max_num_queries(45) as few:
        keeper.get(LIVE)
    for _ in range(40):
        make_letter(state=State.QUEUED, message={"campaign_key": CAMPAIGN})
    with django_assert_max_num_queries(len(few)):
        keeper.get(LIVE)


def test_the_rate_is_what_left_lately(keeper: Client) -> None:
    message = make_message(state=State.ACCEPTED)
    now = timezone.now()
    for minutes in (1, 4, 30, 90):
        message.events.create(at=now - datetime.timedelta(minutes=minutes), state=State.ACCEPTED)
    assert "2 in 5 minutes, 3 in an hour" in keeper.get(BOARD).content.decode()


def test_offices_that_fail_and_workers_that_are_away_are_named(keeper: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    RecipientRecord.objects.create(
        key="official:x", name="Senator Poe", failing_since=timezone.now(), failing_address="poe@legislature.example"
    )
    monkeypatch.setattr(workers, "queues", lambda names: tuple(QueueState(name, 0, 2) for name in names))
    page = keeper.get(BOARD).content.decode()
    assert "Senator Poe" in page
    assert "poe@legislature.example" in page
    assert "No worker listens to the queue “letters”." in page
    monkeypatch.setattr(workers, "queues", lambda names: None)
    page = keeper.get(BOARD).content.decode()
    assert "The queue server (Redis) does not answer." in page


# --- Pauses ---------------------------------------------------------------------------------------


def test_the_kill_switch_says_what_it_does_and_does_it_by_a_post_only(keeper: Client) -> None:
    page = keeper.get(f"{PAUSE}?scope=site").content.decode()
    assert "within a second" in page
    assert not Pause.objects.exists()
    response = keeper.post(PAUSE, {"scope": "site"}, follow=True)
    pause = Pause.objects.get()
    assert (pause.scope, pause.by.username, pause.until) == (Pause.Scope.SITE, "keeper", None)
    assert "Everything is paused" in response.content.decode()
    assert keeper.get(RESUME).status_code == 405
    keeper.post(RESUME, {"scope": "site"})
    assert not Pause.objects.exists()
    logged = ModelLogEntry.objects.filter(action__startswith="delivery.").order_by("timestamp", "pk")
    assert [entry.action for entry in logged] == ["delivery.pause", "delivery.resume"]


def test_a_campaign_is_paused_and_resumed_and_named(keeper: Client) -> None:
    make_letter(state=State.QUEUED, message={"campaign_key": CAMPAIGN})
    keeper.post(PAUSE, {"scope": "campaign", "key": str(CAMPAIGN)})
    assert Pause.objects.get().key == CAMPAIGN.hex
    page = keeper.get(BOARD).content.decode()
    assert "Campaign: Telehealth parity" in page
    assert "keeper" in page
    assert "This campaign is paused" in keeper.get(f"{BOARD}campaigns/{CAMPAIGN}/").content.decode()
    keeper.post(RESUME, {"scope": "campaign", "key": CAMPAIGN.hex})
    assert not Pause.objects.exists()


@pytest.mark.parametrize(
    "what",
    [
        {},
        {"scope": "everything"},
        {"scope": "site", "key": "x"},
        {"scope": "campaign"},
        {"scope": "campaign", "key": "not-a-key"},
        {"scope": "recipient", "key": "x" * 300},
    ],
)
def test_what_cannot_be_paused_is_refused(keeper: Client, what: dict[str, str]) -> None:
    assert keeper.get(PAUSE, what).status_code == 302
    assert keeper.post(PAUSE, what).status_code == 302
    assert keeper.post(RESUME, what).status_code == 302
    assert not Pause.objects.exists()


def test_nobody_is_led_away_from_the_site_after_a_pause(keeper: Client) -> None:
    response = keeper.post(PAUSE, {"scope": "site", "next": "https://evil.example/"})
    assert response.url == BOARD


def test_after_a_pause_what_waited_gets_new_times(
    keeper: Client, settings: Settings, django_capture_on_commit_callbacks: Any
) -> None:
    settings.PACE_LETTERS = True
    missed = timezone.now() - datetime.timedelta(days=1)
    letter = make_letter(
        state=State.QUEUED, message={"campaign_key": CAMPAIGN, "next_attempt_at": missed, "planned_at": missed}
    )
    keeper.post(PAUSE, {"scope": "campaign", "key": CAMPAIGN.hex})
    with django_capture_on_commit_callbacks(execute=True):
        keeper.post(RESUME, {"scope": "campaign", "key": CAMPAIGN.hex})
    letter.outbox_message.refresh_from_db()
    assert letter.outbox_message.planned_at != missed


# --- Cancelling what waits ------------------------------------------------------------------------


def test_what_a_campaign_has_waiting_is_counted_then_cancelled_and_nothing_else(keeper: Client) -> None:
    address = f"{BOARD}campaigns/{CAMPAIGN}/cancel/"
    waiting = [make_letter(state=State.QUEUED, message={"campaign_key": CAMPAIGN}) for _ in range(3)]
    kept = [
        make_letter(state=state, message={"campaign_key": CAMPAIGN})
        for state in (State.SENDING, State.HELD, State.ACCEPTED, State.NEEDS_HANDOFF)
    ]
    elsewhere = make_letter(state=State.QUEUED, message={"campaign_key": uuid.uuid4()})
    assert "3 letters wait and would be cancelled" in keeper.get(address).content.decode()
    assert OutboxMessage.objects.filter(state=State.CANCELLED).count() == 0
    response = keeper.post(address, follow=True)
    assert "3 letters are cancelled. They were not sent." in response.content.decode()
    for letter in waiting:
        letter.outbox_message.refresh_from_db()
        assert letter.outbox_message.state == State.CANCELLED
        assert letter.outbox_message.events.filter(reason=DeliveryEvent.Reason.STAFF_CANCELLED).count() == 1
    for letter in [*kept, elsewhere]:
        before = letter.outbox_message.state
        letter.outbox_message.refresh_from_db()
        assert letter.outbox_message.state == before
    entry = ModelLogEntry.objects.get(action="campaigns.cancel_letters")
    assert entry.data == {"what": "Telehealth parity", "count": 3}
    assert "so nothing was changed" in keeper.post(address, follow=True).content.decode()


def test_who_cancels_too_many_at_once_is_told_how_many_are_left(
    keeper: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("campaigns.viewsets.pauses.MOST_CANCELLED", 2)
    for _ in range(3):
        make_letter(state=State.QUEUED, message={"campaign_key": CAMPAIGN})
    page = keeper.post(f"{BOARD}campaigns/{CAMPAIGN}/cancel/", follow=True).content.decode()
    assert "2 letters are cancelled." in page
    assert "1 letter still waits." in page


# --- An office ------------------------------------------------------------------------------------


def test_how_an_office_takes_letters_is_kept(keeper: Client) -> None:
    official = make_official("Vera Lindqvist")
    address = f"{OFFICE}?key=official:{official.source_id}"
    assert "Vera Lindqvist" in keeper.get(address).content.decode()
    keeper.post(address, {"order": "email,cwc", "per_hour": "12"})
    record = RecipientRecord.objects.get()
    assert (record.key, record.name) == (f"official:{official.source_id}", "Vera Lindqvist")
    assert (record.routes, record.per_hour, record.changed_by.username) == (["email", "cwc", "handoff"], 12, "keeper")
    page = keeper.get(address).content.decode()
    assert re.search(r'<option value="email,cwc" selected>', page)
    keeper.post(address, {"order": "", "per_hour": ""})
    record.refresh_from_db()
    assert (record.routes, record.per_hour) == ([], None)
    assert ModelLogEntry.objects.filter(action="delivery.change_office").count() == 2


@pytest.mark.parametrize("per_hour", ["0", "-1", "many", "99999999999"])
def test_a_pace_that_is_none_is_refused(keeper: Client, per_hour: str) -> None:
    address = f"{OFFICE}?key=official:{make_official().source_id}"
    assert keeper.post(address, {"order": "email", "per_hour": per_hour}).status_code == 200
    assert not RecipientRecord.objects.exists()


@pytest.mark.parametrize("key", ["", "official:nobody", "x", "recipient:none", "official:" + "x" * 500])
def test_an_office_that_nobody_knows_is_made_by_nobody(keeper: Client, key: str) -> None:
    assert keeper.get(OFFICE, {"key": key}).url == BOARD
    assert keeper.post(f"{OFFICE}?key={key}", {"order": "email"}).url == BOARD
    assert not RecipientRecord.objects.exists()


# --- The first page -------------------------------------------------------------------------------


def test_the_first_page_says_what_rings_and_what_is_held_to_who_may_see_it(keeper: Client) -> None:
    make_letter(state=State.HELD)
    make_letter(state=State.UNCERTAIN)
    page = keeper.get(reverse("wagtailadmin_home")).content.decode()
    assert "1 letter is held for the staff" in page
    assert "Of 1 message it is not known whether it was sent." in page
    assert "Deliveries that need somebody" not in staff("none").get(reverse("wagtailadmin_home")).content.decode()
