"""An office's answer reaches the person who wrote: unchanged, once, and read by nobody on the way."""

import base64
import email
import json
import logging
from email.policy import default

import pytest
from django.core import mail as django_mail
from pytest_django import Settings

from delivery.adapters import sealing
from delivery.models import OutboxMessage
from delivery.services import dispatch
from tests.delivery import answers
from tests.delivery.sink import Sink

pytestmark = pytest.mark.django_db
State = OutboxMessage.State


@pytest.fixture(autouse=True)
def _inbound(settings: Settings) -> None:
    answers.configure(settings)


def test_a_letter_asks_for_answers_at_an_address_of_its_own_under_the_persons_name(
    smtp_sink: Sink, settings: Settings
) -> None:
    letter = answers.make_letter(state=State.QUEUED)
    dispatch.drain()
    reply_to = smtp_sink.received[0].message["Reply-To"].addresses[0]
    assert (reply_to.display_name, reply_to.addr_spec) == (letter.sender_name, answers.address_of(letter))

    settings.REPLIES_DOMAIN = ""
    direct = answers.make_letter(state=State.QUEUED)
    receipt = answers.make_letter(state=State.QUEUED, stream="receipt", reply_to_address="")
    dispatch.drain()
    said = {each.recipients[0]: each.message["Reply-To"] for each in smtp_sink.received[1:]}
    assert said[direct.recipient_address].addresses[0].addr_spec == direct.reply_to_address
    assert said[receipt.recipient_address] is None


def test_an_answer_arrives_as_it_was_written(smtp_sink: Sink) -> None:
    letter = answers.make_letter()
    answer = answers.make_answer(letter)
    assert answers.post_raw(letter, answer) == 200
    dispatch.drain()
    [received] = smtp_sink.received
    assert received.recipients == [letter.reply_to_address]
    arrived = received.message
    assert arrived["Subject"] == answer["Subject"]
    assert arrived["Date"] == answer["Date"]
    assert arrived["In-Reply-To"] == answer["In-Reply-To"]
    assert received.content.split(b"\r\n\r\n", 1)[1].rstrip() == answer.as_bytes().split(b"\r\n\r\n", 1)[1].rstrip()
    sent = email.message_from_bytes(answer.as_bytes(), policy=default)
    assert answers.parts(arrived) == answers.parts(sent)  # type: ignore[arg-type]
    assert arrived["From"].addresses[0].addr_spec == "receipts@alder-medical.example"
    assert arrived["From"].addresses[0].display_name.startswith("José Reyes, through")
    assert arrived["Reply-To"].addresses[0].addr_spec == "jose.reyes@legislature.example"
    assert arrived["X-Original-From"] == "José Reyes <jose.reyes@legislature.example>"
    assert "passed on unchanged" in arrived["Comments"]
    assert arrived["Auto-Submitted"] == "auto-generated"
    assert answers.DOMAIN not in received.content.decode()


def test_the_words_of_an_answer_are_in_no_column_but_the_sealed_one_and_gone_once_passed_on(
    smtp_sink: Sink, caplog: pytest.LogCaptureFixture
) -> None:
    letter = answers.make_letter()
    with caplog.at_level(logging.DEBUG):
        answers.post_raw(letter, answers.make_answer(letter))
        relay = answers.relay()
        waiting = str(OutboxMessage.objects.filter(pk=relay.pk).values().get())
        assert answers.SECRET in sealing.unseal(relay.sealed or b"").decode()
        dispatch.drain()
    relay.refresh_from_db()
    assert relay.state == State.ACCEPTED
    assert relay.sealed is None
    # The mail server is the test's own, and tells what it reads.
    logged = "\n".join(record.getMessage() for record in caplog.records if record.name != "mail.log")
    assert "mail that came in: passed on" in logged
    for text in (waiting, logged):
        assert answers.SECRET not in text
        assert "jose.reyes" not in text
        assert "gracias" not in text
        assert base64.b64encode(answers.SECRET.encode()).decode()[:20] not in text


def test_it_is_passed_on_once_however_often_it_is_posted(smtp_sink: Sink) -> None:
    letter = answers.make_letter()
    for number in range(3):
        assert answers.post_raw(letter, answers.make_answer(letter), MessageID=f"post-{number}") == 200
    dispatch.drain()
    answers.post_raw(letter, answers.make_answer(letter))
    dispatch.drain()
    assert len(smtp_sink.received) == 1


def test_a_second_answer_is_another_one() -> None:
    letter = answers.make_letter()
    for number in range(2):
        answers.post_raw(
            letter, answers.make_answer(letter, **{"Message-ID": f"<answer-{number}@legislature.example>"})
        )
    assert OutboxMessage.objects.filter(stream="reply").count() == 2


