"""From a letter to the office's answer, and to the question whether there was one, as people live through it."""

import base64
import json
from datetime import timedelta
from email.message import EmailMessage
from email.policy import SMTP

import requests
import time_machine
from django.utils import timezone
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from campaigns.models import ReplyReport
from campaigns.services import reply_questions
from delivery.models import OutboxMessage
from delivery.services import sweeping
from tests.delivery.sink import Received, Sink
from tests.journeys.people import Editor, Visitor, report
from tests.journeys.test_publish_to_letters import MARIA

AT_MARIA = "maria.santos@clinic.example"


def _write(editor: Editor) -> None:
    action = editor.action(editor.campaign(), targets=["state_upper", "state_lower"])
    Visitor().visit(action.url).send("letters", **MARIA).send("Send 2 letters")
    sweeping.sweep()


def _mail_to_maria(post_office: Sink, subject: str) -> Received:
    [found] = [
        each for each in post_office.received if each.recipients == [AT_MARIA] and each.message["Subject"] == subject
    ]
    return found


def _answer(letter: Received) -> EmailMessage:
    """What the office's mail program makes when somebody there presses "reply"."""
    made = EmailMessage(policy=SMTP)
    made["From"] = "Inés Quayle <ines.quayle@legislature.alder.example>"
    made["To"] = letter.message["Reply-To"]
    made["Subject"] = f"Re: {letter.message['Subject']}"
    made["Message-ID"] = "<thanks-1@legislature.alder.example>"
    made["In-Reply-To"] = letter.message["Message-ID"]
    made.set_content("Dear Dr. Santos,\n\nI will vote for it. ¡Gracias!\n", charset="utf-8")
    made.add_alternative("<p>I will vote <b>for</b> it.</p>", subtype="html")
    made.add_attachment(b"%PDF-1.7\x00\xff", maintype="application", subtype="pdf", filename="the bill.pdf")
    return made


def test_two_weeks_later_a_click_says_whether_they_replied(
    alder: None, editor: Editor, post_office: Sink, redis_away: None
) -> None:
    _write(editor)
    for message in OutboxMessage.objects.filter(state="accepted"):
        report(message, "Delivery")
    # The reports of a mail service carry its own time; the letters left today.
    OutboxMessage.objects.update(state_changed_at=timezone.now())
    assert reply_questions.ask_due() == 0
    with time_machine.travel(timezone.now() + timedelta(days=14, minutes=1)):
        assert reply_questions.ask_due() == 1
        sweeping.sweep()
        asked = _mail_to_maria(post_office, "Did they reply?")
        [link] = [line for line in asked.message.get_content().splitlines() if "/replied/" in line]
        page = Visitor().visit("/" + link.split("/", 3)[3])
        assert page.text.count("Yes, they replied") == 2
        assert not ReplyReport.objects.exists()
        page.send("Yes, they replied : Ines Quayle")
        assert ReplyReport.objects.get().has_replied
        assert page.text.count("Yes, they replied") == 1
        assert "They replied" in page.text


def test_an_answer_posted_to_the_running_server_arrives_as_it_was_written(
    alder: None, editor: Editor, post_office: Sink, redis_away: None, settings: Settings, live_server: LiveServer
) -> None:
    settings.REPLIES_DOMAIN = "replies.alder-medical.example"
    _write(editor)
    [letter] = [each for each in post_office.received if each.recipients == ["ines.quayle@legislature.alder.example"]]
    answer = _answer(letter)
    payload = {
        "FromFull": {"Email": "ines.quayle@legislature.alder.example", "Name": "Inés Quayle"},
        "OriginalRecipient": letter.message["Reply-To"].addresses[0].addr_spec,
        "MessageID": "22c74902-a0c1-4511-804f-341342852c90",
        "RawEmail": answer.as_bytes().decode(),
        "Headers": [],
    }
    for credentials, status in ((b"postmark:guess", 403), (b"postmark:sesame", 200), (b"postmark:sesame", 200)):
        response = requests.post(
            f"{live_server.url}/anymail/postmark/inbound/",
            data=json.dumps(payload),
            headers={
                "Content-Type": "application/json",
                "Authorization": "Basic " + base64.b64encode(credentials).decode(),
            },
            timeout=20,
        )
        assert response.status_code == status
    sweeping.sweep()
    arrived = _mail_to_maria(post_office, str(answer["Subject"]))
    assert arrived.content.split(b"\r\n\r\n", 1)[1] == answer.as_bytes().split(b"\r\n\r\n", 1)[1]
    assert arrived.message["Reply-To"].addresses[0].addr_spec == "ines.quayle@legislature.alder.example"
    relay = OutboxMessage.objects.get(stream="reply")
    assert (relay.state, relay.sealed, relay.subject, relay.body) == ("accepted", None, "", "")
