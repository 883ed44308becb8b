"""By which way a letter goes, when it leaves, and what the staff do about both, in the ledger."""

import datetime

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from campaigns.records.submissions import Letter
from delivery.records.messages import DeliveryEvent, OutboxMessage
from tests.campaigns.test_board import staff
from tests.factories.letters import make_letter

State = OutboxMessage.State
pytestmark = pytest.mark.django_db


@pytest.fixture
def keeper() -> Client:
    return staff("keeper", "view_letter", "change_letter")


def _page(client: Client, letter: Letter) -> str:
    return client.get(reverse("letters:letter", args=[letter.pk])).content.decode()


def _reroute(client: Client, letter: Letter, **data: str) -> str:
    said = client.post(reverse("letters:reroute", args=[letter.pk]), data, follow=True).content.decode()
    letter.outbox_message.refresh_from_db()
    return said


def test_the_ledger_narrows_by_way(keeper: Client) -> None:
    by_mail, by_hand = make_letter(state=State.QUEUED), make_letter(state=State.NEEDS_HANDOFF)
    for channel, letter in (("email", by_mail), ("handoff", by_hand)):
        found = keeper.get(f"/admin/letters/?channel={channel}").context["object_list"]
        assert [each.pk for each in found] == [letter.pk]
    assert list(keeper.get("/admin/letters/?channel=pigeon").context["object_list"]) == []


def test_a_letter_says_when_it_leaves_or_that_it_has_no_time_yet(keeper: Client) -> None:
    at = timezone.now() + datetime.timedelta(hours=3)
    placed = make_letter(state=State.QUEUED, message={"next_attempt_at": at})
    unplaced = make_letter(state=State.QUEUED, message={"planned_at": None})
    gone = make_letter(state=State.ACCEPTED)
    assert date_format(timezone.localtime(at), "SHORT_DATETIME_FORMAT") in _page(keeper, placed)
    assert "It has no time yet" in _page(keeper, unplaced)
    assert "It has no time yet" not in _page(keeper, gone)


def test_a_held_letter_says_why_and_leads_to_the_decision(keeper: Client) -> None:
    letter = make_letter(state=State.HELD, message={"hold_reasons": ["phone"]})
    page = _page(keeper, letter)
    assert "The person added a telephone number." in page
    assert reverse("held_letters:index") in page


@pytest.mark.parametrize("state", [State.QUEUED, State.FAILED, State.BOUNCED])
def test_a_letter_goes_the_next_way_in_the_end_by_hand(keeper: Client, state: str) -> None:
    letter = make_letter(state=state, message={"routes": ["handoff"]})
    assert "handed over to its writer" in _reroute(keeper, letter)
    assert letter.outbox_message.state == State.NEEDS_HANDOFF
    assert letter.outbox_message.events.filter(reason=DeliveryEvent.Reason.STAFF_REROUTED).exists()


def test_one_that_may_have_arrived_goes_another_way_only_by_who_says_so(keeper: Client) -> None:
    letter = make_letter(state=State.UNCERTAIN)
    assert "may-arrive-another-way" in _page(keeper, letter)
    _reroute(keeper, letter)
    assert letter.outbox_message.state == State.UNCERTAIN
    _reroute(keeper, letter, may_arrive_twice="yes")
    assert letter.outbox_message.state == State.NEEDS_HANDOFF


@pytest.mark.parametrize("state", [State.HELD, State.SENDING, State.ACCEPTED, State.DELIVERED, State.CANCELLED])
def test_no_other_letter_is_rerouted(keeper: Client, state: str) -> None:
    letter = make_letter(state=state)
    assert reverse("letters:reroute", args=[letter.pk]) not in _page(keeper, letter)
    _reroute(keeper, letter)
    assert letter.outbox_message.state == state


def test_only_a_post_by_who_may_change_letters_reroutes() -> None:
    letter = make_letter(state=State.FAILED)
    reader = staff("reader", "view_letter")
    address = reverse("letters:reroute", args=[letter.pk])
    assert address not in _page(reader, letter)
    _reroute(reader, letter)
    assert letter.outbox_message.state == State.FAILED
    assert staff("k2", "view_letter", "change_letter").get(address).status_code == 405
