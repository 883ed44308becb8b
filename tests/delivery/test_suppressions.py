"""Who wants no more mail of a kind gets none, and is named nowhere."""

from uuid import UUID

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings

from delivery.records.messages import OutboxMessage
from delivery.records.recipients import RecipientRecord, Suppression
from delivery.selectors import routes
from delivery.selectors import suppressions as listed
from delivery.services import checking, suppressions
from tests.factories.delivery import make_message

pytestmark = [pytest.mark.django_db, pytest.mark.database]
ADA = "ada.quill@clinic.example"
ALERT, RECEIPT, LETTER = OutboxMessage.Stream.ALERT, OutboxMessage.Stream.RECEIPT, OutboxMessage.Stream.LETTER
UNSUBSCRIBED = Suppression.Reason.UNSUBSCRIBED


def test_one_kind_of_mail_ends_and_the_others_go_on() -> None:
    assert suppressions.suppress(address=ADA, stream=ALERT, reason=UNSUBSCRIBED)
    assert listed.is_suppressed("Ada.Quill@CLINIC.example", ALERT)
    assert not listed.is_suppressed(ADA, RECEIPT)
    assert not listed.is_suppressed("other@clinic.example", ALERT)


def test_asking_twice_is_asking_once() -> None:
    suppressions.suppress(address=ADA, stream=ALERT, reason=UNSUBSCRIBED)
    assert not suppressions.suppress(address=ADA, stream=ALERT, reason=Suppression.Reason.COMPLAINED)
    assert Suppression.objects.get().reason == UNSUBSCRIBED


def test_the_list_holds_no_address() -> None:
    suppressions.suppress(address=ADA, stream=ALERT, reason=UNSUBSCRIBED)
    kept = str(Suppression.objects.values_list().get()).lower()
    assert "ada" not in kept
    assert "clinic" not in kept


def test_a_new_secret_forgets_nobody_while_the_old_one_is_a_fallback(settings: Settings) -> None:
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "old", []
    suppressions.suppress(address=ADA, stream=ALERT, reason=UNSUBSCRIBED)
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "new", ["old"]
    assert listed.is_suppressed(ADA, ALERT)
    assert suppressions.lift(address=ADA) == 1
    assert not listed.is_suppressed(ADA, ALERT)


def test_lifting_may_be_of_one_kind() -> None:
    for stream in (ALERT, RECEIPT):
        suppressions.suppress(address=ADA, stream=stream, reason=UNSUBSCRIBED)
    assert suppressions.lift(address=ADA.upper(), stream=ALERT) == 1
    assert listed.is_suppressed(ADA, RECEIPT)
    assert suppressions.lift(address="nobody@clinic.example") == 0


def test_a_batch_is_asked_about_in_one_query_a_stream(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    suppressions.suppress(address=ADA, stream=ALERT, reason=UNSUBSCRIBED)
    unwanted = make_message(stream=ALERT, recipient_address="Ada.Quill@clinic.example")
    rows = [
        unwanted,
        make_message(stream=ALERT),
        make_message(stream=RECEIPT, recipient_address=ADA),
        *(make_message() for _ in range(3)),
        make_message(channel="handoff", state="needs_handoff", recipient_address=""),
    ]
    with django_assert_num_queries(3):
        assert listed.suppressed_messages(rows) == {unwanted.pk}
    with django_assert_num_queries(0):
        assert listed.suppressed_messages([]) == set()


def test_staff_see_numbers_only() -> None:
    suppressions.suppress(address=ADA, stream=ALERT, reason=UNSUBSCRIBED)
    suppressions.suppress(address="other@clinic.example", stream=ALERT, reason=UNSUBSCRIBED)
    suppressions.suppress(address=ADA, stream=LETTER, reason=Suppression.Reason.COMPLAINED)
    assert listed.counts() == {("alert", "unsubscribed"): 2, ("letter", "complained"): 1}


def _claimed(**changes: object) -> OutboxMessage:
    return make_message(state=OutboxMessage.State.CLAIMED, lease_owner="me", **changes)


def test_what_was_claimed_is_turned_away_when_the_wish_is_younger(told_of_handoffs: list[UUID]) -> None:
    unwanted, wanted = _claimed(stream=ALERT, recipient_address=ADA), _claimed(stream=ALERT)
    letter = _claimed(recipient_address="senator@legislature.example")
    suppressions.suppress(address=ADA, stream=ALERT, reason=UNSUBSCRIBED)
    suppressions.suppress(address=letter.recipient_address, stream=LETTER, reason=Suppression.Reason.COMPLAINED)
    assert checking.let_go(batch=[unwanted, letter, wanted]) == [wanted]
    unwanted.refresh_from_db()
    letter.refresh_from_db()
    assert (unwanted.state, unwanted.lease_owner) == ("suppressed", "")
    assert unwanted.events.get().reason == "suppressed"
    assert (letter.state, letter.channel) == ("needs_handoff", "handoff")
    assert told_of_handoffs == [letter.pk]


def test_letters_to_a_mailbox_that_returns_mail_go_the_next_way(told_of_handoffs: list[UUID]) -> None:
    key, address = "official:ma-1", "senator@legislature.example"
    RecipientRecord.objects.create(key=key, failing_since=timezone.now(), failing_address=address.upper())
    failing = _claimed(recipient_key=key, recipient_address=address)
    corrected = _claimed(recipient_key=key, recipient_address="new@legislature.example")
    another = _claimed(recipient_key="official:ma-2", recipient_address=address)
    nobodys = _claimed(recipient_address=address)
    assert checking.let_go(batch=[failing, corrected, another, nobodys]) == [corrected, another, nobodys]
    failing.refresh_from_db()
    assert failing.state == "needs_handoff"
    assert failing.events.get().reason == "address_failing"


def test_a_row_that_another_worker_took_is_left_to_it() -> None:
    message = _claimed(stream=ALERT, recipient_address=ADA)
    suppressions.suppress(address=ADA, stream=ALERT, reason=UNSUBSCRIBED)
    OutboxMessage.objects.update(lease_owner="another")
    assert checking.let_go(batch=[message]) == []
    message.refresh_from_db()
    assert message.state == "claimed"


@pytest.mark.parametrize(
    ("change", "expected"), [("nothing", ("email", "handoff")), ("failing", ("handoff",)), ("complained", ("handoff",))]
)
def test_a_way_that_fails_is_not_offered_to_the_next_person(change: str, expected: tuple[str, ...]) -> None:
    key, address = "official:ma-1", "senator@legislature.example"
    if change == "failing":
        RecipientRecord.objects.create(key=key, failing_since=timezone.now(), failing_address=address)
    if change == "complained":
        suppressions.suppress(address=address, stream=LETTER, reason=Suppression.Reason.COMPLAINED)
    assert routes.open_routes(wanted=("email", "handoff"), address=address, recipient_key=key) == expected
    new = routes.open_routes(wanted=("email", "handoff"), address="new@legislature.example", recipient_key=key)
    assert new == ("email", "handoff")
