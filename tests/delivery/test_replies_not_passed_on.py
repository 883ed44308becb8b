"""What is not passed on as an office's answer, and what is passed on although it looks odd."""

import email
import json
import logging
from datetime import timedelta
from email.message import EmailMessage
from email.policy import SMTP

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from delivery.engine import return_tokens
from delivery.models import DeliveryEvent, InboundMail, OutboxMessage, Reply
from delivery.services import dispatch, relays, replies
from tests.delivery import answers
from tests.delivery.sink import Sink

pytestmark = pytest.mark.django_db
State = OutboxMessage.State


@pytest.fixture(autouse=True)
def _inbound(settings: Settings) -> None:
    answers.configure(settings)


@pytest.mark.parametrize(
    "recipient",
    [
        "reply-aaaaaaaaaaaaaaaaaaaaaaaaaa@" + answers.DOMAIN,
        "reply-nonsense@" + answers.DOMAIN,
        "info@" + answers.DOMAIN,
        "",
        "reply-@@@",
    ],
)
def test_mail_to_nobody_is_taken_dropped_and_counted(recipient: str, caplog: pytest.LogCaptureFixture) -> None:
    letter = answers.make_letter()
    answer = answers.make_answer(letter)
    del answer["To"]
    with caplog.at_level(logging.INFO):
        assert answers.post_raw(letter, answer, OriginalRecipient=recipient) == 200
    assert "mail that came in: unknown address" in caplog.text
    assert OutboxMessage.objects.count() == 1


def test_only_letters_are_answered() -> None:
    receipt = answers.make_letter(stream="receipt")
    assert answers.post_raw(receipt, answers.make_answer(receipt)) == 200
    assert not OutboxMessage.objects.filter(stream="reply").exists()


@pytest.mark.parametrize(
    "headers",
    [
        {"From": "letters@alder-medical.example"},
        {"From": f"reply-x@{answers.DOMAIN}"},
        {"From": "ada.quill@clinic.example"},
        {"X-Passed-On-By": "Society"},
    ],
)
def test_what_would_go_round_in_circles_stops_here(headers: dict[str, str]) -> None:
    letter = answers.make_letter()
    assert answers.post_raw(letter, answers.make_answer(letter, **headers)) == 200
    assert not OutboxMessage.objects.filter(stream="reply").exists()


def test_two_programs_that_answer_each_other_are_stopped() -> None:
    letter = answers.make_letter()
    for number in range(replies.MOST_IN_A_DAY + 5):
        answers.post_raw(letter, answers.make_answer(letter, **{"Message-ID": f"<{number}@legislature.example>"}))
    assert OutboxMessage.objects.filter(stream="reply").count() == replies.MOST_IN_A_DAY


@pytest.mark.parametrize("headers", [{"Auto-Submitted": "auto-replied"}, {"Precedence": "auto_reply"}])
def test_an_out_of_office_note_is_passed_on_and_is_no_answer(headers: dict[str, str]) -> None:
    letter = answers.make_letter(may_record_reply=True)
    answers.post_raw(letter, answers.make_answer(letter, **headers))
    assert answers.relay().state == State.QUEUED
    assert Reply.objects.get().is_automatic


def test_an_answer_is_noted_only_where_the_person_agreed() -> None:
    agreed, silent = answers.make_letter(may_record_reply=True), answers.make_letter()
    for letter in (agreed, silent):
        answers.post_raw(letter, answers.make_answer(letter))
    noted = Reply.objects.get()
    assert noted.letter == agreed
    assert not noted.is_automatic


def test_spam_is_not_passed_on_unless_it_comes_from_the_office_itself() -> None:
    letter = answers.make_letter()
    answers.post_raw(letter, answers.make_answer(letter, **{"X-Spam-Status": "Yes", "From": "win@casino.example"}))
    assert not OutboxMessage.objects.filter(stream="reply").exists()
    answers.post_raw(letter, answers.make_answer(letter, **{"X-Spam-Status": "Yes"}))
    assert answers.relay()


def test_of_an_answer_that_is_too_large_the_person_is_told(settings: Settings) -> None:
    settings.REPLIES_MAX_MEGABYTES = 1
    letter = answers.make_letter(may_record_reply=True)
    answer = answers.make_answer(letter)
    answer.add_attachment(b"x" * 1_000_000, maintype="application", subtype="pdf", filename="bill.pdf")
    assert answers.post_raw(letter, answer) == 200
    assert not OutboxMessage.objects.filter(stream="reply").exists()
    notice = OutboxMessage.objects.get(stream="receipt")
    assert notice.recipient_address == letter.reply_to_address
    assert notice.subject == f"{letter.recipient_name} answered you"
    assert "larger than 1 megabyte" in notice.body
    assert answers.SECRET not in notice.body
    assert Reply.objects.count() == 1


