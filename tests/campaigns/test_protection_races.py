"""Two at once: nothing is counted once for two, confirmed twice, stopped and sent, or put back twice."""

import threading
from collections.abc import Callable

import pytest
from django.db import connections
from django.test import Client

from campaigns.records.protection import Invalidation
from campaigns.records.submissions import Letter, Submission
from campaigns.services import attempts, confirming, invalidations, quarantine
from config.demo import state
from delivery.records.messages import DeliveryEvent, OutboxMessage
from tests.factories import campaigns as make
from tests.factories.letters import make_submission

State = OutboxMessage.State
pytestmark = [pytest.mark.database, pytest.mark.django_db(transaction=True)]


def _at_once(*calls: Callable[[], object]) -> list[object]:
    barrier = threading.Barrier(len(calls))
    results: list[object] = []

    def run(call: Callable[[], object]) -> None:
        try:
            barrier.wait(timeout=20)
            results.append(call())
        except Exception as error:
            results.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=[call]) for call in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert not [result for result in results if isinstance(result, Exception)]
    assert len(results) == len(calls)
    return results


def _waiting(count: int = 1) -> list[Submission]:
    state.build()
    page = make.action_page(confirmation="always")
    for _number in range(count):
        make.send(page, Client())
    return list(Submission.objects.order_by("pk"))


def test_everybody_who_counts_at_once_is_counted() -> None:
    seen = {attempts.NETWORK: "203.0.113.0/24", attempts.PERSON: "ada@clinic.example"}
    _at_once(*[lambda: attempts.count(seen=seen)] * 8)
    found = attempts.count(seen=seen)
    assert (found[attempts.NETWORK].today, found[attempts.PERSON].this_hour) == (9, 9)


def test_a_button_pressed_twice_at_once_releases_once() -> None:
    [waiting] = _waiting()
    _at_once(*[lambda: confirming.confirm(submission_id=waiting.pk)] * 4)
    waiting.refresh_from_db()
    assert waiting.standing == "clear"
    assert DeliveryEvent.objects.filter(reason="released").count() == 2
    assert OutboxMessage.objects.filter(dedupe_key=f"receipt:{waiting.key}").count() == 1


def test_two_forms_of_one_address_confirmed_at_once_send_each_letter_once() -> None:
    first, second = _waiting(2)
    _at_once(
        lambda: confirming.confirm(submission_id=first.pk),
        lambda: quarantine.release(submission_ids=[second.pk]),
    )
    letters = OutboxMessage.objects.filter(stream=OutboxMessage.Stream.LETTER)
    assert letters.filter(state=State.QUEUED).count() == 2
    assert letters.filter(state=State.CANCELLED).count() == 2
    assert Letter.objects.filter(is_pending=False).count() == 2


def test_confirming_and_invalidating_at_once_leave_nothing_on_its_way_that_is_invalid() -> None:
    [waiting] = _waiting()
    _at_once(
        lambda: confirming.confirm(submission_id=waiting.pk),
        lambda: invalidations.invalidate(submission_ids=[waiting.pk], reason="x", user_id=None),
    )
    waiting.refresh_from_db()
    assert waiting.standing == "invalid"
    letters = OutboxMessage.objects.filter(stream=OutboxMessage.Stream.LETTER)
    assert set(letters.values_list("state", flat=True)) == {State.CANCELLED}


def test_taking_back_twice_at_once_puts_back_once() -> None:
    state.build()
    page = make.action_page()
    make.send(page, Client())
    decision = invalidations.invalidate(
        submission_ids=list(Submission.objects.values_list("pk", flat=True)), reason="x", user_id=None
    )
    results = _at_once(*[lambda: invalidations.undo(invalidation_id=decision.pk, user_id=None)] * 3)
    assert sorted(results, key=str) == [None, None, invalidations.Undone(1)]
    assert DeliveryEvent.objects.filter(reason="restored").count() == 2


def test_two_decisions_about_the_same_forms_share_them_out() -> None:
    ids = [make_submission().pk for _number in range(6)]

    def decide() -> int:
        try:
            made = invalidations.invalidate(submission_ids=ids, reason="x", user_id=None)
        except invalidations.NothingToInvalidate:
            return 0
        return made.items.count()

    assert sorted(_at_once(decide, decide), key=str) == [0, 6]
    assert Invalidation.objects.count() == 1
