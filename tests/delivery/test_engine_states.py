"""The table of states, and the delays between tries."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from delivery.engine import backoff, failures, states, tracking
from delivery.engine.failures import Fate
from delivery.records.messages import OutboxMessage

ALL = OutboxMessage.State.values
KINDS = ["queued", "sent", "deferred", "delivered", "complained", "bounced", "rejected", "failed", "opened", "unknown"]


def test_the_table_knows_every_state_of_the_record_and_no_other() -> None:
    assert set(states.NEXT) == set(ALL)
    assert set().union(*states.NEXT.values()) <= set(ALL)
    assert set(ALL) >= states.RETRYABLE | states.CANCELLABLE | states.SETTLED


def test_before_is_the_inverse_of_the_table() -> None:
    for following in ALL:
        assert set(states.before(following)) == {state for state in ALL if states.is_allowed(state, following)}


def test_what_was_captured_or_cancelled_never_becomes_sent() -> None:
    for state in ("captured", "cancelled", "handed_off"):
        assert not states.NEXT[state] & {"sending", "accepted", "delivered", "queued"}
    # What a person is asked to hand over may have arrived as mail before, and is never sent by us.
    assert not states.NEXT["needs_handoff"] & {"sending", "accepted", "queued"}


def test_only_the_wire_leads_to_accepted_or_word_of_an_earlier_try() -> None:
    assert set(states.before("accepted")) == {"sending", "uncertain", "queued", "claimed"}
    for waiting in ("queued", "claimed"):
        assert tracking.state_after(waiting, "sent") == waiting
        assert tracking.state_after(waiting, "sent", was_in_doubt=True) == "accepted"
        assert tracking.state_after(waiting, "bounced", was_in_doubt=True) == waiting


def test_what_went_over_the_wire_cannot_be_cancelled() -> None:
    assert not states.CANCELLABLE & {"sending", "accepted", "delivered", "uncertain"}


@given(st.integers(min_value=-5, max_value=10_000), st.integers())
def test_delays_grow_and_stay_within_bounds(attempts: int, seed: int) -> None:
    delay = backoff.retry_delay_seconds(attempts, jitter=random.Random(seed))
    assert 0.8 * backoff.FIRST_DELAY_SECONDS <= delay <= 1.2 * backoff.LONGEST_DELAY_SECONDS


def test_messages_that_failed_together_do_not_come_back_together() -> None:
    jitter = random.Random(1)
    assert len({backoff.retry_delay_seconds(3, jitter=jitter) for _ in range(50)}) == 50


def test_a_server_that_is_down_for_a_day_and_a_half_is_waited_for() -> None:
    steady = random.Random()
    steady.uniform = lambda _a, _b: 1.0  # type: ignore[method-assign]
    waited = sum(backoff.retry_delay_seconds(n, jitter=steady) for n in range(1, backoff.MAX_ATTEMPTS))
    assert 36 * 3600 < waited < 72 * 3600
    assert backoff.is_last(backoff.MAX_ATTEMPTS)
    assert not backoff.is_last(backoff.MAX_ATTEMPTS - 1)


@pytest.mark.parametrize(
    ("code", "fate", "is_service_wide"),
    [
        (421, Fate.RETRY, True),
        (450, Fate.RETRY, False),
        (451, Fate.RETRY, False),
        (550, Fate.FAILED, False),
        (554, Fate.FAILED, False),
        (250, Fate.UNCERTAIN, False),
        (-1, Fate.UNCERTAIN, False),
    ],
)
def test_smtp_replies(code: int, fate: Fate, is_service_wide: bool) -> None:
    failure = failures.by_smtp_reply(code)
    assert (failure.fate, failure.is_service_wide) == (fate, is_service_wide)


def test_a_refusal_of_our_own_address_gives_up_no_letter() -> None:
    assert failures.by_smtp_reply(550, is_about_sender=True) == failures.Failure(Fate.RETRY, "SMTP 550", True)
    assert failures.by_smtp_reply(552, is_about_sender=True).fate is Fate.FAILED


@pytest.mark.parametrize(
    ("status", "fate"),
    [
        (409, Fate.UNCERTAIN),
        (400, Fate.FAILED),
        (401, Fate.RETRY),
        (422, Fate.FAILED),
        (429, Fate.RETRY),
        (500, Fate.UNCERTAIN),
        (503, Fate.RETRY),
        (504, Fate.UNCERTAIN),
    ],
)
def test_http_statuses(status: int, fate: Fate) -> None:
    assert failures.by_http_status(status).fate is fate


@given(st.lists(st.sampled_from(KINDS), max_size=8), st.sampled_from(ALL))
def test_reports_in_any_order_follow_the_table_and_a_bounce_wins(kinds: list[str], start: str) -> None:
    state = start
    for kind in kinds:
        following = tracking.state_after(state, kind)
        assert following == state or states.is_allowed(state, following)
        # A report seen twice changes nothing the second time.
        assert tracking.state_after(following, kind) == following
        state = following
    if start == "accepted" and "bounced" in kinds and not {"rejected", "failed"} & set(kinds):
        assert state == "bounced"


@pytest.mark.parametrize(
    ("current", "kind", "following"),
    [
        ("accepted", "delivered", "delivered"),
        ("delivered", "sent", "delivered"),
        ("delivered", "bounced", "bounced"),
        ("bounced", "delivered", "bounced"),
        ("uncertain", "sent", "accepted"),
        ("uncertain", "delivered", "delivered"),
        ("sending", "delivered", "delivered"),
        ("queued", "delivered", "delivered"),
        ("queued", "bounced", "queued"),
        ("claimed", "failed", "claimed"),
        ("captured", "delivered", "captured"),
        ("cancelled", "delivered", "cancelled"),
        ("accepted", "opened", "accepted"),
        ("failed", "delivered", "delivered"),
        ("failed", "sent", "failed"),
    ],
)
def test_what_a_report_makes_of_a_state(current: str, kind: str, following: str) -> None:
    assert tracking.state_after(current, kind) == following