def _report(letter: OutboxMessage, action: str, status: str) -> EmailMessage:
    """A mail server's report (RFC 3464)."""
    text = (
        "From: MAILER-DAEMON@mx.legislature.example\r\nSubject: Undelivered Mail\r\n"
        f"To: {return_tokens.address(return_tokens.BOUNCE, letter.pk, answers.RETURNS)}\r\n"
        f"Message-ID: <{action}@mx.example>\r\n"
        'MIME-Version: 1.0\r\nContent-Type: multipart/report; report-type=delivery-status; boundary="b"\r\n\r\n'
        "--b\r\nContent-Type: text/plain\r\n\r\nI could not deliver it.\r\n"
        "--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.legislature.example\r\n\r\n"
        f"Final-Recipient: rfc822; {letter.recipient_address}\r\nAction: {action}\r\nStatus: {status}\r\n"
        f"Diagnostic-Code: smtp; 550 <{letter.recipient_address}> unknown\r\n\r\n--b--\r\n"
    )
    return email.message_from_string(text, policy=SMTP)  # type: ignore[return-value]


@pytest.mark.parametrize(
    ("action", "status", "state"),
    [
        ("failed", "5.1.1", State.NEEDS_HANDOFF),
        ("delayed", "4.4.1", State.ACCEPTED),
        ("delivered", "2.0.0", State.DELIVERED),
    ],
)
def test_a_mail_servers_report_moves_the_letter_and_goes_to_nobody(action: str, status: str, state: str) -> None:
    letter = answers.make_letter(state=State.ACCEPTED)
    report = _report(letter, action, status)
    for _ in range(2):
        assert answers.post_raw(letter, report, OriginalRecipient=str(report["To"])) == 200
    letter.refresh_from_db()
    assert letter.state == state
    event = letter.events.get(source_id__startswith="returned:")
    assert event.detail == status
    assert not OutboxMessage.objects.filter(stream="reply").exists()


def test_a_report_that_says_nothing_changes_nothing() -> None:
    letter = answers.make_letter(state=State.ACCEPTED)
    report = _report(letter, "nonsense", "x")
    assert answers.post_raw(letter, report, OriginalRecipient=str(report["To"])) == 200
    assert not DeliveryEvent.objects.exists()


def test_an_answer_that_cannot_be_opened_any_more_fails_and_says_so(settings: Settings, smtp_sink: Sink) -> None:
    letter = answers.make_letter()
    answers.post_raw(letter, answers.make_answer(letter))
    settings.SECRET_KEY = "another"
    dispatch.drain()
    assert answers.relay().state == State.FAILED
    assert smtp_sink.received == []


def test_what_cannot_be_passed_on_is_not_kept_for_ever() -> None:
    letter = answers.make_letter()
    answers.post_raw(letter, answers.make_answer(letter))
    assert relays.forget(now=timezone.now() + timedelta(days=29)) == 0
    assert relays.forget(now=timezone.now() + timedelta(days=31)) == 1
    assert answers.relay().sealed is None
    relays.forget(now=timezone.now() + timedelta(days=91))
    assert not InboundMail.objects.exists()


@pytest.mark.parametrize("raw", ["", "nonsense", "\r\n\r\nno headers", "Subject: =?x?y?z?=\r\nFrom: ,,<\r\n\r\n\xff"])
def test_a_mail_that_is_badly_made_is_passed_on_as_far_as_it_goes(raw: str, smtp_sink: Sink) -> None:
    letter = answers.make_letter()
    payload = {"FromFull": {}, "OriginalRecipient": answers.address_of(letter), "RawEmail": raw, "MessageID": "1"}
    assert answers.post("postmark", json.dumps(payload), content_type="application/json") == 200
    dispatch.drain()
    assert [received.recipients for received in smtp_sink.received] == [[letter.reply_to_address]]


def test_a_wrong_secret_is_turned_away() -> None:
    letter = answers.make_letter()
    response = Client().post("/anymail/postmark/inbound/", "{}", content_type="application/json")
    assert response.status_code == 403
    assert not InboundMail.objects.exists()
    assert letter.state == State.DELIVERED
