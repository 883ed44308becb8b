"""Which officials' mail comes back."""

from datetime import timedelta

import pytest
from django.utils import timezone

from campaigns.selectors.bouncing import bouncing_addresses
from delivery.records.messages import DeliveryEvent, OutboxMessage
from legislators.models import ContactOverride
from tests.factories import legislators as make
from tests.factories.letters import make_letter

pytestmark = pytest.mark.django_db
State = OutboxMessage.State


@pytest.fixture
def member():
    return make.member(make.division(), "Bronwyn Lindqvist", email="desk@house.example")


def letter(official, state, days=0, address="desk@house.example"):
    at = timezone.now() - timedelta(days=days)
    made = make_letter(official=official, state=state, message={"recipient_address": address, "state_changed_at": at})
    DeliveryEvent.objects.create(message=made.outbox_message, at=at, state=state)
    return made


def test_returned_letters_are_counted_by_address_with_the_days(member):
    letter(member, State.BOUNCED, days=9)
    letter(member, State.BOUNCED, days=2)
    (row,) = bouncing_addresses()
    assert (row.official, row.address, row.letters, row.is_in_use) == (member, "desk@house.example", 2, True)
    assert row.last_at - row.first_at == timedelta(days=7) or abs((row.last_at - row.first_at).days - 7) <= 1


@pytest.mark.parametrize("state", [State.ACCEPTED, State.DELIVERED, State.CAPTURED, State.UNCERTAIN, State.FAILED])
def test_no_other_letter_counts(member, state):
    letter(member, state)
    assert bouncing_addresses() == []


def test_an_address_that_took_a_letter_since_is_well_again(member):
    letter(member, State.BOUNCED, days=9)
    letter(member, State.DELIVERED, days=20)
    assert len(bouncing_addresses()) == 1
    letter(member, State.DELIVERED, days=1)
    assert bouncing_addresses() == []


def test_an_address_that_was_corrected_since_is_told_apart(member):
    letter(member, State.BOUNCED)
    ContactOverride.objects.create(official=member, email="new@house.example", reason="x", expires_on="2099-01-01")
    (row,) = bouncing_addresses()
    assert not row.is_in_use


def test_somebody_who_left_office_is_left_out(member):
    letter(member, State.BOUNCED)
    member.retired_at = timezone.now() - timedelta(days=1)
    member.save()
    assert bouncing_addresses() == []


def test_hundreds_of_letters_cost_no_more_questions(member, django_assert_max_num_queries):
    for number in range(12):
        letter(member, State.BOUNCED, address=f"desk{number}@house.example")
    with django_assert_max_num_queries(6):
        assert len(bouncing_addresses()) == 12


def test_a_letter_that_went_another_way_since_still_counts(member):
    made = letter(member, State.BOUNCED)
    OutboxMessage.objects.filter(pk=made.outbox_message.pk).update(
        state=State.NEEDS_HANDOFF, channel=OutboxMessage.Channel.HANDOFF
    )
    assert [row.letters for row in bouncing_addresses()] == [1]


def test_a_full_mailbox_is_no_address_that_returns_letters(member):
    made = letter(member, State.QUEUED)
    DeliveryEvent.objects.create(
        message=made.outbox_message,
        at=timezone.now(),
        state=State.BOUNCED,
        reason=DeliveryEvent.Reason.SOFT_BOUNCE,
    )
    assert bouncing_addresses() == []
