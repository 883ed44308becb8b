"""Nothing is lost, and nothing goes twice, when the queue or the mail service is away as somebody writes."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone
from pytest_django import Settings

from campaigns.models import Letter
from delivery.models import OutboxMessage
from delivery.services import sweeping
from tests.delivery.sink import Sink
from tests.journeys.people import Editor, Visitor
from tests.journeys.test_publish_to_letters import MARIA

EVERYBODY = [
    "ines.quayle@legislature.alder.example",
    "maria.santos@clinic.example",
    "marisol.tidewater@legislature.alder.example",
]


def _write(editor: Editor) -> str:
    action = editor.action(editor.campaign(), targets=["state_upper", "state_lower"])
    visitor = Visitor().visit(action.url).send("letters", **MARIA).send("Send 2 letters")
    return str(visitor.response.redirect_chain[-1][0])


def _arrived(post_office: Sink) -> list[str]:
    return sorted(recipient for received in post_office.received for recipient in received.recipients)


def test_letters_written_while_the_queue_is_away_are_kept_and_sent_by_the_clock(
    alder: None, editor: Editor, post_office: Sink, redis_away: None
) -> None:
    receipt = _write(editor)
    assert _arrived(post_office) == []
    assert Letter.objects.count() == 2
    assert Visitor().visit(receipt).text.count("Waiting to be sent") == 2

    assert sweeping.sweep().is_queue_away
    sweeping.sweep()
    assert _arrived(post_office) == EVERYBODY
    assert "Waiting to be sent" not in Visitor().visit(receipt).text


def test_letters_that_the_mail_service_could_not_take_go_once_when_it_is_back(
    alder: None, editor: Editor, post_office: Sink, redis_away: None, settings: Settings
) -> None:
    settings.EMAIL_PORT = 1
    receipt = _write(editor)
    sweeping.sweep()
    assert set(OutboxMessage.objects.values_list("state", flat=True)) == {"queued"}
    assert Visitor().visit(receipt).text.count("Waiting to be sent") == 2

    settings.EMAIL_PORT = post_office.port
    for minutes in (10, 20, 30):
        with time_machine.travel(timezone.now() + timedelta(minutes=minutes)):
            sweeping.sweep()
    assert _arrived(post_office) == EVERYBODY


@pytest.mark.parametrize("reply", ["451 4.7.1 Greylisted, come back later", "452 4.3.1 Mailbox is full for now"])
def test_a_letter_that_was_refused_for_now_goes_once_later(
    alder: None, editor: Editor, post_office: Sink, redis_away: None, reply: str
) -> None:
    post_office.data_reply = reply
    _write(editor)
    sweeping.sweep()
    assert _arrived(post_office) == []
    post_office.data_reply = ""
    for hours in (6, 12):
        with time_machine.travel(timezone.now() + timedelta(hours=hours)):
            sweeping.sweep()
    assert _arrived(post_office) == EVERYBODY
