"""What a mail service reports moves the row: once, in any order, and only if it is to be believed."""

import base64
import json
import uuid
from typing import Any

import pytest
from anymail.signals import AnymailTrackingEvent
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from delivery import receivers
from delivery.engine.tracking import TrackingReport
from delivery.records.messages import DeliveryEvent, OutboxMessage
from delivery.services import tracking
from tests.factories.delivery import make_message

State = OutboxMessage.State
pytestmark = [pytest.mark.django_db, pytest.mark.database]
PATH = "/anymail/postmark/tracking/"


#: No message of ours. Made up once and for all: the workers of a run must agree what the tests are called.
_NOBODY = uuid.UUID("5d0af761-c747-4b80-bf27-28f691284bac")


@pytest.fixture(autouse=True)
def secret(settings: Settings, told_of_handoffs: list[uuid.UUID]) -> None:
    settings.ANYMAIL = {"WEBHOOK_SECRET": "postmark:sesame"}


def _post(payload: dict[str, Any], credentials: str = "postmark:sesame") -> int:
    authorization = "Basic " + base64.b64encode(credentials.encode()).decode()
    response = Client().post(
        PATH, json.dumps(payload), content_type="application/json", headers={"authorization": authorization}
    )
    return response.status_code


def _delivery(message: OutboxMessage, **changes: Any) -> dict[str, Any]:
    """Shaped like Postmark's delivery webhook."""
    return {
        "RecordType": "Delivery",
        "ServerID": 23,
        "MessageStream": "outbound",
        "MessageID": "883953f4-6105-42a2-a16a-77a8eac79483",
        "Recipient": message.recipient_address,
        "Tag": "",
        "DeliveredAt": "2026-11-05T16:33:54Z",
        "Details": f"smtp;250 2.0.0 OK {message.recipient_address} queued",
        "Metadata": {"message": str(message.pk)},
        **changes,
    }


def _bounce(message: OutboxMessage, **changes: Any) -> dict[str, Any]:
    """Shaped like Postmark's bounce webhook."""
    return {
        "RecordType": "Bounce",
        "MessageStream": "outbound",
        "ID": 4323372036854775807,
        "Type": "HardBounce",
        "TypeCode": 1,
        "Name": "Hard bounce",
        "Tag": "",
        "MessageID": "883953f4-6105-42a2-a16a-77a8eac79483",
        "Metadata": {"message": str(message.pk)},
        "ServerID": 23,
        "Description": "The server was unable to deliver your message",
        "Details": f"smtp;550 5.1.1 <{message.recipient_address}>: user unknown",
        "Email": message.recipient_address,
        "From": "letters@alder-medical.example",
        "BouncedAt": "2026-11-05T16:40:00Z",
        "DumpAvailable": True,
        "Inactive": True,
        "CanActivate": True,
        "Subject": "Test subject",
        "Content": "",
        **changes,
    }


@pytest.mark.parametrize("local_part", ["senator289", "289", "first.550.last", "room-421"])
def test_a_number_in_an_address_is_no_code(local_part: str) -> None:
    message = make_message(state=State.ACCEPTED, recipient_address=f"{local_part}@legislature.example")
    assert _post(_delivery(message, Details=f"smtp;250 2.0.0 OK <{message.recipient_address}> queued")) == 200
    assert message.events.get().detail == "250 2.0.0"


def test_a_delivery_moves_the_row_and_enters_its_history() -> None:
    message = make_message(state=State.ACCEPTED)
    assert _post(_delivery(message)) == 200
    message.refresh_from_db()
    assert message.state == State.DELIVERED
    assert message.provider_message_id == "883953f4-6105-42a2-a16a-77a8eac79483"
    event = message.events.get()
    assert (event.state, event.detail) == (State.DELIVERED, "250 2.0.0")


def test_a_bounce_after_the_delivery_wins_and_keeps_no_address() -> None:
    message = make_message(state=State.ACCEPTED)
    _post(_delivery(message))
    _post(_bounce(message))
    message.refresh_from_db()
    assert message.state == State.NEEDS_HANDOFF
    detail = message.events.get(state=State.BOUNCED).detail
    assert "550 5.1.1" in detail
    assert "@" not in detail


def test_a_delivery_that_is_reported_after_the_bounce_changes_nothing() -> None:
    message = make_message(stream="receipt", state=State.ACCEPTED)
    _post(_bounce(message))
    _post(_delivery(message))
    message.refresh_from_db()
    assert message.state == State.BOUNCED
    assert message.events.count() == 2


def test_the_same_report_posted_again_is_written_once() -> None:
    message = make_message(state=State.ACCEPTED)
    for _ in range(3):
        assert _post(_delivery(message)) == 200
        assert _post(_bounce(message)) == 200
    # Delivered, returned, and given to the supporter: each of them once.
    assert [event.state for event in message.events.all()] == [State.DELIVERED, State.BOUNCED, State.NEEDS_HANDOFF]


def test_a_report_settles_what_was_uncertain() -> None:
    message = make_message(state=State.UNCERTAIN)
    _post(_delivery(message))
    message.refresh_from_db()
    assert message.state == State.DELIVERED


def test_the_row_is_found_by_the_services_own_id_too() -> None:
    message = make_message(state=State.ACCEPTED, provider_message_id="883953f4-6105-42a2-a16a-77a8eac79483")
    _post(_delivery(message, Metadata={}))
    message.refresh_from_db()
    assert message.state == State.DELIVERED


