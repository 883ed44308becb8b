"""What a report does beside the state of its message: to the mailbox, to what waits for it, to the list of wishes."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.utils import timezone

from delivery.engine.tracking import TrackingReport
from delivery.records.messages import OutboxMessage
from delivery.records.pauses import Pause
from delivery.records.recipients import RecipientRecord, Suppression
from delivery.selectors import bouncing
from delivery.selectors import suppressions as listed
from delivery.services import bounces, checking, tracking
from tests.factories.delivery import make_message

pytestmark = [pytest.mark.django_db, pytest.mark.database]
KEY, ADDRESS = "official:ma-1", "senator@legislature.example"
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def _told(told_of_handoffs: list[UUID]) -> list[UUID]:
    return told_of_handoffs


def _letter(**changes: Any) -> OutboxMessage:
    values = {
        "state": "accepted",
        "recipient_key": KEY,
        "recipient_address": ADDRESS,
        "recipient_name": "Senator One",
        "created_at": timezone.now() - 30 * HOUR,
    }
    return make_message(**{**values, **changes})


def _report(message: OutboxMessage, kind: str, code: str = "", at: datetime | None = None) -> OutboxMessage:
    tracking.record(
        report=TrackingReport(
            kind=kind,
            at=at or timezone.now(),
            source_id=str(uuid4()),
            reference=str(message.pk),
            provider_message_id="",
            code=code,
        )
    )
    message.refresh_from_db()
    return message


def _record() -> RecipientRecord:
    return RecipientRecord.objects.get(key=KEY)


def test_a_hard_bounce_marks_the_mailbox_and_sends_the_letter_the_next_way(told_of_handoffs: list[UUID]) -> None:
    letter = _report(_letter(), "bounced", "bounced 550 5.1.1")
    assert (letter.state, letter.channel) == ("needs_handoff", "handoff")
    assert told_of_handoffs == [letter.pk]
    record = _record()
    assert (record.name, record.failing_address) == ("Senator One", ADDRESS)
    assert bouncing.failing_count() == 1
    assert bouncing.is_failing(recipient_key=KEY, address=ADDRESS.upper())
    assert not bouncing.is_failing(recipient_key=KEY, address="new@legislature.example")


def test_what_waits_for_the_same_mailbox_goes_the_next_way_before_it_leaves() -> None:
    waiting = _letter(state="claimed", lease_owner="me")
    corrected = _letter(state="claimed", lease_owner="me", recipient_address="new@legislature.example")
    _report(_letter(), "bounced", "bounced 550 5.1.1")
    assert checking.let_go(batch=[waiting, corrected]) == [corrected]
    waiting.refresh_from_db()
    assert waiting.state == "needs_handoff"


def test_a_refusal_for_reasons_of_policy_is_not_the_mailboxs_fault() -> None:
    assert _report(_letter(), "bounced", "bounced 550 5.7.1").state == "needs_handoff"
    assert not RecipientRecord.objects.exists()


def test_a_later_delivery_clears_the_mark_and_an_earlier_one_does_not() -> None:
    now = timezone.now()
    _report(_letter(), "bounced", "bounced 550 5.1.1", at=now - 2 * HOUR)
    _report(_letter(), "delivered", at=now - 3 * HOUR)
    assert _record().failing_since
    _report(_letter(recipient_address="new@legislature.example"), "delivered", at=now - HOUR)
    assert _record().failing_since
    _report(_letter(), "delivered", at=now - HOUR)
    assert _record().failing_since is None
    assert _record().failing_address == ""


def test_a_bounce_that_is_reported_after_a_later_delivery_marks_nothing() -> None:
    now = timezone.now()
    _report(_letter(), "delivered", at=now - HOUR)
    late = _report(_letter(), "bounced", "bounced 550 5.1.1", at=now - 2 * HOUR)
    assert late.state == "needs_handoff"
    assert bouncing.failing_count() == 0


def test_a_delivery_is_not_undone_by_what_happened_before_it() -> None:
    now = timezone.now()
    letter = _report(_letter(), "delivered", at=now - HOUR)
    assert _report(letter, "bounced", "bounced 550 5.1.1", at=now - 2 * HOUR).state == "delivered"
    assert _report(letter, "soft_bounced", "452 4.2.2").state == "delivered"
    assert _report(letter, "bounced", "bounced 550 5.1.1", at=now).state == "needs_handoff"


def test_a_mailbox_that_keeps_refusing_is_left_alone_for_a_growing_while() -> None:
    other = _letter(recipient_key="official:ma-2")
    expected = [None, 1, 2, 4, 8, 16, 24, 24]
    for hours in expected:
        before = timezone.now()
        _report(_letter(), "deferred", "451 4.7.1")
        pause = Pause.objects.filter(scope="recipient", key=KEY, reason="soft_bounces").first()
        assert (pause is None) == (hours is None)
        if pause is not None and hours is not None:
            assert pause.until is not None
            assert timedelta(0) <= pause.until - before - hours * HOUR < timedelta(minutes=1)
            # What had left before the pause began tells nothing new.
            _report(_letter(), "deferred", "451 4.7.1")
            pause.until = timezone.now()
            pause.save()
    assert not Pause.objects.about(other, timezone.now()).exists()
    assert not Pause.objects.exclude(scope="recipient").exists()
    _report(_letter(), "delivered")
    assert not Pause.objects.exists()
    assert _record().soft_bounces == 0


def test_the_staffs_own_pause_outlives_a_delivery() -> None:
    Pause.objects.create(scope="recipient", key=KEY, reason="staff", since=timezone.now())
    for _ in range(2):
        _report(_letter(), "deferred")
    _report(_letter(), "delivered")
    assert Pause.objects.get().reason == "staff"


def test_a_letter_returned_for_now_is_sent_anew_and_after_three_times_another_way() -> None:
    letter = _letter()
    for number in range(1, bounces.MAX_RETURNS):
        letter = _report(letter, "soft_bounced", "452 4.2.2")
        assert (letter.state, letter.channel) == ("queued", "email"), number
        assert letter.next_attempt_at > timezone.now() + timedelta(minutes=59)
        assert letter.planned_at is not None
        letter.state = "accepted"
        letter.save()
    assert _report(letter, "soft_bounced", "452 4.2.2").state == "needs_handoff"
    assert _record().failing_since is None


def test_a_letter_that_waits_again_and_turns_out_to_have_arrived_is_not_sent_twice() -> None:
    letter = _report(_letter(), "soft_bounced", "452 4.2.2")
    assert _report(letter, "delivered").state == "delivered"


@pytest.mark.parametrize("kind", ["complained", "unsubscribed"])
def test_an_office_that_wants_no_mail_gets_its_letters_another_way(kind: str) -> None:
    _report(_letter(), kind)
    assert listed.is_suppressed(ADDRESS, "letter")
    assert Suppression.objects.count() == 1


@pytest.mark.parametrize(
    ("stream", "kind", "code", "expected"),
    [
        ("alert", "complained", "", {"alert"}),
        ("receipt", "complained", "", {"alert", "receipt"}),
        ("reply", "complained", "", {"alert"}),
        ("receipt", "unsubscribed", "", {"alert"}),
        ("alert", "unsubscribed", "", {"alert"}),
        ("receipt", "bounced", "bounced 550 5.1.1", {"alert"}),
        ("alert", "bounced", "bounced 550 5.7.1", set()),
        ("alert", "soft_bounced", "452 4.2.2", set()),
        ("alert", "deferred", "451", set()),
    ],
)
def test_what_a_supporter_gets_no_more_of(stream: str, kind: str, code: str, expected: set[str]) -> None:
    _report(_letter(stream=stream, recipient_key=""), kind, code)
    assert set(Suppression.objects.values_list("stream", flat=True)) == expected
    assert not RecipientRecord.objects.exists()
    assert not Pause.objects.exists()


@pytest.mark.parametrize(("codes", "expected"), [("550 5.1.1", True), ("550", True), ("550 5.7.1", False), ("", False)])
def test_a_refusal_while_we_speak_marks_the_mailbox_only_if_it_is_gone(codes: str, expected: bool) -> None:
    assert bounces.address_failed(message_id=_letter(state="sending").pk, codes=codes) is expected
    assert bouncing.is_failing(recipient_key=KEY, address=ADDRESS) is expected
    receipt = _letter(stream="receipt", state="sending", recipient_key="")
    assert not bounces.address_failed(message_id=receipt.pk, codes=codes)
    assert not bounces.address_failed(message_id=uuid4(), codes=codes)


def test_an_office_without_a_key_is_left_as_it_is() -> None:
    assert _report(_letter(recipient_key=""), "bounced", "bounced 550 5.1.1").state == "needs_handoff"
    _report(_letter(recipient_key=""), "deferred")
    _report(_letter(recipient_key=""), "delivered")
    assert not RecipientRecord.objects.exists()


@pytest.mark.parametrize("years", [-30, 30])
def test_a_clock_that_is_wrong_moves_no_history(years: int) -> None:
    letter = _report(_letter(), "delivered", at=timezone.now() + timedelta(days=365 * years))
    assert abs(letter.events.get().at - timezone.now()) < timedelta(minutes=1)
