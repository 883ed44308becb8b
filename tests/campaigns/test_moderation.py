"""Letters that wait for the staff: why they are held, what is shown, and what is decided."""

import datetime
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone
from wagtail.models import ModelLogEntry

from campaigns.engine.composing import LetterTemplate
from campaigns.records.submissions import Letter
from campaigns.selectors import receipts
from campaigns.services.moderation import hold_reasons
from delivery.records.messages import DeliveryEvent, OutboxMessage
from delivery.services import moderation
from tests.campaigns.test_board import staff
from tests.factories.letters import make_letter

State = OutboxMessage.State
Reason = DeliveryEvent.Reason
QUEUE = "/admin/deliveries/held/"
DECIDE = "/admin/deliveries/held/decide/"
pytestmark = pytest.mark.django_db


@pytest.fixture
def keeper() -> Client:
    return staff("keeper", "view_letter", "change_letter")


def _held(*reasons: str, **message: Any) -> Letter:
    return make_letter(state=State.HELD, message={"hold_reasons": list(reasons) or ["link"], **message})


def _state(letter: Letter) -> str:
    letter.outbox_message.refresh_from_db()
    return str(letter.outbox_message.state)


def _decide(client: Client, decision: str, *letters: Letter, **more: str) -> str:
    data = {"decision": decision, "letter": [letter.pk for letter in letters], **more}
    return client.post(DECIDE, data, follow=True).content.decode()


class _Composed:
    """What of a composed letter is looked at."""

    subject = "Please support telehealth"
    letterhead = "Ada Quill\n12 Main Street"
    own_words = "See www.mine.example first."
    body = "Dear Senator,"


@pytest.mark.parametrize(
    ("level", "expected"),
    [("none", ()), ("checked", ("link",)), ("all", ("held_for_review", "link")), ("nonsense", ())],
)
def test_what_is_held_goes_by_what_the_editor_chose(level: str, expected: tuple[str, ...]) -> None:
    letter: Any = _Composed()
    template = LetterTemplate("Please support {campaign}", "Dear {legislator_salutation},")
    assert hold_reasons(moderation=level, letter=letter, template=template, writer="Ada Quill") == expected


def test_the_queue_says_why_in_words_and_marks_what_tripped_the_check(keeper: Client) -> None:
    _held("link", "phone", body="<i>See</i> www.mine.example or call 413-555-0188.")
    page = keeper.get(QUEUE).content.decode()
    assert "The person added a link." in page
    assert "The person added a telephone number." in page
    assert "<mark>www.mine.example</mark>" in page
    assert "<mark>413-555-0188</mark>" in page
    assert "&lt;i&gt;See&lt;/i&gt;" in page
    assert "Vera Lindqvist" in page
    assert "Telehealth parity" in page


def test_what_is_not_a_reason_is_not_marked(keeper: Client) -> None:
    _held("phone", body="See www.mine.example.")
    assert "<mark>" not in keeper.get(QUEUE).content.decode()


def test_one_who_may_only_read_sees_the_queue_and_decides_nothing() -> None:
    reader = staff("reader", "view_letter")
    letter = _held()
    page = reader.get(QUEUE).content.decode()
    assert 'value="approve"' not in page
    reader.post(DECIDE, {"decision": "approve", "letter": letter.pk})
    assert _state(letter) == State.HELD


def test_reading_the_queue_is_on_record(keeper: Client) -> None:
    keeper.get(QUEUE)
    assert ModelLogEntry.objects.get(action="campaigns.list_letters").data == {"held": True}


def test_many_are_approved_at_once_and_wait_for_their_place(keeper: Client) -> None:
    letters = [_held() for _ in range(3)]
    assert "3 letters are approved and wait for their turn." in _decide(keeper, "approve", *letters)
    for letter in letters:
        assert _state(letter) == State.QUEUED
        assert letter.outbox_message.planned_at is None
        assert letter.outbox_message.events.filter(reason=Reason.STAFF_APPROVED).count() == 1
    assert ModelLogEntry.objects.filter(action="campaigns.approve_letters").count() == 3