@pytest.mark.parametrize("metadata", [{}, {"message": "nonsense"}, {"message": 7}, {"other": "x"}])
def test_a_report_about_no_message_of_ours_is_taken_and_forgotten(metadata: dict[str, Any]) -> None:
    message = make_message(state=State.ACCEPTED)
    assert _post(_delivery(message, Metadata=metadata, MessageID="unknown")) == 200
    assert DeliveryEvent.objects.count() == 0


def test_opens_are_not_watched() -> None:
    message = make_message(state=State.DELIVERED)
    payload = {"RecordType": "Open", "MessageID": "x", "Metadata": {"message": str(message.pk)}, "ReceivedAt": None}
    payload.pop("ReceivedAt")
    assert _post(payload) == 200
    assert message.events.count() == 0


def test_a_complaint_is_a_delivery_with_a_note() -> None:
    message = make_message(state=State.ACCEPTED)
    _post(_bounce(message, RecordType="SpamComplaint", Type="SpamComplaint", ID=9))
    message.refresh_from_db()
    assert message.state == State.DELIVERED
    assert message.events.get().reason == DeliveryEvent.Reason.COMPLAINED


def test_a_wrong_secret_is_turned_away() -> None:
    message = make_message(state=State.ACCEPTED)
    assert _post(_delivery(message), credentials="postmark:guess") == 403
    message.refresh_from_db()
    assert message.state == State.ACCEPTED


@pytest.mark.filterwarnings("ignore::anymail.exceptions.AnymailInsecureWebhookWarning")
def test_without_a_secret_nobody_is_believed(settings: Settings) -> None:
    settings.ANYMAIL = {}
    message = make_message(state=State.ACCEPTED)
    assert _post(_delivery(message)) == 404
    message.refresh_from_db()
    assert message.state == State.ACCEPTED


def _report(message: OutboxMessage, kind: str, source_id: str) -> TrackingReport:
    return TrackingReport(
        kind=kind, at=timezone.now(), source_id=source_id, reference=str(message.pk), provider_message_id=""
    )


@pytest.mark.parametrize("state", [State.CAPTURED, State.CANCELLED])
def test_what_never_left_is_not_delivered_whoever_says_so(state: str) -> None:
    message = make_message(state=state)
    tracking.record(report=_report(message, "delivered", "1"))
    message.refresh_from_db()
    assert message.state == state


def test_a_handoff_has_no_mail_service() -> None:
    message = make_message(channel="handoff", recipient_address="", state=State.NEEDS_HANDOFF)
    assert tracking.record(report=_report(message, "delivered", "1")) is None
    message.refresh_from_db()
    assert message.state == State.NEEDS_HANDOFF


def test_a_delay_is_noted_without_a_change() -> None:
    message = make_message(state=State.ACCEPTED)
    tracking.record(report=_report(message, "deferred", "1"))
    message.refresh_from_db()
    assert message.state == State.ACCEPTED
    assert message.events.get().reason == DeliveryEvent.Reason.STILL_TRYING


@pytest.mark.parametrize(
    "esp_event",
    [
        {"smtp-id": "<{}@alder-medical.example>"},
        {"mail": {"headers": [{"name": "Message-ID", "value": "<{}@alder-medical.example>"}]}},
        {"mail": {"commonHeaders": {"messageId": "<{}@alder-medical.example>"}}},
        {"event-data": {"message": {"headers": {"message-id": "{}@alder-medical.example"}}}},
        {"payload": {"message": {"message_id": "{}@alder-medical.example"}}},
    ],
)
def test_the_row_is_found_by_our_message_id_wherever_the_service_quotes_it(esp_event: dict[str, Any]) -> None:
    message = make_message(state=State.UNCERTAIN)
    quoted = json.loads(json.dumps(esp_event).replace("{}", str(message.pk)))
    event = AnymailTrackingEvent(event_type="delivered", message_id="theirs", esp_event=quoted, metadata={})
    assert tracking.record(report=receivers.read(event, "Some service")) == message
    message.refresh_from_db()
    assert message.state == State.DELIVERED


@pytest.mark.parametrize("quoted", ["", "<7@alder-medical.example>", f"{_NOBODY}", f"<{_NOBODY}@x> <y@z>", 7])
def test_another_message_id_finds_nothing(quoted: object) -> None:
    make_message(state=State.ACCEPTED)
    event = AnymailTrackingEvent(event_type="delivered", message_id=quoted, esp_event=quoted, metadata=None)
    report = receivers.read(event, "Some service")
    assert report.stated_references == ()
    assert tracking.record(report=report) is None


@pytest.mark.parametrize("odd", ["\x00", "\ud800", "x" * 10_000, "x\x00y", {}, ["a"], 7])
def test_what_no_database_can_hold_is_cut_out_of_a_report(odd: object) -> None:
    message = make_message(state=State.ACCEPTED)
    event = AnymailTrackingEvent(
        event_type="deferred",
        event_id=odd,
        message_id=odd,
        timestamp=odd,
        reject_reason=odd,
        mta_response=odd,
        esp_event={"event-data": odd},
        metadata={"message": str(message.pk)},
    )
    assert tracking.record(report=receivers.read(event, "Some service")) == message
    message.refresh_from_db()
    assert len(message.provider_message_id) <= 300
