"""What a drain does with what is due."""

import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail as django_mail
from django.db import OperationalError, connection
from django.utils import timezone
from pytest_django import Settings

from delivery.adapters import mail
from delivery.engine import backoff
from delivery.engine.addressing import OutgoingMail
from delivery.engine.failures import Failure
from delivery.records.messages import DeliveryEvent, OutboxMessage
from delivery.services import claiming, dispatch, moves, outbox, statements
from delivery.services import sending as sending_service
from tests.delivery.fakes import NO_ANSWER, REFUSED, REFUSED_FOR_NOW, SERVICE_AWAY, FakeMailer
from tests.factories.delivery import make_draft, make_message

State = OutboxMessage.State
Reason = DeliveryEvent.Reason
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.database, pytest.mark.usefixtures("sending")]


def _always(failure: Failure) -> Callable[[OutgoingMail], Failure]:
    return lambda _mail: failure


def _drain(mailer: FakeMailer, **options: float) -> dispatch.Drained:
    return dispatch.drain(connect=lambda: mailer, **options)  # type: ignore[arg-type]


def _states() -> list[str]:
    return sorted(OutboxMessage.objects.values_list("state", flat=True))


def _last_event(message: OutboxMessage) -> tuple[str, str, str]:
    return _history(message)[-1]


def _history(message: OutboxMessage) -> list[tuple[str, str, str]]:
    return list(message.events.values_list("state", "reason", "detail"))


def test_everything_due_is_sent_once_over_one_mailer_and_the_answer_written_down() -> None:
    messages = outbox.enqueue(drafts=[make_draft() for _ in range(45)])
    mailer = FakeMailer()
    drained = _drain(mailer)
    assert sorted(mail_.reference for mail_ in mailer.sent) == sorted(str(message.pk) for message in messages)
    assert (_states(), drained.has_more, mailer.is_closed) == (["accepted"] * 45, False, True)
    first = OutboxMessage.objects.get(pk=messages[0].pk)
    assert first.provider_message_id == f"<{first.pk}@alder-medical.example>"
    assert (first.attempts, first.lease_owner, first.lease_until) == (1, "", None)
    assert list(first.events.values_list("state", flat=True)) == ["queued", "accepted"]
    assert _drain(mailer).by_state == {}


def test_receipts_leave_before_letters_and_from_their_own_address(settings: Settings) -> None:
    outbox.enqueue(drafts=[make_draft(), make_draft(), make_draft(stream="receipt", reply_to_address="")])
    mailer = FakeMailer()
    _drain(mailer)
    assert [settings.RECEIPTS_FROM_ADDRESS in mail_.from_ for mail_ in mailer.sent] == [True, False, False]
    assert [mail_.headers.get("Auto-Submitted") for mail_ in mailer.sent] == ["auto-generated", None, None]


def test_what_is_not_due_waits() -> None:
    make_message(next_attempt_at=timezone.now() + timedelta(minutes=5))
    mailer = FakeMailer()
    _drain(mailer)
    assert (mailer.sent, mailer.opened) == ([], 0)


def test_a_temporary_refusal_is_tried_later_and_says_so() -> None:
    message = make_message()
    _drain(FakeMailer(failure=_always(REFUSED_FOR_NOW)))
    message.refresh_from_db()
    assert (message.state, message.attempts) == (State.QUEUED, 1)
    wait = (message.next_attempt_at - timezone.now()).total_seconds()
    assert 40 < wait < 80
    assert _last_event(message) == ("queued", Reason.REFUSED_FOR_NOW, "SMTP 451")


def test_a_message_refused_at_every_try_is_given_up() -> None:
    message = make_message(attempts=backoff.MAX_ATTEMPTS - 1)
    _drain(FakeMailer(failure=_always(REFUSED_FOR_NOW)))
    message.refresh_from_db()
    assert message.state == State.NEEDS_HANDOFF
    assert _history(message) == [
        ("failed", Reason.GAVE_UP, "SMTP 451"),
        ("needs_handoff", Reason.NEXT_CHANNEL, ""),
    ]


