"""A letter to Congress on its whole way: from the draft through the outbox to the chamber, and what may go wrong."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from pytest_django import Settings

from delivery.adapters import mail
from delivery.adapters.cwc import carrier, http
from delivery.engine.cwc import bodies
from delivery.engine.failures import CannotBeComposed
from delivery.records.cwc_offices import CwcOffice
from delivery.records.messages import DeliveryEvent, OutboxMessage
from delivery.services import congress_letters, dispatch, outbox, reconciling
from tests.delivery.cwc.samples import make_content, make_senate_content
from tests.delivery.cwc.server import CwcServer
from tests.delivery.fakes import FakeMailer
from tests.factories.delivery import make_draft, make_message

State = OutboxMessage.State
Reason = DeliveryEvent.Reason
pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture(autouse=True)
def sending(settings: Settings) -> None:
    settings.EMAIL_BACKEND = "delivery.adapters.smtp.SmtpBackend"


@pytest.fixture(autouse=True)
def offices(congress: CwcServer) -> Iterator[None]:
    now = timezone.now()
    CwcOffice.objects.create(code="HMA05", chamber="us_house", seen_at=now)
    CwcOffice.objects.create(code="SMA01", chamber="us_senate", bioguide_id="W000817", seen_at=now)
    return iter(())


def _draft(**changes: Any):
    values = {"routes": ("cwc", "email", "handoff"), "recipient_address": "", "congress": make_content()}
    return make_draft(**{**values, **changes})


def _enqueue(**changes: Any) -> OutboxMessage:
    return outbox.enqueue(drafts=[_draft(**changes)])[0]


def _drain(mailer: FakeMailer | None = None) -> dict[str, int]:
    return dict(dispatch.drain(connect=lambda: mailer or FakeMailer()).by_state)  # type: ignore[arg-type,return-value]


def _again(message: OutboxMessage) -> None:
    """Lets the time pass after which a letter is tried again."""
    OutboxMessage.objects.filter(pk=message.pk).update(next_attempt_at=timezone.now())
    DeliveryEvent.objects.filter(message=message).update(at=timezone.now() - timedelta(hours=1))


def _story(message: OutboxMessage) -> list[tuple[str, str]]:
    return list(message.events.order_by("at", "pk").values_list("state", "reason"))


def _state(message: OutboxMessage) -> str:
    message.refresh_from_db()
    return message.state


@pytest.mark.parametrize(
    ("content", "path"),
    [(make_content(), "/house/v2/message"), (make_senate_content(), "/senate/production-messages/")],
)
def test_a_letter_goes_from_the_draft_to_the_chamber_once(congress: CwcServer, content: Any, path: str) -> None:
    message = _enqueue(congress=content)
    assert (message.channel, message.state, message.routes) == ("cwc", "queued", ["handoff"])
    assert _drain() == {"accepted": 1}
    assert _drain() == {}
    assert [(received.path, received.delivery_id) for received in congress.delivered] == [(path, message.pk.hex)]
    assert congress.delivered[0].text("Constituent/LastName") == "Quill"
    assert _state(message) == "accepted"
    assert message.provider_message_id == message.pk.hex


def test_a_letter_to_congress_and_one_by_mail_leave_in_one_drain(congress: CwcServer) -> None:
    mailer = FakeMailer()
    outbox.enqueue(drafts=[_draft(), make_draft()])
    assert _drain(mailer) == {"accepted": 2}
    assert (len(mailer.sent), len(congress.delivered)) == (1, 1)


def test_the_body_has_no_salutation_signature_name_or_address(congress: CwcServer) -> None:
    text = (
        "Dear Representative Clark,\n\nPlease support the bill.\n\nSincerely,\nDr. Ada Quill\n12 Alder Street\n"
        "Cambridge, MA 02139"
    )
    known = ("Dr. Ada Quill", "12 Alder Street", "Cambridge, MA 02139")
    _enqueue(congress=make_content(statement=bodies.bare(text, *known), own_words=""))
    _drain()
    message = congress.delivered[0].document.decode().partition("<Message>")[2]
    assert "Please support the bill." in message
    assert [word for word in ("Dear", "Sincerely", "Quill", "Alder", "02139") if word in message] == []


# --- Which way is open ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "changes",
    [
        {"CWC_MODE": "off"},
        {"CWC_MODE": "livee"},
        {"CWC_HOUSE_KEY": ""},
        {"CWC_CONTACT_NAME": "Grace"},
        {"CWC_HOUSE_RULES": {"colour": "blue"}},
        {"DELIVERY_MODE": "capture"},
    ],
)
def test_without_keys_or_with_wrong_settings_a_letter_becomes_a_handoff(
    congress: CwcServer, settings: Settings, changes: dict[str, Any]
) -> None:
    for name, value in changes.items():
        setattr(settings, name, value)
    message = _enqueue()
    assert (message.channel, message.state) == ("handoff", "needs_handoff")
    assert _drain() == {}
    assert congress.asked == []


@pytest.mark.parametrize(
    "content", [None, make_content(office="HMA06"), make_content(prefix=""), make_content(own_words="x" * 10_001)]
)
def test_a_letter_that_congress_would_refuse_goes_the_next_way(content: Any) -> None:
    message = _enqueue(congress=content, recipient_address="office@congress.example")
    assert message.channel == "email"


# --- Modes in which nothing is sent -------------------------------------------------------------------------


@pytest.mark.parametrize("mode", ["validate", "test"])
def test_in_any_mode_but_live_a_letter_ends_as_captured_and_never_as_sent(
    congress: CwcServer, settings: Settings, mode: str
) -> None:
    settings.CWC_MODE = mode
    message = _enqueue()
    assert _drain() == {"captured": 1}
    assert _story(message)[-1] == ("captured", Reason.CWC_NOT_LIVE)
    assert congress.delivered == []
    assert all(received.path.startswith("/house-test/") for received in congress.asked)


@pytest.mark.parametrize("changes", [{"CWC_MODE": "off"}, {"CWC_HOUSE_KEY": ""}, {"DELIVERY_MODE": "capture"}])
def test_letters_that_wait_when_it_is_switched_off_become_handoffs(
    congress: CwcServer, settings: Settings, changes: dict[str, Any]
) -> None:
    message = _enqueue()
    for name, value in changes.items():
        setattr(settings, name, value)
    _drain()
    assert _state(message) == "needs_handoff"
    assert ("failed", Reason.CWC_NOT_LIVE) in _story(message)
    assert congress.asked == []


# --- When the answer is missing --------------------------------------------------------------------------------


@pytest.mark.parametrize("trouble", ["hang", "drop", "500", "html"])
def test_a_letter_to_the_senate_without_an_answer_is_tried_again_under_its_id_and_arrives_once(
    congress: CwcServer, monkeypatch: pytest.MonkeyPatch, trouble: str
) -> None:
    monkeypatch.setattr(http, "SILENCE_SECONDS", 0.3)
    message = _enqueue(congress=make_senate_content())
    congress.troubles = [trouble, ""]
    assert _drain() == {"uncertain": 1}
    later = timezone.now() + timedelta(minutes=5)
    assert reconciling.settle(now=later).same_key == 1
    _again(message)
    _drain()
    assert _state(message) == "accepted"
    assert [received.delivery_id for received in congress.asked] == [message.pk.hex] * 2
    assert len(congress.delivered) == 1
    expected = Reason.ACCEPTED_BEFORE if trouble in ("hang", "drop") else ""
    assert _story(message)[-1] == ("accepted", expected)


def test_a_letter_to_the_house_without_an_answer_stays_uncertain_unless_the_house_knows_repeats(
    congress: CwcServer, settings: Settings
) -> None:
    message = _enqueue()
    congress.troubles = ["drop", ""]
    assert _drain() == {"uncertain": 1}
    later = timezone.now() + timedelta(minutes=5)
    assert reconciling.settle(now=later).same_key == 0
    assert (_state(message), len(congress.delivered)) == ("uncertain", 1)
    congress.house_knows_repeats = True
    settings.CWC_HOUSE_RULES = {"knows_repeats": True, "messages_per_second": 1000.0}
    assert reconciling.settle(now=later).same_key == 1
    _again(message)
    _drain()
    assert (_state(message), len(congress.delivered)) == ("accepted", 1)


def test_a_letter_that_certainly_did_not_go_is_tried_again_under_its_id(congress: CwcServer) -> None:
    message = _enqueue()
    congress.troubles = ["503", "429", ""]
    for _try in range(3):
        _drain()
        _again(message)
    assert _state(message) == "accepted"
    assert {received.delivery_id for received in congress.asked} == {message.pk.hex}
    assert (len(congress.asked), len(congress.delivered)) == (3, 1)


def test_a_letter_waits_for_the_end_of_maintenance(congress: CwcServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(carrier, "now", lambda: datetime(2026, 3, 10, 9, 0, tzinfo=UTC))
    message = _enqueue()
    before = timezone.now()
    _drain()
    assert _state(message) == "queued"
    assert _story(message)[-1] == ("queued", Reason.MAINTENANCE)
    assert message.attempts == 0
    assert message.next_attempt_at - before > timedelta(minutes=50)
    assert congress.asked == []


def test_trouble_with_the_house_does_not_stop_the_senate(congress: CwcServer) -> None:
    congress.troubles = ["503", ""]
    first = _enqueue()
    OutboxMessage.objects.filter(pk=first.pk).update(next_attempt_at=timezone.now() - timedelta(minutes=1))
    second, third = _enqueue(congress=make_senate_content()), _enqueue()
    _drain()
    assert (_state(first), _state(second), _state(third)) == ("queued", "accepted", "queued")


# --- Refused for good --------------------------------------------------------------------------------------------


def test_a_letter_that_congress_refuses_becomes_a_handoff_and_says_why(congress: CwcServer, rooms_above: Any) -> None:
    congress.complaints = ["Element City: 'Cambridge' is not valid"]
    message = _enqueue()
    _drain()
    assert _state(message) == "needs_handoff"
    failed = message.events.get(state="failed")
    assert (failed.reason, failed.detail) == (Reason.INVALID_FOR_CHANNEL, "HTTP 400: Element City … is not valid")


def test_an_office_that_leaves_the_list_before_the_letter_goes_gets_none(congress: CwcServer) -> None:
    message = _enqueue()
    CwcOffice.objects.update(is_active=False)
    _drain()
    assert _state(message) == "needs_handoff"
    assert ("failed", Reason.CWC_OFFICE_LEFT) in _story(message)
    assert congress.asked == []


@pytest.mark.parametrize(
    ("stored", "reason"),
    [
        ({**make_content().as_json(), "own_words": "x" * 10_001}, Reason.TOO_LONG),
        ({**make_content().as_json(), "zip_code": "x"}, Reason.INVALID_FOR_CHANNEL),
        ({"office": "HMA05", "chamber": "us_house"}, Reason.INVALID_FOR_CHANNEL),
        ({**make_content().as_json(), "shoe_size": 9}, Reason.INVALID_FOR_CHANNEL),
        ({**make_content().as_json(), "bills": [7]}, Reason.INVALID_FOR_CHANNEL),
        ({**make_content().as_json(), "chamber": "state_upper"}, Reason.CWC_NOT_LIVE),
    ],
)
def test_a_row_that_no_letter_can_be_made_of_says_so(stored: dict[str, Any], reason: str) -> None:
    message = make_message(channel="cwc", congress=stored, recipient_address="")
    with pytest.raises(CannotBeComposed) as caught:
        congress_letters.compose(message)
    assert caught.value.reason == reason
    assert "Quill" not in caught.value.code


# --- After it was accepted ------------------------------------------------------------------------------------------


def _accepted(**changes: Any) -> OutboxMessage:
    message = _enqueue(**changes)
    _drain()
    message.refresh_from_db()
    return message


def test_a_late_refusal_sends_the_letter_another_way_and_is_entered_once(rooms_above: Any) -> None:
    message = _accepted()
    assert congress_letters.reject_late(delivery_id=message.provider_message_id) == "needs_handoff"
    assert congress_letters.reject_late(delivery_id=message.pk.hex.upper()) == "needs_handoff"
    assert _story(message)[-2:] == [("bounced", Reason.REJECTED_LATE), ("needs_handoff", Reason.NEXT_CHANNEL)]


def test_a_late_refusal_is_entered_by_command(capsys: pytest.CaptureFixture[str]) -> None:
    message = _accepted()
    with pytest.raises(CommandError, match="2 of 3"):
        call_command("cwc_rejected", str(message.pk), "0" * 32, "nonsense")
    assert f"{message.pk}: Waits for the supporter" in capsys.readouterr().out
    assert _state(message) == "needs_handoff"


def test_a_letter_that_never_went_by_cwc_cannot_be_refused_late() -> None:
    waiting, by_mail = _enqueue(), make_message(state="accepted")
    DeliveryEvent.objects.create(message=by_mail, at=timezone.now(), state="accepted")
    for message in (waiting, by_mail):
        with pytest.raises(congress_letters.UnknownDelivery):
            congress_letters.reject_late(delivery_id=message.pk.hex)


def _put_back(message: OutboxMessage) -> None:
    OutboxMessage.objects.filter(pk=message.pk).update(
        state="queued", planned_at=timezone.now(), next_attempt_at=timezone.now(), channel="cwc"
    )
    message.refresh_from_db()


def test_a_letter_does_not_go_to_the_same_office_twice_within_72_hours(congress: CwcServer) -> None:
    message = _accepted()
    _put_back(message)
    assert congress_letters.repeat_wait_seconds(message, timezone.now()) > 71 * 3600
    _drain()
    assert ("failed", Reason.TOO_SOON) in _story(message)
    assert (_state(message), len(congress.delivered)) == ("needs_handoff", 1)


def test_a_letter_that_may_go_again_gets_a_new_id_and_keeps_that(congress: CwcServer) -> None:
    message = _accepted()
    message.events.update(at=timezone.now() - timedelta(hours=73))
    _put_back(message)
    assert congress_letters.repeat_wait_seconds(message, timezone.now()) == 0
    congress.troubles = ["503", ""]
    _drain()
    _again(message)
    message.events.filter(state="accepted").update(at=timezone.now() - timedelta(hours=73))
    _drain()
    first, second, third = [received.delivery_id for received in congress.asked]
    assert second == third != first
    assert _state(message) == "accepted"


def test_mail_that_was_accepted_and_came_back_does_not_count_as_a_repeat(congress: CwcServer) -> None:
    message = make_message(channel="cwc", congress=make_content().as_json(), recipient_address="", routes=["handoff"])
    DeliveryEvent.objects.create(message=message, at=timezone.now(), state="accepted", detail="SMTP 250")
    assert _drain() == {"accepted": 1}
    assert congress.delivered[0].delivery_id == message.pk.hex


def test_a_drain_without_keys_sends_mail_as_ever(settings: Settings) -> None:
    settings.CWC_HOUSE_KEY = settings.CWC_SENATE_KEY = ""
    outbox.enqueue(drafts=[make_draft()])
    mailer = FakeMailer()
    assert _drain(mailer) == {"accepted": 1}
    assert mail.is_sending()
