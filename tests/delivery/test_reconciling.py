"""Doubt ends where that is safe: by the same key, by a service's silence about one letter only, or by a report."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from pytest_django import Settings

from delivery.adapters import mail_services
from delivery.engine.tracking import TrackingReport
from delivery.records.messages import DeliveryEvent, OutboxMessage
from delivery.services import claiming, moves, reconciling, tracking
from tests.factories.delivery import make_message

State = OutboxMessage.State
Reason = DeliveryEvent.Reason
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.database]
RESEND = "anymail.backends.resend.EmailBackend"
BREVO = "anymail.backends.brevo.EmailBackend"
POSTMARK = "anymail.backends.postmark.EmailBackend"


@pytest.fixture(autouse=True)
def sending(settings: Settings) -> None:
    settings.DELIVERY_MODE = "send"
    settings.EMAIL_BACKEND = POSTMARK
    settings.UNCERTAIN_RETRY_HOURS = 0.0


def _in_doubt(minutes: float, **changes: Any) -> OutboxMessage:
    since = timezone.now() - timedelta(minutes=minutes)
    return make_message(state=State.UNCERTAIN, state_changed_at=since, in_doubt_since=since, attempts=1, **changes)


def _reported(minutes_ago: float, **changes: Any) -> OutboxMessage:
    """A letter that was accepted then, and on which the service has reported."""
    at = timezone.now() - timedelta(minutes=minutes_ago)
    message = make_message(state=State.DELIVERED, **changes)
    DeliveryEvent.objects.create(message=message, at=at, state=State.ACCEPTED)
    DeliveryEvent.objects.create(message=message, at=at, state=State.DELIVERED, source_id="Postmark:1")
    return message


def _state(message: OutboxMessage) -> str:
    message.refresh_from_db()
    return message.state


def _report(message: OutboxMessage, kind: str = "delivered") -> TrackingReport:
    return TrackingReport(
        kind=kind, at=timezone.now(), source_id="Postmark:9", reference=str(message.pk), provider_message_id="p"
    )


@pytest.mark.parametrize(
    ("backend", "minutes", "reached"),
    [
        (RESEND, 5, State.QUEUED),
        (RESEND, 23 * 60, State.QUEUED),
        (RESEND, 24 * 60, State.UNCERTAIN),
        (RESEND, 0.2, State.UNCERTAIN),
        (BREVO, 5, State.QUEUED),
        (BREVO, 14.5, State.UNCERTAIN),
        (POSTMARK, 5, State.UNCERTAIN),
        ("anymail.backends.amazon_ses.EmailBackend", 5, State.UNCERTAIN),
        ("anymail.backends.mailgun.EmailBackend", 5, State.UNCERTAIN),
        ("delivery.adapters.smtp.SmtpBackend", 5, State.UNCERTAIN),
    ],
)
def test_a_letter_is_tried_again_while_the_service_knows_its_key(
    settings: Settings, no_queue: list[str], backend: str, minutes: float, reached: str
) -> None:
    settings.EMAIL_BACKEND = backend
    message = _in_doubt(minutes)
    settled = reconciling.settle()
    assert _state(message) == reached
    assert (settled.same_key, bool(no_queue)) == ((1, True) if reached == State.QUEUED else (0, False))
    if reached == State.QUEUED:
        window = mail_services.key_window()
        assert window is not None
        assert message.in_doubt_since is not None
        assert message.send_before == message.in_doubt_since + window - reconciling.MARGIN
        assert message.events.get().reason == Reason.SAME_KEY_AGAIN
        assert [taken.pk for taken in claiming.claim(owner="a", limit=5, now=timezone.now())] == [message.pk]


def test_resend_knows_keys_by_smtp_too(settings: Settings) -> None:
    settings.EMAIL_BACKEND, settings.EMAIL_HOST = "delivery.adapters.smtp.SmtpBackend", "smtp.resend.com"
    message = _in_doubt(5)
    reconciling.settle()
    assert _state(message) == State.QUEUED


def test_each_further_try_waits_longer(settings: Settings) -> None:
    settings.EMAIL_BACKEND = RESEND
    message = _in_doubt(5)
    for number in range(4):
        DeliveryEvent.objects.create(
            message=message, at=timezone.now() + timedelta(seconds=number), state="queued", reason="same_key_again"
        )
    reconciling.settle()
    assert _state(message) == State.UNCERTAIN
    reconciling.settle(now=timezone.now() + timedelta(hours=1))
    assert _state(message) == State.QUEUED


def test_what_could_not_leave_in_time_does_not_leave_and_is_in_doubt_again(settings: Settings) -> None:
    settings.EMAIL_BACKEND = BREVO
    message = _in_doubt(5)
    reconciling.settle()
    since = message.in_doubt_since
    later = timezone.now() + timedelta(minutes=10)
    assert claiming.claim(owner="late", limit=5, now=later) == []
    assert reconciling.settle(now=later).expired == 1
    assert _state(message) == State.UNCERTAIN
    last = message.events.last()
    assert last is not None
    assert last.reason == Reason.KEY_EXPIRED
    assert (message.in_doubt_since, message.send_before) == (since, None)


def test_a_letter_claimed_in_time_but_held_up_is_not_sent_after_it(settings: Settings) -> None:
    settings.EMAIL_BACKEND = BREVO
    message = _in_doubt(5)
    reconciling.settle()
    [claimed] = claiming.claim(owner="slow", limit=5, now=timezone.now())
    OutboxMessage.objects.update(send_before=timezone.now() - timedelta(seconds=1))
    assert not claiming.mark_sending([claimed])
    assert _state(message) == State.CLAIMED


def test_the_time_of_a_key_counts_from_the_first_try_without_an_answer() -> None:
    began = timezone.now() - timedelta(minutes=9)
    message = make_message(state=State.SENDING, lease_owner="a", state_changed_at=began)
    moves.move(message_id=message.pk, to=State.UNCERTAIN, lease_owner="")
    message.refresh_from_db()
    assert message.in_doubt_since == began
    moves.move(message_id=message.pk, to=State.QUEUED, send_before=timezone.now() + timedelta(minutes=1))
    OutboxMessage.objects.update(state=State.SENDING, state_changed_at=timezone.now())
    moves.move(message_id=message.pk, to=State.UNCERTAIN)
    message.refresh_from_db()
    assert (message.in_doubt_since, message.send_before) == (began, None)


def test_a_person_may_send_again_when_no_key_helps_any_more() -> None:
    from delivery.services import outbox

    message = _in_doubt(3000)
    outbox.retry(message_id=message.pk)
    assert [taken.pk for taken in claiming.claim(owner="a", limit=5, now=timezone.now())] == [message.pk]


def test_a_letter_on_which_the_service_is_silent_while_it_reports_on_later_ones_is_tried_again(
    settings: Settings,
) -> None:
    settings.UNCERTAIN_RETRY_HOURS = 2.0
    message = _in_doubt(180)
    _reported(100)
    assert reconciling.settle().never_reported == 1
    assert _state(message) == State.QUEUED
    assert (message.events.get().reason, message.send_before) == (Reason.NEVER_REPORTED, None)


def test_without_the_owners_word_it_waits_for_a_person() -> None:
    message = _in_doubt(60 * 24 * 30)
    _reported(100)
    assert reconciling.settle() == reconciling.Settled()
    assert _state(message) == State.UNCERTAIN


def test_before_its_time_is_over_it_waits(settings: Settings) -> None:
    settings.UNCERTAIN_RETRY_HOURS = 2.0
    message = _in_doubt(110)
    _reported(100)
    reconciling.settle()
    assert _state(message) == State.UNCERTAIN


@pytest.mark.parametrize("case", ["none", "earlier", "bounces only", "another stream", "not reported", "this one"])
def test_silence_means_nothing_from_a_service_that_does_not_report_on_later_mail(settings: Settings, case: str) -> None:
    settings.UNCERTAIN_RETRY_HOURS = 2.0
    message = _in_doubt(180)
    if case == "earlier":
        _reported(240)
    elif case == "bounces only":
        DeliveryEvent.objects.filter(message=_reported(100)).exclude(source_id="").update(state=State.BOUNCED)
    elif case == "another stream":
        _reported(100, stream="receipt")
    elif case == "not reported":
        DeliveryEvent.objects.filter(message=_reported(100)).exclude(source_id="").delete()
    elif case == "this one":
        _reported(100)
        DeliveryEvent.objects.create(
            message=message, at=timezone.now(), state=State.ACCEPTED, reason="still_trying", source_id="Postmark:2"
        )
    assert reconciling.settle() == reconciling.Settled()
    assert _state(message) == State.UNCERTAIN


def test_captured_mail_is_never_sent_again_by_itself(settings: Settings) -> None:
    settings.EMAIL_BACKEND, settings.UNCERTAIN_RETRY_HOURS = RESEND, 1.0
    message = _in_doubt(100)
    _reported(10)
    for mode, backend in (("capture", RESEND), ("send", "django.core.mail.backends.locmem.EmailBackend")):
        settings.DELIVERY_MODE, settings.EMAIL_BACKEND = mode, backend
        assert reconciling.settle() == reconciling.Settled()
        assert _state(message) == State.UNCERTAIN


def test_a_report_that_comes_while_the_letter_is_judged_wins(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.EMAIL_BACKEND = RESEND
    message = _in_doubt(5)
    real_move = moves.move

    def report_first(**values: Any) -> bool:
        tracking.record(report=_report(message))
        return real_move(**values)

    monkeypatch.setattr(reconciling.moves, "move", report_first)
    assert reconciling.settle().same_key == 0
    assert _state(message) == State.DELIVERED


@pytest.mark.parametrize(("kind", "reached"), [("delivered", State.DELIVERED), ("sent", State.ACCEPTED)])
def test_a_report_that_comes_after_the_letter_was_put_back_keeps_it_from_leaving(
    settings: Settings, kind: str, reached: str
) -> None:
    settings.EMAIL_BACKEND = RESEND
    message = _in_doubt(5)
    reconciling.settle()
    [claimed] = claiming.claim(owner="a", limit=5, now=timezone.now())
    tracking.record(report=_report(message, kind))
    assert _state(message) == reached
    assert not claiming.mark_sending([claimed])
    assert claiming.claim(owner="b", limit=5, now=timezone.now()) == []


@pytest.mark.parametrize(
    ("chamber", "mode", "reached"),
    [
        ("us_senate", "live", State.QUEUED),
        ("us_senate", "test", State.UNCERTAIN),
        ("us_house", "live", State.UNCERTAIN),
    ],
)
def test_a_chamber_that_knows_a_delivery_id_again_is_asked_again(
    settings: Settings, chamber: str, mode: str, reached: str
) -> None:
    settings.CWC_MODE = mode
    message = _in_doubt(5, channel="cwc", congress={"chamber": chamber})
    reconciling.settle()
    assert _state(message) == reached
