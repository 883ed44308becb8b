"""An office's answer reaches the person who wrote: unchanged, once, and read by nobody on the way."""

import base64
import email
import json
import logging
from datetime import timedelta
from email.message import EmailMessage
from email.policy import SMTP, default
from typing import Any

import pytest
from django.core import mail as django_mail
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from delivery.adapters import sealing
from delivery.engine import return_tokens
from delivery.models import DeliveryEvent, InboundMail, OutboxMessage, Reply
from delivery.services import dispatch, relays, replies
from tests.delivery.sink import Sink
from tests.factories.delivery import make_message

pytestmark = pytest.mark.django_db
State = OutboxMessage.State
DOMAIN = "replies.alder-medical.example"
RETURNS = "returns.alder-medical.example"
SECRET = "Your patient in room 12"


@pytest.fixture(autouse=True)
def _inbound(settings: Settings) -> None:
    settings.REPLIES_DOMAIN, settings.RETURN_PATH_DOMAIN = DOMAIN, RETURNS
    settings.ANYMAIL = {"WEBHOOK_SECRET": "service:sesame", "MAILGUN_API_KEY": "key"}


def _letter(**changes: Any) -> OutboxMessage:
    values = {"state": State.DELIVERED, "recipient_domain": "legislature.example", **changes}
    return make_message(**values)


def _address(letter: OutboxMessage) -> str:
    return return_tokens.address(return_tokens.REPLY, letter.pk, DOMAIN)


def _answer(letter: OutboxMessage, **headers: str) -> EmailMessage:
    """As an office's mail program writes it: text, HTML with a picture, an attachment, letters of other languages."""
    made = EmailMessage(policy=SMTP)
    values = {
        "From": "José Reyes <jose.reyes@legislature.example>",
        "To": _address(letter),
        "Subject": "Re: Please support telehealth parity – gracias",
        "Date": "Thu, 05 Nov 2026 11:33:54 -0500",
        "Message-ID": "<answer-1@legislature.example>",
        "In-Reply-To": f"<{letter.pk}@alder-medical.example>",
        **headers,
    }
    for name, value in values.items():
        made[name] = value
    made.set_content(f"Dear Dr. Quill,\n\nFrom here on: {SECRET}. ¡Gracias!\n>From the office\n", charset="utf-8")
    made.add_alternative(f"<p>Dear Dr. Quill, <b>{SECRET}</b></p>", subtype="html")
    made.get_payload()[1].add_related(b"\x89PNG\r\n\x1a\nseal", "image", "png", cid="<seal@office>")  # type: ignore[index,union-attr]
    made.add_attachment(b"%PDF-1.7\r\n\x00\xff", maintype="application", subtype="pdf", filename="reply from José.pdf")
    return made


def _post(path: str, data: Any, **options: Any) -> int:
    authorization = "Basic " + base64.b64encode(b"service:sesame").decode()
    client = Client(headers={"authorization": authorization})
    return client.post(f"/anymail/{path}/inbound/", data, **options).status_code


def _post_raw(letter: OutboxMessage, answer: EmailMessage, **changes: Any) -> int:
    """Postmark's shape, with the raw mail included."""
    payload = {
        "FromFull": {"Email": "jose.reyes@legislature.example", "Name": "José Reyes"},
        "OriginalRecipient": _address(letter),
        "MessageID": "22c74902-a0c1-4511-804f-341342852c90",
        "RawEmail": answer.as_bytes().decode(),
        "Headers": [{"Name": "Return-Path", "Value": "<jose.reyes@legislature.example>"}],
        **changes,
    }
    return _post("postmark", json.dumps(payload), content_type="application/json")


def _relay() -> OutboxMessage:
    return OutboxMessage.objects.get(stream=OutboxMessage.Stream.REPLY)


def _parts(message: EmailMessage) -> list[tuple[str, str | None, bytes]]:
    return [
        (part.get_content_type(), part.get_filename(), part.get_payload(decode=True))  # type: ignore[misc]
        for part in message.walk()
        if not part.is_multipart()
    ]


def test_a_letter_asks_for_answers_at_an_address_of_its_own_under_the_persons_name(
    smtp_sink: Sink, settings: Settings
) -> None:
    letter = _letter(state=State.QUEUED)
    dispatch.drain()
    reply_to = smtp_sink.received[0].message["Reply-To"].addresses[0]
    assert (reply_to.display_name, reply_to.addr_spec) == (letter.sender_name, _address(letter))

    settings.REPLIES_DOMAIN = ""
    direct = _letter(state=State.QUEUED)
    receipt = _letter(state=State.QUEUED, stream="receipt", reply_to_address="")
    dispatch.drain()
    said = {each.recipients[0]: each.message["Reply-To"] for each in smtp_sink.received[1:]}
    assert said[direct.recipient_address].addresses[0].addr_spec == direct.reply_to_address
    assert said[receipt.recipient_address] is None


