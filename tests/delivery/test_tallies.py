"""A large outbox is counted by the clock, a small one at once; the board says of which moment its figures are."""

import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from delivery.records.messages import OutboxMessage
from delivery.records.tallies import Tally
from delivery.selectors import board
from delivery.services import tallies
from tests.factories.delivery import make_message

State = OutboxMessage.State
CAMPAIGN = uuid.UUID(int=7)
pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def is_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(board, "LARGE", 2)


def test_a_small_outbox_is_counted_when_somebody_looks() -> None:
    make_message(campaign_key=CAMPAIGN)
    assert not tallies.count()
    make_message(campaign_key=CAMPAIGN, state=State.DELIVERED)
    counted = board.counted()
    assert counted.at is None
    assert counted.by_campaign[CAMPAIGN].by_state == {State.QUEUED: 1, State.DELIVERED: 1}


@pytest.mark.usefixtures("is_large")
def test_a_large_one_shows_what_the_clock_counted_and_when() -> None:
    now = timezone.now()
    for state in (State.QUEUED, State.QUEUED, State.BOUNCED):
        make_message(campaign_key=CAMPAIGN, state=state)
    make_message(stream=OutboxMessage.Stream.RECEIPT)
    assert tallies.count(now=now)
    make_message(campaign_key=CAMPAIGN)
    counted = board.counted(now)
    assert counted.at == now
    assert counted.letters.by_state == board.counted_of(CAMPAIGN).by_state == {State.QUEUED: 2, State.BOUNCED: 1}
    assert counted.other_mail.by_state == {State.QUEUED: 1}
    # What is about to be cancelled is never an old figure.
    assert board.queued_of(CAMPAIGN) == 3


@pytest.mark.usefixtures("is_large")
def test_the_figures_of_a_clock_that_has_stopped_are_not_shown() -> None:
    for _message in range(3):
        make_message()
    tallies.count(now=timezone.now() - timedelta(minutes=5))
    assert board.counted().at is None


@pytest.mark.usefixtures("is_large")
def test_an_outbox_that_was_emptied_leaves_no_figures_behind() -> None:
    for _message in range(3):
        make_message()
    tallies.count()
    tallies.count()
    assert Tally.objects.count() == 1
    OutboxMessage.objects.all().delete()
    tallies.count()
    assert not Tally.objects.exists()
