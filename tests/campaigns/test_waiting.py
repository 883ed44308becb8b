"""Why a letter has not left yet, in one sentence."""

import datetime
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone
from django.utils.formats import date_format
from pytest_django import DjangoAssertNumQueries, Settings

from campaigns.selectors import ledger, waiting
from delivery.records.messages import DeliveryEvent, OutboxMessage
from delivery.records.pacing import PacingRule
from delivery.records.pauses import Pause
from delivery.records.recipients import RecipientRecord
from tests.campaigns.test_board import staff
from tests.factories.letters import CAMPAIGN, make_letter

State = OutboxMessage.State
Reason = Pause.Reason
pytestmark = pytest.mark.django_db
NOW = timezone.now()
OFFICE = {"recipient_key": "official:7", "recipient_domain": "house.example", "campaign_key": CAMPAIGN}


@pytest.fixture(autouse=True)
def paced(settings: Settings) -> None:
    settings.PACE_LETTERS = True


def _letter(state: str = State.QUEUED, **message: Any) -> int:
    return make_letter(state=state, message={**OFFICE, **message}).pk


def _why(number: int) -> str:
    return waiting.reason(ledger.letters().get(pk=number), NOW)


def _shown(at: datetime.datetime) -> str:
    return date_format(timezone.localtime(at), "SHORT_DATETIME_FORMAT")


def _stop(at: datetime.datetime) -> str:
    """At the end of a sentence: "4:39 a.m." takes no second full stop."""
    return _shown(at).removesuffix(".") + "."


@pytest.mark.parametrize(
    ("scope", "key", "words"),
    [
        ("site", "", "Everything is paused by dana until somebody resumes."),
        ("campaign", CAMPAIGN.hex, "Its campaign is paused by dana until somebody resumes."),
        ("recipient", "official:7", "Letters to this office are paused by dana until somebody resumes."),
        ("domain", "house.example", "Letters to this mail domain are paused by dana until somebody resumes."),
    ],
)
def test_a_pause_is_named_with_who_made_it(scope: str, key: str, words: str) -> None:
    Pause.objects.create(scope=scope, key=key, since=NOW, by=User.objects.create_user("dana"))
    assert _why(_letter()) == words
    elsewhere = _letter(recipient_key="official:8", recipient_domain="senate.example", campaign_key=None)
    assert (_why(elsewhere) == words) is (scope == "site")


def test_a_pause_that_is_over_is_not_named() -> None:
    Pause.objects.create(scope="site", since=NOW, until=NOW - datetime.timedelta(minutes=1))
    assert "paused" not in _why(_letter())


def test_a_mailbox_that_refuses_for_now_is_named_unless_somebody_paused_it_as_well() -> None:
    until = NOW + datetime.timedelta(hours=4)
    number = _letter()
    Pause.objects.create(scope="recipient", key="official:7", reason=Reason.SOFT_BOUNCES, since=NOW, until=until)
    assert _why(number) == f"The office’s mailbox refuses mail for now. It is tried again from {_stop(until)}"
    Pause.objects.create(scope="recipient", key="official:7", since=NOW)
    assert _why(number) == "Letters to this office are paused by the staff until somebody resumes."


def test_a_turn_is_named_with_the_limit_that_counts() -> None:
    at = NOW + datetime.timedelta(hours=3)
    number = _letter(next_attempt_at=at, planned_at=NOW)
    assert _why(number).startswith(f"Its turn is at {_stop(at)} Its office gets at most 20 letters an hour, from 8")
    PacingRule.objects.create(campaign_key=CAMPAIGN, official_per_hour=12)
    assert "at most 12 letters an hour" in _why(number)
    RecipientRecord.objects.create(key="official:7", per_hour=3)
    assert "at most 3 letters an hour" in _why(number)


def test_congress_s_own_system_has_no_hours() -> None:
    congress = {"channel": "cwc", "congress": {"office": "HMA05"}, "next_attempt_at": NOW + datetime.timedelta(hours=1)}
    assert _why(_letter(**congress)).endswith("Its office gets at most 20 letters an hour.")


def test_one_without_a_time_and_one_that_is_due_say_so() -> None:
    assert _why(_letter(planned_at=None)).startswith("It has no time yet")
    assert _why(_letter(next_attempt_at=NOW)) == "It is due, and waits for a free worker."


def test_without_pacing_no_limit_is_blamed(settings: Settings) -> None:
    settings.PACE_LETTERS = False
    at = NOW + datetime.timedelta(minutes=5)
    assert _why(_letter(next_attempt_at=at)) == f"It leaves at {_stop(at)}"


def test_one_that_was_refused_for_now_says_why_and_when_it_is_tried_again() -> None:
    at = NOW + datetime.timedelta(minutes=20)
    letter = make_letter(state=State.QUEUED, message={**OFFICE, "attempts": 2, "next_attempt_at": at})
    for minutes, reason in ((9, DeliveryEvent.Reason.REFUSED_FOR_NOW), (4, DeliveryEvent.Reason.SERVICE_AWAY)):
        letter.outbox_message.events.create(
            at=NOW - datetime.timedelta(minutes=minutes), state=State.QUEUED, reason=reason
        )
    why = _why(letter.pk)
    assert why.startswith("Our mail service cannot be used at the moment.")
    assert why.endswith(f"The next try is at {_stop(at)}")


def test_one_that_is_held_or_in_doubt_says_what_is_missing() -> None:
    assert _why(_letter(State.HELD, hold_reasons=["phone"])) == (
        "Somebody on the staff has to decide about it. The person added a telephone number."
    )
    assert "not sent again before that is known" in _why(_letter(State.UNCERTAIN))


@pytest.mark.parametrize("state", [State.ACCEPTED, State.DELIVERED, State.CANCELLED, State.BOUNCED, State.CAPTURED])
def test_one_that_waits_for_nothing_says_nothing(state: str) -> None:
    Pause.objects.create(scope="site", since=NOW)
    assert _why(_letter(state)) == ""


def test_a_page_of_letters_costs_no_more_look_ups_than_one(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for number in range(20):
        _letter(attempts=number % 2, next_attempt_at=NOW + datetime.timedelta(hours=1))
    letters = list(ledger.letters())
    with django_assert_max_num_queries(5):
        assert len(waiting.reasons(letters, NOW)) == 20


def test_the_list_and_the_letter_say_it() -> None:
    number = _letter()
    Pause.objects.create(scope="site", since=NOW, by=User.objects.create_user("dana"))
    client: Client = staff("reader", "view_letter")
    for address in ("/admin/letters/", f"/admin/letters/{number}/"):
        assert "Everything is paused by dana until somebody resumes." in client.get(address).content.decode()