def test_an_answer_arrives_as_it_was_written(smtp_sink: Sink) -> None:
    letter = _letter()
    answer = _answer(letter)
    assert _post_raw(letter, answer) == 200
    dispatch.drain()
    [received] = smtp_sink.received
    assert received.recipients == [letter.reply_to_address]
    arrived = received.message
    assert arrived["Subject"] == answer["Subject"]
    assert arrived["Date"] == answer["Date"]
    assert arrived["In-Reply-To"] == answer["In-Reply-To"]
    assert received.content.split(b"\r\n\r\n", 1)[1].rstrip() == answer.as_bytes().split(b"\r\n\r\n", 1)[1].rstrip()
    sent = email.message_from_bytes(answer.as_bytes(), policy=default)
    assert _parts(arrived) == _parts(sent)  # type: ignore[arg-type]
    assert arrived["From"].addresses[0].addr_spec == "receipts@alder-medical.example"
    assert arrived["From"].addresses[0].display_name.startswith("José Reyes, through")
    assert arrived["Reply-To"].addresses[0].addr_spec == "jose.reyes@legislature.example"
    assert arrived["X-Original-From"] == "José Reyes <jose.reyes@legislature.example>"
    assert "passed on unchanged" in arrived["Comments"]
    assert arrived["Auto-Submitted"] == "auto-generated"
    assert DOMAIN not in received.content.decode()


def test_the_words_of_an_answer_are_in_no_column_but_the_sealed_one_and_gone_once_passed_on(
    smtp_sink: Sink, caplog: pytest.LogCaptureFixture
) -> None:
    letter = _letter()
    with caplog.at_level(logging.DEBUG):
        _post_raw(letter, _answer(letter))
        relay = _relay()
        waiting = str(OutboxMessage.objects.filter(pk=relay.pk).values().get())
        assert SECRET in sealing.unseal(relay.sealed or b"").decode()
        dispatch.drain()
    relay.refresh_from_db()
    assert relay.state == State.ACCEPTED
    assert relay.sealed is None
    # The mail server is the test's own, and tells what it reads.
    logged = "\n".join(record.getMessage() for record in caplog.records if record.name != "mail.log")
    assert "mail that came in: passed on" in logged
    for text in (waiting, logged):
        assert SECRET not in text
        assert "jose.reyes" not in text
        assert "gracias" not in text
        assert base64.b64encode(SECRET.encode()).decode()[:20] not in text


def test_it_is_passed_on_once_however_often_it_is_posted(smtp_sink: Sink) -> None:
    letter = _letter()
    for number in range(3):
        assert _post_raw(letter, _answer(letter), MessageID=f"post-{number}") == 200
    dispatch.drain()
    _post_raw(letter, _answer(letter))
    dispatch.drain()
    assert len(smtp_sink.received) == 1


def test_a_second_answer_is_another_one() -> None:
    letter = _letter()
    for number in range(2):
        _post_raw(letter, _answer(letter, **{"Message-ID": f"<answer-{number}@legislature.example>"}))
    assert OutboxMessage.objects.filter(stream="reply").count() == 2


def test_one_mail_to_two_letters_reaches_both_people() -> None:
    first, second = _letter(), _letter(reply_to_address="other@clinic.example")
    answer = _answer(first)
    del answer["To"]
    answer["To"] = f"{_address(first)}, {_address(second).upper()}"
    _post_raw(first, answer, OriginalRecipient="")
    passed_on = OutboxMessage.objects.filter(stream="reply").values_list("recipient_address", flat=True)
    assert sorted(passed_on) == [first.reply_to_address, "other@clinic.example"]


def test_a_service_that_gives_parts_instead_of_the_mail_loses_none(smtp_sink: Sink) -> None:
    letter = _letter()
    payload = {
        "FromFull": {"Email": "jose.reyes@legislature.example", "Name": "José Reyes"},
        "ToFull": [{"Email": _address(letter), "Name": ""}],
        "OriginalRecipient": _address(letter),
        "Subject": "Re: telehealth – gracias",
        "MessageID": "22c74902-a0c1-4511-804f-341342852c90",
        "Date": "Thu, 5 Nov 2026 11:33:54 -0500",
        "TextBody": f"{SECRET} ¡Gracias!\n",
        "HtmlBody": f"<p>{SECRET}</p>",
        "Headers": [{"Name": "Message-ID", "Value": "<answer-1@legislature.example>"}],
        "Attachments": [
            {
                "Name": "reply.pdf",
                "Content": base64.b64encode(b"%PDF\x00\xff").decode(),
                "ContentType": "application/pdf",
            }
        ],
    }
    assert _post("postmark", json.dumps(payload), content_type="application/json") == 200
    dispatch.drain()
    arrived = smtp_sink.received[0].message
    assert arrived["Subject"] == "Re: telehealth – gracias"
    parts = {content_type: content for content_type, _name, content in _parts(arrived)}
    assert parts["text/plain"].decode().strip() == f"{SECRET} ¡Gracias!"
    assert parts["text/html"].decode().strip() == f"<p>{SECRET}</p>"
    assert parts["application/pdf"] == b"%PDF\x00\xff"