def test_a_permanent_refusal_ends_this_way_at_once_and_holds_up_nobody() -> None:
    bad, good = make_message(), make_message()
    mailer = FakeMailer(failure=lambda mail_: REFUSED if mail_.reference == str(bad.pk) else None)
    _drain(mailer)
    bad.refresh_from_db()
    good.refresh_from_db()
    assert (bad.state, good.state) == (State.NEEDS_HANDOFF, State.ACCEPTED)
    assert _history(bad) == [("failed", Reason.REFUSED, "SMTP 550"), ("needs_handoff", Reason.NEXT_CHANNEL, "")]


def test_a_receipt_that_is_refused_for_good_has_no_other_way() -> None:
    message = make_message(stream="receipt")
    _drain(FakeMailer(failure=_always(REFUSED)))
    message.refresh_from_db()
    assert (message.state, _last_event(message)) == (State.FAILED, ("failed", Reason.REFUSED, "SMTP 550"))


def test_a_service_that_is_away_costs_no_letter_a_try_and_is_asked_once() -> None:
    messages = [make_message() for _ in range(5)]
    mailer = FakeMailer(opening_failure=SERVICE_AWAY)
    drained = _drain(mailer)
    assert (drained.is_service_away, mailer.opened, _states()) == (True, 1, ["queued"] * 5)
    assert set(OutboxMessage.objects.values_list("attempts", flat=True)) == {0}
    assert OutboxMessage.objects.exclude(lease_owner="").count() == 0
    tried = [message for message in messages if message.events.exists()]
    assert [_last_event(message)[1] for message in tried] == [Reason.SERVICE_AWAY]


def test_a_service_that_stays_away_does_not_fill_the_history() -> None:
    message = make_message()
    for _ in range(5):
        OutboxMessage.objects.update(next_attempt_at=timezone.now())
        _drain(FakeMailer(opening_failure=SERVICE_AWAY))
    assert message.events.count() == 1


def test_no_answer_makes_one_letter_uncertain_and_stops_the_rest_for_a_minute() -> None:
    for _ in range(3):
        make_message()
    drained = _drain(FakeMailer(failure=_always(NO_ANSWER)))
    assert (drained.is_service_away, _states()) == (True, ["queued", "queued", "uncertain"])
    mailer = FakeMailer()
    _drain(mailer)
    assert mailer.sent == []
    DeliveryEvent.objects.update(at=timezone.now() - timedelta(seconds=backoff.SERVICE_DELAY_SECONDS + 1))
    _drain(mailer)
    assert _states() == ["accepted", "accepted", "uncertain"]


def test_an_uncertain_letter_is_never_sent_again_by_itself() -> None:
    make_message(state=State.UNCERTAIN)
    mailer = FakeMailer()
    _drain(mailer)
    assert (mailer.sent, _states()) == ([], ["uncertain"])


def test_a_slice_that_is_over_gives_back_what_it_has_not_sent(no_queue: list[str]) -> None:
    for _ in range(30):
        make_message()
    drained = _drain(FakeMailer(), slice_seconds=0)
    assert (drained.has_more, _states(), no_queue) == (True, ["queued"] * 30, ["alerts"])
    stops = iter([False, False, False, True, True, True])
    dispatch.drain(connect=FakeMailer, should_stop=lambda: next(stops, True))
    # The first alone, as long as nothing is known of the service, then one group.
    begun = 1 + sending_service.LARGEST_GROUP
    assert _states() == ["accepted"] * begun + ["queued"] * (30 - begun)
    assert OutboxMessage.objects.exclude(lease_owner="").count() == 0


def test_the_intent_is_committed_before_anything_goes_over_the_wire() -> None:
    message = make_message()
    seen: list[tuple[str, bool]] = []

    def look(_mail: OutgoingMail) -> None:
        row = OutboxMessage.objects.get(pk=message.pk)
        assert row.lease_until is not None
        seen.append((row.state, connection.in_atomic_block))

    _drain(FakeMailer(failure=look))
    assert seen == [(State.SENDING, False)]


def test_a_letter_cancelled_after_it_was_claimed_is_not_sent() -> None:
    first, second = make_message(), make_message()

    def cancel_the_other(mail_: OutgoingMail) -> None:
        other = second if mail_.reference == str(first.pk) else first
        outbox.cancel(message_id=other.pk)

    mailer = FakeMailer(failure=cancel_the_other)
    _drain(mailer)
    assert len(mailer.sent) == 1
    assert _states() == ["accepted", "cancelled"]


