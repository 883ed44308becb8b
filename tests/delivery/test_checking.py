"""What is asked of the rooms above before letters leave, and what comes of their answers."""

import logging

import pytest
from django.utils import timezone
from pytest_django import Settings

from delivery.engine.rulings import Ruling, Verdict
from delivery.records.messages import DeliveryEvent, OutboxMessage
from delivery.services import dispatch
from tests.delivery.fakes import FakeMailer, RoomsAbove
from tests.factories.delivery import make_message

State = OutboxMessage.State
Reason = DeliveryEvent.Reason
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.database, pytest.mark.usefixtures("sending")]


def _drain() -> FakeMailer:
    mailer = FakeMailer()
    dispatch.drain(connect=lambda: mailer)
    return mailer


def _history(message: OutboxMessage) -> list[tuple[str, str]]:
    return list(message.events.values_list("state", "reason"))


def test_one_question_is_asked_for_all_letters_of_a_batch_and_none_for_receipts(rooms_above: RoomsAbove) -> None:
    letters = {make_message().pk for _ in range(5)}
    make_message(stream="receipt")
    assert len(_drain().sent) == 6
    assert [set(asked) for asked in rooms_above.asked] == [letters]


def test_a_letter_goes_to_the_offices_new_address(rooms_above: RoomsAbove) -> None:
    message = make_message()
    rooms_above.rulings[message.pk] = Ruling(Verdict.READDRESS, Reason.ADDRESS_CHANGED, "New@Senate.Example")
    [sent] = _drain().sent
    assert sent.to.endswith("<New@Senate.Example>")
    message.refresh_from_db()
    assert (message.recipient_address, message.recipient_domain) == ("New@Senate.Example", "senate.example")
    assert _history(message) == [("claimed", Reason.ADDRESS_CHANGED), ("accepted", "")]


def test_an_address_that_did_not_change_is_no_event(rooms_above: RoomsAbove) -> None:
    message = make_message()
    rooms_above.rulings[message.pk] = Ruling(Verdict.READDRESS, Reason.ADDRESS_CHANGED, message.recipient_address)
    assert len(_drain().sent) == 1
    assert _history(message) == [("accepted", "")]


def test_a_new_address_that_is_none_sends_the_letter_another_way(rooms_above: RoomsAbove) -> None:
    message = make_message()
    rooms_above.rulings[message.pk] = Ruling(Verdict.READDRESS, Reason.ADDRESS_CHANGED, "not an address")
    assert _drain().sent == []
    message.refresh_from_db()
    assert (message.state, _history(message)) == (State.NEEDS_HANDOFF, [("needs_handoff", Reason.UNUSABLE_ADDRESS)])


def test_a_letter_to_somebody_who_left_is_held_and_never_sent(rooms_above: RoomsAbove) -> None:
    message = make_message()
    rooms_above.rulings[message.pk] = Ruling(Verdict.HOLD, Reason.LEFT_OFFICE)
    assert _drain().sent == []
    message.refresh_from_db()
    assert (message.state, message.lease_owner, message.hold_reasons) == (State.HELD, "", [Reason.LEFT_OFFICE])
    assert _history(message) == [("held", Reason.LEFT_OFFICE)]
    assert _drain().sent == []


def test_an_office_that_takes_no_such_letters_any_more_gets_it_another_way(rooms_above: RoomsAbove) -> None:
    message, other = make_message(), make_message()
    rooms_above.rulings[message.pk] = Ruling(Verdict.NEXT_CHANNEL, Reason.ADDRESS_FAILING)
    [sent] = _drain().sent
    assert sent.reference == str(other.pk)
    message.refresh_from_db()
    assert (message.state, rooms_above.handed_off) == (State.NEEDS_HANDOFF, [message.pk])
    assert _history(message) == [("needs_handoff", Reason.ADDRESS_FAILING)]


def test_letters_that_nobody_can_check_wait_while_receipts_leave(
    rooms_above: RoomsAbove, caplog: pytest.LogCaptureFixture
) -> None:
    message = make_message()
    receipt = make_message(stream="receipt")
    rooms_above.error = LookupError("Senator Poe <poe@senate.example>")
    with caplog.at_level(logging.ERROR):
        [sent] = _drain().sent
    assert sent.reference == str(receipt.pk)
    assert "LookupError" in caplog.text
    assert "poe" not in caplog.text.lower()
    message.refresh_from_db()
    wait = (message.next_attempt_at - timezone.now()).total_seconds()
    assert (message.state, message.lease_owner, 50 < wait <= 60) == (State.QUEUED, "", True)
    rooms_above.error = None
    OutboxMessage.objects.update(next_attempt_at=timezone.now())
    assert len(_drain().sent) == 1


def test_a_letter_of_which_the_check_says_nothing_does_not_leave(
    rooms_above: RoomsAbove, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_message()
    monkeypatch.setattr(RoomsAbove, "rule", lambda _self, *, messages: {})
    assert _drain().sent == []
    assert OutboxMessage.objects.get().state == State.QUEUED


def test_a_check_that_does_not_exist_lets_no_letter_leave(settings: Settings) -> None:
    settings.DELIVERY_RECIPIENT_CHECK = "no.such.check"
    make_message()
    assert _drain().sent == []
