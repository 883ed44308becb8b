"""What the staff do to many letters of the ledger at once, and what they are told of it."""

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import ModelLogEntry

from campaigns.records.submissions import Letter
from delivery.records.messages import DeliveryEvent, OutboxMessage
from tests.campaigns.test_board import staff
from tests.factories.letters import make_letter

State = OutboxMessage.State
pytestmark = pytest.mark.django_db
CHOSEN = "/admin/letters/chosen/"


@pytest.fixture
def keeper() -> Client:
    return staff("keeper", "view_letter", "change_letter")


def _post(client: Client, act: str, *letters: Letter, **data: str) -> str:
    values = {"act": act, "letter": [str(letter.pk) for letter in letters], **data}
    return client.post(CHOSEN, values, follow=True).content.decode()


def _do(client: Client, act: str, *letters: Letter, **data: str) -> str:
    return _post(client, act, *letters, is_confirmed="yes", **data)


def _states(*letters: Letter) -> list[str]:
    return [OutboxMessage.objects.get(pk=letter.outbox_message_id).state for letter in letters]


def test_the_list_offers_boxes_and_acts_to_who_may_change_letters_only(keeper: Client) -> None:
    letter = make_letter(state=State.QUEUED)
    box = f'name="letter" value="{letter.pk}"'
    for address in ("/admin/letters/", "/admin/letters/results/"):
        page = keeper.get(address).content.decode()
        assert box in page
        assert CHOSEN in page
    page = staff("reader", "view_letter").get("/admin/letters/").content.decode()
    assert letter.recipient_name in page
    assert box not in page
    assert CHOSEN not in page


def test_first_it_says_how_many_and_changes_nothing(keeper: Client) -> None:
    waiting, gone = [make_letter(state=State.QUEUED) for _each in range(2)], make_letter(state=State.ACCEPTED)
    page = _post(keeper, "cancel", *waiting, gone)
    assert "2 letters can be treated so." in page
    assert "What stays as it is: Accepted by our mail service (1)." in page
    assert 'name="is_confirmed"' in page
    assert _states(*waiting, gone) == [State.QUEUED, State.QUEUED, State.ACCEPTED]


def test_cancelling_says_the_truth_about_those_that_had_left(keeper: Client) -> None:
    waiting = [make_letter(state=State.QUEUED) for _each in range(12)]
    gone = [make_letter(state=state) for state in (State.ACCEPTED, State.ACCEPTED, State.SENDING)]
    said = _do(keeper, "cancel", *waiting, *gone)
    assert "12 letters are cancelled. They were not sent." in said
    assert "3 letters stayed as they were: Being sent (1), Accepted by our mail service (2)." in said
    assert set(_states(*waiting)) == {State.CANCELLED}
    assert _states(*gone) == [State.ACCEPTED, State.ACCEPTED, State.SENDING]
    assert ModelLogEntry.objects.filter(action="campaigns.cancel_letter").count() == 12


def test_what_leaves_between_the_two_pages_is_not_called_cancelled(keeper: Client) -> None:
    letter = make_letter(state=State.QUEUED)
    assert "1 letter can be treated so." in _post(keeper, "cancel", letter)
    OutboxMessage.objects.filter(pk=letter.outbox_message_id).update(state=State.DELIVERED)
    said = _do(keeper, "cancel", letter)
    assert "are cancelled" not in said
    assert "is cancelled" not in said
    assert "1 letter stayed as it was" in said
    assert not ModelLogEntry.objects.filter(action="campaigns.cancel_letter").exists()


def test_what_failed_is_sent_again_with_its_history(keeper: Client) -> None:
    failed, held = make_letter(state=State.FAILED), make_letter(state=State.HELD)
    assert "1 letter is back in the queue." in _do(keeper, "retry", failed, held)
    assert _states(failed, held) == [State.QUEUED, State.HELD]
    assert failed.outbox_message.events.filter(reason=DeliveryEvent.Reason.STAFF_RETRIED).count() == 1


@pytest.mark.parametrize(("act", "after"), [("retry", State.QUEUED), ("reroute", State.NEEDS_HANDOFF)])
def test_what_may_have_left_is_sent_again_only_by_who_says_so(keeper: Client, act: str, after: str) -> None:
    failed, doubtful = make_letter(state=State.FAILED), make_letter(state=State.UNCERTAIN)
    assert "may-arrive-twice" in _post(keeper, act, failed, doubtful)
    said = _do(keeper, act, failed, doubtful)
    assert "1 letter stayed as it was: Not known whether it was sent (1)." in said
    assert _states(failed, doubtful) == [after, State.UNCERTAIN]
    _do(keeper, act, doubtful, may_arrive_twice="yes")
    assert _states(doubtful) == [after]


def test_nothing_is_asked_twice_where_nothing_may_arrive_twice(keeper: Client) -> None:
    assert "may-arrive-twice" not in _post(keeper, "retry", make_letter(state=State.FAILED))


def test_held_letters_are_not_sent_around_their_readers(keeper: Client) -> None:
    letter = make_letter(state=State.HELD)
    _do(keeper, "reroute", letter)
    _do(keeper, "retry", letter)
    assert _states(letter) == [State.HELD]


@pytest.mark.parametrize(
    "data",
    [
        {"act": "cancel"},
        {"act": "burn", "letter": "1"},
        {"letter": "1"},
        {"act": "cancel", "letter": ["x", "-1", "1e9"]},
    ],
)
def test_nothing_chosen_or_nothing_sensible_asked_changes_nothing(keeper: Client, data: dict[str, str]) -> None:
    letter = make_letter(state=State.QUEUED)
    answer = keeper.post(CHOSEN, {**data, "is_confirmed": "yes"}, follow=True)
    assert answer.redirect_chain == [(reverse("letters:index"), 302)]
    assert _states(letter) == [State.QUEUED]


def test_letters_that_are_not_there_are_said_to_be_none(keeper: Client) -> None:
    said = keeper.post(CHOSEN, {"act": "cancel", "letter": "999999"}).content.decode()
    assert "None of the chosen letters can be treated so any more." in said


def test_it_goes_back_to_the_list_as_it_was_and_nowhere_else(keeper: Client) -> None:
    letter = make_letter(state=State.QUEUED)
    data = {"act": "cancel", "letter": str(letter.pk), "is_confirmed": "yes"}
    back = "/admin/letters/?state=queued&p=2"
    assert keeper.post(CHOSEN, {**data, "next": back}).headers["Location"] == back
    assert keeper.post(CHOSEN, {**data, "next": "https://evil.example/"}).headers["Location"] == "/admin/letters/"


def test_only_a_post_by_who_may_change_letters_does_it(keeper: Client) -> None:
    letter = make_letter(state=State.QUEUED)
    assert keeper.get(f"{CHOSEN}?act=cancel&letter={letter.pk}&is_confirmed=yes").status_code == 405
    for client in (staff("reader", "view_letter"), Client()):
        data = {"act": "cancel", "letter": str(letter.pk), "is_confirmed": "yes"}
        assert client.post(CHOSEN, data).status_code == 302
    assert _states(letter) == [State.QUEUED]


def test_a_request_without_its_token_does_nothing(keeper: Client) -> None:
    letter = make_letter(state=State.QUEUED)
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = keeper.cookies
    data = {"act": "cancel", "letter": str(letter.pk), "is_confirmed": "yes"}
    assert strict.post(CHOSEN, data).status_code == 403
    assert _states(letter) == [State.QUEUED]