def test_one_mail_to_two_letters_reaches_both_people() -> None:
    first, second = answers.make_letter(), answers.make_letter(reply_to_address="other@clinic.example")
    answer = answers.make_answer(first)
    del answer["To"]
    answer["To"] = f"{answers.address_of(first)}, {answers.address_of(second).upper()}"
    answers.post_raw(first, answer, OriginalRecipient="")
    passed_on = OutboxMessage.objects.filter(stream="reply").values_list("recipient_address", flat=True)
    assert sorted(passed_on) == [first.reply_to_address, "other@clinic.example"]


def test_a_service_that_gives_parts_instead_of_the_mail_loses_none(smtp_sink: Sink) -> None:
    letter = answers.make_letter()
    payload = {
        "FromFull": {"Email": "jose.reyes@legislature.example", "Name": "José Reyes"},
        "ToFull": [{"Email": answers.address_of(letter), "Name": ""}],
        "OriginalRecipient": answers.address_of(letter),
        "Subject": "Re: telehealth – gracias",
        "MessageID": "22c74902-a0c1-4511-804f-341342852c90",
        "Date": "Thu, 5 Nov 2026 11:33:54 -0500",
        "TextBody": f"{answers.SECRET} ¡Gracias!\n",
        "HtmlBody": f"<p>{answers.SECRET}</p>",
        "Headers": [{"Name": "Message-ID", "Value": "<answer-1@legislature.example>"}],
        "Attachments": [
            {
                "Name": "reply.pdf",
                "Content": base64.b64encode(b"%PDF\x00\xff").decode(),
                "ContentType": "application/pdf",
            }
        ],
    }
    assert answers.post("postmark", json.dumps(payload), content_type="application/json") == 200
    dispatch.drain()
    arrived = smtp_sink.received[0].message
    assert arrived["Subject"] == "Re: telehealth – gracias"
    parts = {content_type: content for content_type, _name, content in answers.parts(arrived)}
    assert parts["text/plain"].decode().strip() == f"{answers.SECRET} ¡Gracias!"
    assert parts["text/html"].decode().strip() == f"<p>{answers.SECRET}</p>"
    assert parts["application/pdf"] == b"%PDF\x00\xff"


def test_a_service_that_takes_parts_is_given_all_of_them(settings: Settings) -> None:
    settings.DELIVERY_MODE = "send"
    settings.EMAIL_BACKEND = "tests.delivery.fakes.SendingAnymailBackend"
    letter = answers.make_letter()
    answer = answers.make_answer(letter)
    answer.add_attachment(answers.make_answer(letter), filename="forwarded.eml")
    answers.post_raw(letter, answer)
    dispatch.drain()
    [sent] = django_mail.outbox
    assert answers.SECRET in sent.body
    assert answers.SECRET in sent.alternatives[0][0]  # type: ignore[attr-defined]
    parts = sent.anymail_test_params["attachments"]  # type: ignore[attr-defined]
    assert [(each.mimetype, each.name, each.inline) for each in parts] == [
        ("image/png", "part.png", True),
        ("application/pdf", "reply from José.pdf", False),
        ("application/octet-stream", "forwarded.eml", False),
    ]
    assert parts[0].cid == "seal@office"
    assert parts[1].content == b"%PDF-1.7\r\n\x00\xff"
    assert answers.SECRET in parts[2].content.decode()


def test_mailgun_posts_a_form() -> None:
    letter = answers.make_letter()
    form = {
        "recipient": answers.address_of(letter),
        "sender": "jose.reyes@legislature.example",
        "body-mime": answers.make_answer(letter).as_bytes().decode(),
        **_mailgun_signature(),
    }
    assert answers.post("mailgun", form) == 200
    assert answers.relay().recipient_address == letter.reply_to_address


def test_a_large_form_is_read_whole_and_its_attachments_kept(smtp_sink: Sink, settings: Settings) -> None:
    letter = answers.make_letter()
    answer = answers.make_answer(letter)
    answer.add_attachment(b"\r\n--\x00" * 500_000, maintype="application", subtype="zip", filename="bill.zip")
    form = {"recipient": answers.address_of(letter), "body-mime": answer.as_bytes().decode(), **_mailgun_signature()}
    assert answers.post("mailgun", form) == 200
    dispatch.drain()
    [received] = smtp_sink.received
    assert answers.parts(received.message)[-1] == ("application/zip", "bill.zip", b"\r\n--\x00" * 500_000)


def _mailgun_signature() -> dict[str, str]:
    import hashlib
    import hmac

    stamp, token = "1793000000", "a" * 50
    return {
        "timestamp": stamp,
        "token": token,
        "signature": hmac.new(b"key", f"{stamp}{token}".encode(), hashlib.sha256).hexdigest(),
    }
