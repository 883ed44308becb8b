"""What the threads of one drain have written down together."""

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.utils import timezone

from delivery.adapters.carriers import Answer
from delivery.records.messages import DeliveryEvent, OutboxMessage
from delivery.records.pauses import Pause
from delivery.services import claiming, outcomes, pauses
from delivery.services.desk import Desk
from tests.factories.delivery import make_message

State = OutboxMessage.State
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.database]


@pytest.fixture(autouse=True)
def on_disk(sending: None) -> None:
    if connection.vendor == "sqlite" and connection.is_in_memory_db():
        pytest.skip("an in-memory database has one connection; the suite's file and PostgreSQL run this")


@pytest.fixture
def desk() -> Iterator[Desk]:
    desk = Desk()
    yield desk
    desk.close()


def _claimed(count: int) -> list[OutboxMessage]:
    for number in range(count):
        make_message(recipient_key=f"official:{number}")
    return claiming.claim(owner="a", limit=count, now=timezone.now())


def _answered(messages: Sequence[OutboxMessage]) -> list[tuple[OutboxMessage, Answer]]:
    return [(message, Answer(f"theirs-{message.pk}")) for message in messages]


@pytest.fixture
def held_up(monkeypatch: pytest.MonkeyPatch) -> tuple[threading.Event, threading.Event, list[int]]:
    """The first write has begun; let it go on; how many answers and intents each write held."""
    begun, may_go_on, sizes = threading.Event(), threading.Event(), []
    write = outcomes.step

    def slow(answers: Sequence[tuple[OutboxMessage, Answer]], following: Sequence[OutboxMessage]) -> outcomes.Step:
        sizes.append(len(answers) + len(following))
        begun.set()
        assert may_go_on.wait(10)
        return write(answers, following)

    monkeypatch.setattr(outcomes, "step", slow)
    return begun, may_go_on, sizes


def _wait_for(condition: Callable[[], bool]) -> None:
    until = time.monotonic() + 10
    while not condition():
        assert time.monotonic() < until
        time.sleep(0.005)


def test_who_comes_while_it_writes_shares_the_next_commit_and_gets_what_is_theirs(
    desk: Desk, held_up: tuple[threading.Event, threading.Event, list[int]]
) -> None:
    letters = _claimed(6)
    claiming.mark_sending(letters[:3])
    calls = [
        lambda: desk.step([], [letters[3]]),
        lambda: desk.step(_answered(letters[:2]), [letters[4]]),
        lambda: desk.step(_answered(letters[2:3]), [letters[5]]),
        lambda: desk.step(_answered([]), []),
    ]
    begun, may_go_on, sizes = held_up
    with ThreadPoolExecutor(4) as pool:
        waiting = [pool.submit(calls[0])]
        assert begun.wait(10)
        waiting += [pool.submit(call) for call in calls[1:]]
        _wait_for(lambda: desk._slips.qsize() == 3)
        may_go_on.set()
        steps = [each.result(10) for each in waiting]
    assert sizes == [1, 5]
    assert [len(step.states) for step in steps] == [0, 2, 1, 0]
    assert [step.marked for step in steps] == [{letters[3].pk}, {letters[4].pk}, {letters[5].pk}, frozenset()]
    assert DeliveryEvent.objects.filter(state=State.ACCEPTED).count() == 3
    sent = OutboxMessage.objects.filter(state=State.ACCEPTED)
    assert all(provider_id == f"theirs-{pk}" for pk, provider_id in sent.values_list("pk", "provider_message_id"))


def test_a_pause_keeps_what_it_is_about_and_no_more_of_what_is_written_together(desk: Desk) -> None:
    letters = _claimed(3)
    claiming.mark_sending(letters[:1])
    pauses.pause(scope=Pause.Scope.RECIPIENT, key=letters[1].recipient_key)
    step = desk.step(_answered(letters[:1]), letters[1:])
    assert (list(step.states), step.marked) == (["accepted"], {letters[2].pk})
    states = dict(OutboxMessage.objects.values_list("pk", "state"))
    assert [states[letter.pk] for letter in letters] == [State.ACCEPTED, State.CLAIMED, State.SENDING]


def test_an_error_reaches_everybody_who_waits_and_the_desk_goes_on(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    [letter] = _claimed(1)
    with monkeypatch.context() as patch:

        def fail(*_values: object) -> outcomes.Step:
            raise MemoryError

        patch.setattr(outcomes, "step", fail)
        with pytest.raises(MemoryError):
            desk.step([], [letter])
    assert desk.step([], [letter]).marked == {letter.pk}


def test_a_desk_that_closes_writes_what_has_come_before(
    held_up: tuple[threading.Event, threading.Event, list[int]],
) -> None:
    desk, letters = Desk(), _claimed(2)
    begun, may_go_on, _sizes = held_up
    with ThreadPoolExecutor(3) as pool:
        first = pool.submit(desk.step, [], [letters[0]])
        assert begun.wait(10)
        second = pool.submit(desk.step, [], [letters[1]])
        _wait_for(lambda: desk._slips.qsize() == 1)
        closing = pool.submit(desk.close)
        _wait_for(lambda: desk._slips.qsize() == 2)
        may_go_on.set()
        assert (first.result(10).marked, second.result(10).marked) == ({letters[0].pk}, {letters[1].pk})
        closing.result(10)
    assert not desk._thread.is_alive()
