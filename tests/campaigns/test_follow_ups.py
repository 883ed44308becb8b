"""What a person is told after their letters: once, in their language, in the transaction that gave the reason."""

import pytest
from django.core import mail
from django.db import transaction
from django.test import Client

from campaigns.models import FollowUp, Letter
from campaigns.services import follow_ups
from delivery.models import OutboxMessage
from tests.factories import home
from tests.factories.letters import make_letter, make_submission

pytestmark = pytest.mark.django_db
State = OutboxMessage.State


def _told() -> list[OutboxMessage]:
    return list(OutboxMessage.objects.filter(dedupe_key__startswith="needs-you:").order_by("created_at"))


def _handed_over(**options: object) -> Letter:
    return make_letter(state=State.NEEDS_HANDOFF, **options)  # type: ignore[arg-type]


def _link(message: OutboxMessage) -> str:
    [line] = [line for line in message.body.splitlines() if "/receipt/" in line]
    return "/" + line.split("/", 3)[3]


def test_one_mail_tells_of_all_letters_of_a_submission_and_leads_to_the_receipt() -> None:
    home.fresh_site()
    home.organisation()
    submission = make_submission()
    letters = [_handed_over(submission=submission) for _ in range(2)]
    follow_ups.tell_of_handoffs(message_ids=[letter.outbox_message_id for letter in letters])
    [told] = _told()
    assert told.recipient_address == submission.advocate.email
    assert told.stream == OutboxMessage.Stream.RECEIPT
    assert told.subject == "Letters need you"
    assert told.state == State.QUEUED
    for letter in letters:
        assert f"Your letter to {letter.recipient_name}" in told.body
    page = Client().get(_link(told))
    assert page.status_code == 200
    assert "Letters that need you" in page.content.decode()
    assert mail.outbox == []


def test_a_letter_is_told_of_once_however_often_it_is_reported() -> None:
    letter = _handed_over()
    for _ in range(3):
        follow_ups.tell_of_handoffs(message_ids=[letter.outbox_message_id])
    assert len(_told()) == 1
    assert FollowUp.objects.get().outbox_message == _told()[0]


def test_a_letter_that_becomes_one_later_is_told_of_too() -> None:
    submission = make_submission()
    for _ in range(2):
        letter = _handed_over(submission=submission)
        follow_ups.tell_of_handoffs(message_ids=[letter.outbox_message_id])
    assert len(_told()) == 2


def test_what_needs_nobody_tells_nobody() -> None:
    letters = [make_letter(state=state) for state in (State.QUEUED, State.DELIVERED, State.HANDED_OFF)]
    follow_ups.tell_of_handoffs(message_ids=[letter.outbox_message_id for letter in letters])
    assert _told() == []


def test_two_people_get_a_mail_each_and_neither_reads_of_the_other() -> None:
    letters = [_handed_over(given_name=name) for name in ("Ada", "Bea")]
    follow_ups.tell_of_handoffs(message_ids=[letter.outbox_message_id for letter in letters])
    first, second = _told()
    assert "Ada" in first.body
    assert "Bea" not in first.body
    assert second.recipient_address == letters[1].submission.advocate.email


def test_it_is_written_in_the_language_of_the_form() -> None:
    letter = _handed_over(language="es")
    follow_ups.tell_of_handoffs(message_ids=[letter.outbox_message_id])
    [told] = _told()
    assert told.language == "es"
    assert _link(told).startswith("/es/")


def test_a_name_that_looks_like_a_link_is_none_in_the_mail() -> None:
    letter = _handed_over(given_name="Win", family_name="https://evil.example/x")
    follow_ups.tell_of_handoffs(message_ids=[letter.outbox_message_id])
    assert "evil.example" not in _told()[0].body


def test_without_the_callers_transaction_nothing_stays() -> None:
    letter = _handed_over()
    with transaction.atomic():
        follow_ups.tell_of_handoffs(message_ids=[letter.outbox_message_id])
        transaction.set_rollback(True)
    assert _told() == []
    assert not FollowUp.objects.exists()