def test_a_service_that_takes_parts_is_given_all_of_them(settings: Settings) -> None:
    settings.DELIVERY_MODE = "send"
    settings.EMAIL_BACKEND = "tests.delivery.fakes.SendingAnymailBackend"
    letter = _letter()
    answer = _answer(letter)
    answer.add_attachment(_answer(letter), filename="forwarded.eml")
    _post_raw(letter, answer)
    dispatch.drain()
    [sent] = django_mail.outbox
    assert SECRET in sent.body
    assert SECRET in sent.alternatives[0][0]  # type: ignore[attr-defined]
    parts = sent.anymail_test_params["attachments"]  # type: ignore[attr-defined]
    assert [(each.mimetype, each.name, each.inline) for each in parts] == [
        ("image/png", "part.png", True),
        ("application/pdf", "reply from José.pdf", False),
        ("application/octet-stream", "forwarded.eml", False),
    ]
    assert parts[0].cid == "seal@office"
    assert parts[1].content == b"%PDF-1.7\r\n\x00\xff"
    assert SECRET in parts[2].content.decode()


def test_mailgun_posts_a_form() -> None:
    letter = _letter()
    form = {
        "recipient": _address(letter),
        "sender": "jose.reyes@legislature.example",
        "body-mime": _answer(letter).as_bytes().decode(),
        **_mailgun_signature(),
    }
    assert _post("mailgun", form) == 200
    assert _relay().recipient_address == letter.reply_to_address


def test_a_large_form_is_read_whole_and_its_attachments_kept(smtp_sink: Sink, settings: Settings) -> None:
    letter = _letter()
    answer = _answer(letter)
    answer.add_attachment(b"\r\n--\x00" * 500_000, maintype="application", subtype="zip", filename="bill.zip")
    form = {"recipient": _address(letter), "body-mime": answer.as_bytes().decode(), **_mailgun_signature()}
    assert _post("mailgun", form) == 200
    dispatch.drain()
    [received] = smtp_sink.received
    assert _parts(received.message)[-1] == ("application/zip", "bill.zip", b"\r\n--\x00" * 500_000)


def _mailgun_signature() -> dict[str, str]:
    import hashlib
    import hmac

    stamp, token = "1793000000", "a" * 50
    return {
        "timestamp": stamp,
        "token": token,
        "signature": hmac.new(b"key", f"{stamp}{token}".encode(), hashlib.sha256).hexdigest(),
    }


@pytest.mark.parametrize(
    "recipient",
    ["reply-aaaaaaaaaaaaaaaaaaaaaaaaaa@" + DOMAIN, "reply-nonsense@" + DOMAIN, "info@" + DOMAIN, "", "reply-@@@"],
)
def test_mail_to_nobody_is_taken_dropped_and_counted(recipient: str, caplog: pytest.LogCaptureFixture) -> None:
    letter = _letter()
    answer = _answer(letter)
    del answer["To"]
    with caplog.at_level(logging.INFO):
        assert _post_raw(letter, answer, OriginalRecipient=recipient) == 200
    assert "mail that came in: unknown address" in caplog.text
    assert OutboxMessage.objects.count() == 1


def test_only_letters_are_answered() -> None:
    receipt = _letter(stream="receipt")
    assert _post_raw(receipt, _answer(receipt)) == 200
    assert not OutboxMessage.objects.filter(stream="reply").exists()


@pytest.mark.parametrize(
    "headers",
    [
        {"From": "letters@alder-medical.example"},
        {"From": f"reply-x@{DOMAIN}"},
        {"From": "ada.quill@clinic.example"},
        {"X-Passed-On-By": "Society"},
    ],
)
def test_what_would_go_round_in_circles_stops_here(headers: dict[str, str]) -> None:
    letter = _letter()
    assert _post_raw(letter, _answer(letter, **headers)) == 200
    assert not OutboxMessage.objects.filter(stream="reply").exists()


def test_two_programs_that_answer_each_other_are_stopped() -> None:
    letter = _letter()
    for number in range(replies.MOST_IN_A_DAY + 5):
        _post_raw(letter, _answer(letter, **{"Message-ID": f"<{number}@legislature.example>"}))
    assert OutboxMessage.objects.filter(stream="reply").count() == replies.MOST_IN_A_DAY