def test_a_webhook_that_is_quicker_than_the_answer_is_not_overruled() -> None:
    message = make_message()

    def deliver(_mail: OutgoingMail) -> None:
        moves.move(message_id=message.pk, to=State.DELIVERED, lease_owner="", lease_until=None)

    _drain(FakeMailer(failure=deliver))
    message.refresh_from_db()
    assert message.state == State.DELIVERED
    assert message.provider_message_id


def test_an_answer_that_comes_after_the_lease_settles_what_was_uncertain() -> None:
    message = make_message()

    def lose_the_lease(_mail: OutgoingMail) -> None:
        moves.move(message_id=message.pk, to=State.UNCERTAIN, lease_owner="", lease_until=None)

    _drain(FakeMailer(failure=lose_the_lease))
    message.refresh_from_db()
    assert message.state == State.ACCEPTED


def test_a_worker_that_comes_back_late_does_not_speak_for_the_next_one() -> None:
    message = make_message()

    def hand_to_another(_mail: OutgoingMail) -> Failure:
        OutboxMessage.objects.update(lease_owner="another")
        return REFUSED

    _drain(FakeMailer(failure=hand_to_another))
    message.refresh_from_db()
    assert (message.state, message.lease_owner) == (State.SENDING, "another")


def test_a_row_of_which_no_mail_can_be_made_fails_before_the_wire() -> None:
    message = make_message(recipient_address="not an address")
    mailer = FakeMailer()
    _drain(mailer)
    message.refresh_from_db()
    assert (message.state, mailer.sent) == (State.NEEDS_HANDOFF, [])
    assert _history(message)[0] == ("failed", Reason.CANNOT_BE_WRITTEN, "")


@pytest.mark.parametrize(("messages", "statement"), [(1, "accept"), (2, "accept_and_mark")])
def test_an_answer_is_written_down_even_when_the_database_is_busy_for_a_moment(
    monkeypatch: pytest.MonkeyPatch, messages: int, statement: str
) -> None:
    for _ in range(messages):
        make_message()
    calls: list[int] = []
    real = getattr(statements, statement)

    def busy_at_first(*given: Any, **values: Any) -> Any:
        calls.append(1)
        if len(calls) < 3:
            raise OperationalError("database is locked")
        return real(*given, **values)

    monkeypatch.setattr(statements, statement, busy_at_first)
    monkeypatch.setattr("delivery.services.outcomes._PAUSES_SECONDS", (0.0, 0.0, 0.0))
    _drain(FakeMailer())
    assert (_states(), len(calls)) == ([State.ACCEPTED] * messages, 3)


@pytest.mark.parametrize("backend", ["locmem", "console"])
def test_a_mode_that_does_not_send_calls_nothing_sent(settings: Settings, backend: str) -> None:
    settings.DELIVERY_MODE = "capture"
    make_message()
    _drain(FakeMailer())
    assert _states() == ["captured"]


def test_a_backend_that_sends_nothing_makes_nothing_sent_whatever_the_mode(settings: Settings) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    make_message()
    dispatch.drain()
    assert (_states(), len(django_mail.outbox)) == (["captured"], 1)


def test_two_drains_at_once_send_nothing_twice() -> None:
    for _ in range(40):
        make_message()
    mailers = [FakeMailer(), FakeMailer()]
    errors: list[BaseException] = []

    def work(mailer: FakeMailer) -> None:
        try:
            _drain(mailer)
        except BaseException as error:
            errors.append(error)
        finally:
            connection.close()

    if connection.vendor == "sqlite" and connection.is_in_memory_db():
        pytest.skip("an in-memory database has one connection; the suite's file and PostgreSQL run this")
    threads = [threading.Thread(target=work, args=[mailer]) for mailer in mailers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert errors == []
    references = [mail_.reference for mailer in mailers for mail_ in mailer.sent]
    assert len(references) == len(set(references)) == 40
    assert _states() == ["accepted"] * 40


def test_nobody_else_gets_what_is_claimed() -> None:
    for _ in range(3):
        make_message()
    now = timezone.now()
    mine = claiming.claim(owner="a", limit=2, now=now)
    theirs = claiming.claim(owner="b", limit=5, now=now)
    assert (len(mine), len(theirs)) == (2, 1)
    assert not {message.pk for message in mine} & {message.pk for message in theirs}


def test_the_real_mailer_is_what_a_drain_uses() -> None:
    assert dispatch.drain.__kwdefaults__["connect"] is mail.connect
