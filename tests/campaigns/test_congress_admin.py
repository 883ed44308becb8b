"""Congress's own system for the staff: its lists, and a refusal that came late."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import Settings
from wagtail.models import ModelLogEntry

from campaigns.records.submissions import Letter
from delivery.adapters.cwc.carrier import ACCEPTED_MARK
from delivery.records.cwc_offices import CwcOffice, CwcOfficeList
from delivery.records.messages import OutboxMessage
from tests.campaigns.test_board import staff
from tests.delivery.cwc.samples import make_content
from tests.factories.letters import make_letter

State = OutboxMessage.State
pytestmark = pytest.mark.django_db
PAGE = "/admin/deliveries/congress/"


@pytest.fixture
def keeper() -> Client:
    return staff("keeper", "view_outboxmessage", "change_letter")


def _accepted() -> Letter:
    values: dict[str, Any] = {"channel": "cwc", "congress": make_content().as_json(), "routes": ["handoff"]}
    letter = make_letter(state=State.ACCEPTED, message=values)
    message = letter.outbox_message
    message.provider_message_id = message.pk.hex
    message.save()
    message.events.create(at=timezone.now(), state=State.ACCEPTED, detail=f"{ACCEPTED_MARK} 200")
    return letter


def _state(letter: Letter) -> str:
    return OutboxMessage.objects.get(pk=letter.outbox_message_id).state


def test_a_late_refusal_sends_the_letter_its_next_way_and_is_logged(keeper: Client) -> None:
    letter = _accepted()
    page = keeper.post(PAGE, {"delivery_id": f" {letter.outbox_message.pk} "}, follow=True).content.decode()
    assert "Recorded. The letter is now: Waits for the supporter" in page
    assert _state(letter) == State.NEEDS_HANDOFF
    [entry] = ModelLogEntry.objects.filter(action="campaigns.record_late_refusal")
    assert entry.user.username == "keeper"


@pytest.mark.parametrize("typed", ["", "nonsense!", "<script>", "a" * 32, "0" * 41, "12"])
def test_a_number_of_no_letter_is_said_to_be_none(keeper: Client, typed: str) -> None:
    letter = _accepted()
    answer = keeper.post(PAGE, {"delivery_id": typed})
    assert answer.status_code == 200
    assert answer.context["form"].errors["delivery_id"]
    assert _state(letter) == State.ACCEPTED


def test_a_letter_by_mail_cannot_be_refused_by_congress(keeper: Client) -> None:
    letter = make_letter(state=State.ACCEPTED)
    answer = keeper.post(PAGE, {"delivery_id": letter.outbox_message.pk.hex})
    assert "No letter of this site was accepted under this number." in answer.content.decode()
    assert _state(letter) == State.ACCEPTED


def test_who_may_only_look_finds_the_lists_and_no_form() -> None:
    letter = _accepted()
    watcher = staff("watcher", "view_outboxmessage")
    assert b"delivery_id" not in watcher.get(PAGE).content
    watcher.post(PAGE, {"delivery_id": letter.outbox_message.pk.hex})
    for client in (staff("outsider", "change_letter"), Client()):
        assert client.get(PAGE).status_code == 302
        assert client.post(PAGE, {"delivery_id": letter.outbox_message.pk.hex}).status_code == 302
    assert _state(letter) == State.ACCEPTED


def test_the_board_and_the_page_say_how_the_lists_stand(keeper: Client, settings: Settings) -> None:
    for address in (PAGE, "/admin/deliveries/"):
        assert "not set up: there is no key" in keeper.get(address).content.decode()
    settings.CWC_MODE, settings.CWC_HOUSE_KEY = "validate", "key"
    CwcOffice.objects.create(code="HMA05", chamber="us_house", seen_at=timezone.now())
    CwcOfficeList.objects.create(
        chamber="us_house", refreshed_at=timezone.now(), tried_at=timezone.now(), problem="HTTP 503"
    )
    board, page = (keeper.get(address).content.decode() for address in ("/admin/deliveries/", PAGE))
    for said in (board, page):
        assert "switched on in the mode “validate”: no letter reaches an office." in said
        assert "1 office takes letters" in said
        assert "The last try to bring it up to date failed." in said
    assert "HTTP 503" in page
    assert PAGE in board