@pytest.mark.parametrize("headers", [{"Auto-Submitted": "auto-replied"}, {"Precedence": "auto_reply"}])
def test_an_out_of_office_note_is_passed_on_and_is_no_answer(headers: dict[str, str]) -> None:
    letter = _letter(may_record_reply=True)
    _post_raw(letter, _answer(letter, **headers))
    assert _relay().state == State.QUEUED
    assert Reply.objects.get().is_automatic


def test_an_answer_is_noted_only_where_the_person_agreed() -> None:
    agreed, silent = _letter(may_record_reply=True), _letter()
    for letter in (agreed, silent):
        _post_raw(letter, _answer(letter))
    noted = Reply.objects.get()
    assert noted.letter == agreed
    assert not noted.is_automatic


def test_spam_is_not_passed_on_unless_it_comes_from_the_office_itself() -> None:
    letter = _letter()
    _post_raw(letter, _answer(letter, **{"X-Spam-Status": "Yes", "From": "win@casino.example"}))
    assert not OutboxMessage.objects.filter(stream="reply").exists()
    _post_raw(letter, _answer(letter, **{"X-Spam-Status": "Yes"}))
    assert _relay()


def test_of_an_answer_that_is_too_large_the_person_is_told(settings: Settings) -> None:
    settings.REPLIES_MAX_MEGABYTES = 1
    letter = _letter(may_record_reply=True)
    answer = _answer(letter)
    answer.add_attachment(b"x" * 1_000_000, maintype="application", subtype="pdf", filename="bill.pdf")
    assert _post_raw(letter, answer) == 200
    assert not OutboxMessage.objects.filter(stream="reply").exists()
    notice = OutboxMessage.objects.get(stream="receipt")
    assert notice.recipient_address == letter.reply_to_address
    assert notice.subject == f"{letter.recipient_name} answered you"
    assert "larger than 1 megabyte" in notice.body
    assert SECRET not in notice.body
    assert Reply.objects.count() == 1


def _report(letter: OutboxMessage, action: str, status: str) -> EmailMessage:
    """A mail server's report (RFC 3464)."""
    text = (
        "From: MAILER-DAEMON@mx.legislature.example\r\nSubject: Undelivered Mail\r\n"
        f"To: {return_tokens.address(return_tokens.BOUNCE, letter.pk, RETURNS)}\r\n"
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
    letter = _letter(state=State.ACCEPTED)
    report = _report(letter, action, status)
    for _ in range(2):
        assert _post_raw(letter, report, OriginalRecipient=str(report["To"])) == 200
    letter.refresh_from_db()
    assert letter.state == state
    event = letter.events.get(source_id__startswith="returned:")
    assert event.detail == status
    assert not OutboxMessage.objects.filter(stream="reply").exists()


def test_a_report_that_says_nothing_changes_nothing() -> None:
    letter = _letter(state=State.ACCEPTED)
    report = _report(letter, "nonsense", "x")
    assert _post_raw(letter, report, OriginalRecipient=str(report["To"])) == 200
    assert not DeliveryEvent.objects.exists()


def test_an_answer_that_cannot_be_opened_any_more_fails_and_says_so(settings: Settings, smtp_sink: Sink) -> None:
    letter = _letter()
    _post_raw(letter, _answer(letter))
    settings.SECRET_KEY = "another"
    dispatch.drain()
    assert _relay().state == State.FAILED
    assert smtp_sink.received == []


def test_what_cannot_be_passed_on_is_not_kept_for_ever() -> None:
    letter = _letter()
    _post_raw(letter, _answer(letter))
    assert relays.forget(now=timezone.now() + timedelta(days=29)) == 0
    assert relays.forget(now=timezone.now() + timedelta(days=31)) == 1
    assert _relay().sealed is None
    relays.forget(now=timezone.now() + timedelta(days=91))
    assert not InboundMail.objects.exists()


@pytest.mark.parametrize("raw", ["", "nonsense", "\r\n\r\nno headers", "Subject: =?x?y?z?=\r\nFrom: ,,<\r\n\r\n\xff"])
def test_a_mail_that_is_badly_made_is_passed_on_as_far_as_it_goes(raw: str, smtp_sink: Sink) -> None:
    letter = _letter()
    payload = {"FromFull": {}, "OriginalRecipient": _address(letter), "RawEmail": raw, "MessageID": "1"}
    assert _post("postmark", json.dumps(payload), content_type="application/json") == 200
    dispatch.drain()
    assert [received.recipients for received in smtp_sink.received] == [[letter.reply_to_address]]


def test_a_wrong_secret_is_turned_away() -> None:
    letter = _letter()
    response = Client().post("/anymail/postmark/inbound/", "{}", content_type="application/json")
    assert response.status_code == 403
    assert not InboundMail.objects.exists()
    assert letter.state == State.DELIVERED