@pytest.mark.parametrize("reason", ["left_office", "seat_changed"])
def test_what_would_reach_the_wrong_person_cannot_be_approved(keeper: Client, reason: str) -> None:
    letter = _held(reason)
    assert "It cannot be approved" in keeper.get(QUEUE).content.decode()
    assert "1 letter stayed as it was" in _decide(keeper, "approve", letter)
    assert _state(letter) == State.HELD
    assert moderation.approve(message_ids=[letter.outbox_message_id]) == 0


def test_it_is_handed_over_and_by_no_other_way(keeper: Client, settings: Any) -> None:
    told: list[Any] = []
    settings.DELIVERY_AFTER_FALLBACK = "tests.campaigns.test_moderation.remember"
    _TOLD.append(told)
    # The next way would be e-mail, to the very person who must not get it.
    letter = _held("left_office", routes=["cwc", "email", "handoff"])
    assert "1 letter is handed over to its writer." in _decide(keeper, "hand_over", letter)
    assert _state(letter) == State.NEEDS_HANDOFF
    assert letter.outbox_message.channel == OutboxMessage.Channel.HANDOFF
    assert told == [letter.outbox_message_id]


_TOLD: list[list[Any]] = []


def remember(*, message_ids: list[Any]) -> None:
    _TOLD[-1].extend(message_ids)


def test_a_rejection_says_why_in_the_history_and_is_final(keeper: Client) -> None:
    letter = _held()
    assert "Say why before you reject." in _decide(keeper, "reject", letter)
    assert _state(letter) == State.HELD
    assert "1 letter is rejected." in _decide(keeper, "reject", letter, why="abuse")
    assert _state(letter) == State.CANCELLED
    event = letter.outbox_message.events.get(reason=Reason.STAFF_REJECTED)
    assert event.detail == "abuse"
    assert "1 letter stayed as it was" in _decide(keeper, "approve", letter)
    assert _state(letter) == State.CANCELLED
    assert "It insults or threatens" in keeper.get(f"/admin/letters/{letter.pk}/").content.decode()


def test_a_held_letter_is_cancelled(keeper: Client) -> None:
    letter = _held("left_office")
    _decide(keeper, "cancel", letter)
    assert _state(letter) == State.CANCELLED
    assert letter.outbox_message.events.filter(reason=Reason.STAFF_CANCELLED).exists()


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"decision": "approve"},
        {"decision": "send", "letter": "1"},
        {"decision": "approve", "letter": "x"},
        {"decision": "approve", "letter": "9" * 40},
        {"decision": "reject", "letter": "1", "why": "because"},
    ],
)
def test_nonsense_changes_nothing(keeper: Client, data: dict[str, str]) -> None:
    letter = _held()
    assert keeper.post(DECIDE, data).status_code == 302
    assert _state(letter) == State.HELD


def test_only_what_is_held_is_decided_about(keeper: Client) -> None:
    letter = make_letter(state=State.ACCEPTED)
    _decide(keeper, "reject", letter, why="abuse")
    assert _state(letter) == State.ACCEPTED


def test_those_who_wait_longest_come_first_and_a_page_ends(keeper: Client, django_assert_max_num_queries: Any) -> None:
    now = timezone.now()
    for minutes in range(25):
        _held(state_changed_at=now - datetime.timedelta(minutes=minutes), subject=f"Number {minutes}.")
    keeper.get(QUEUE)
    with django_assert_max_num_queries(40):
        page = keeper.get(QUEUE).content.decode()
    assert page.index("Number 24.") < page.index("Number 23.")
    assert "Number 4." not in page
    assert "Number 4." in keeper.get(f"{QUEUE}?p=2").content.decode()


def test_a_token_is_asked_for() -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(User.objects.create_superuser("boss", password="x"))
    letter = _held()
    assert client.post(DECIDE, {"decision": "approve", "letter": letter.pk}).status_code == 403


def test_the_writer_sees_that_the_staff_did_not_send_it(keeper: Client) -> None:
    letter = _held()
    _decide(keeper, "reject", letter, why="other")
    [line] = receipts.receipt(letter.submission).letters
    assert (line.tone, line.headline) == ("bad", "Not sent by our staff")
    assert "decided not to send it" in line.explanation
