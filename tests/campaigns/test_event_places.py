"""Places at events where somebody is not who they say: nothing is told to strangers, and nobody is put over the top."""

import threading

import pytest
from bs4 import BeautifulSoup
from django.db import connections
from django.test import Client
from django.urls import reverse

from campaigns.content.action_page import ActionPage
from campaigns.engine.tokens import sign_receipt
from campaigns.records.participation import Registration
from campaigns.records.protection import Invalidation
from campaigns.records.submissions import Submission
from campaigns.selectors import events
from campaigns.services import invalidations, quarantine, registrations
from delivery.records.messages import OutboxMessage
from tests.campaigns.test_board import staff
from tests.factories import campaigns as make
from tests.factories import participation
from tests.factories.delivery import words_of

LINK = "https://video.example/room"


@pytest.fixture
def event(db: None) -> ActionPage:
    return participation.page(participation.action("event"))


def _register(page: ActionPage, number: int, **answers: str) -> Submission:
    return participation.sent(page, email=f"p{number}@clinic.example", name__given=f"Person{number}", **answers)


def _state(submission: Submission) -> str:
    return Registration.objects.get(taken_action__submission=submission).state


def _receipt(submission: Submission, *, is_mailed: bool = False) -> str:
    token = sign_receipt(submission.key, is_mailed=is_mailed)
    response = Client().get(reverse("campaigns:receipt", args=[token]))
    assert response.status_code == 200
    main = BeautifulSoup(response.content, "html.parser").main
    return main.get_text(" ", strip=True)


def _place(submission: Submission) -> str:
    """What the page says of the event, without what differs from form to form: the same for two is no news."""
    response = Client().get(reverse("campaigns:receipt", args=[sign_receipt(submission.key)]))
    taken = submission.taken_actions.get()
    section = BeautifulSoup(response.content, "html.parser").find(id=f"action-{taken.pk}").find_parent("section")
    return section.get_text(" ", strip=True)


def _calendar(submission: Submission, *, is_mailed: bool) -> int:
    token = sign_receipt(submission.key, is_mailed=is_mailed)
    return Client().get(reverse("campaigns:calendar", args=[token, submission.taken_actions.get().pk])).status_code


def _taken(page: ActionPage) -> int:
    return events.places_taken(page.translation_key, "event")


def _invalidate(*submissions: Submission) -> Invalidation:
    ids = [submission.pk for submission in submissions]
    return invalidations.invalidate(submission_ids=ids, reason="Sent by a script.", user_id=None)


def _undo(decision: Invalidation) -> invalidations.Undone:
    undone = invalidations.undo(invalidation_id=decision.pk, user_id=None)
    assert undone is not None
    return undone


def _move_up(page: ActionPage) -> int:
    event = events.event_of(page.kinds[0].settings)
    return registrations.fill(page_key=page.translation_key, block_id="event", event=event)


# --- What a stranger learns ------------------------------------------------------------------------------


def test_whose_address_has_a_place_is_told_to_nobody_who_only_types_it(event: ActionPage) -> None:
    _owner, _other = _register(event, 1), _register(event, 2)
    forged, stranger = _register(event, 1), _register(event, 3)
    assert (_state(forged), _state(stranger)) == ("confirmed", "waiting")
    assert _place(forged) == _place(stranger)
    assert LINK not in _receipt(forged)
    assert "All places were taken" in _place(stranger)
    assert _calendar(forged, is_mailed=False) == _calendar(stranger, is_mailed=False) == 404


def test_the_mailbox_says_it_all(event: ActionPage) -> None:
    _register(event, 1), _register(event, 2)
    again, waiting = _register(event, 1), _register(event, 3)
    mail = OutboxMessage.objects.get(dedupe_key=f"receipt:{again.key}")
    assert "You have a place" in words_of(mail)
    assert sign_receipt(again.key, is_mailed=True).split(".")[0] in words_of(mail)
    assert LINK in _receipt(again, is_mailed=True)
    assert _calendar(again, is_mailed=True) == 200
    assert "You are on the waiting list" in _receipt(waiting, is_mailed=True)


def test_moving_up_is_told_by_mail_and_its_link_shows_the_place(event: ActionPage) -> None:
    first, _second = _register(event, 1), _register(event, 2)
    forged, third = _register(event, 2), _register(event, 3)
    before = _place(third)
    registrations.cancel(taken=first.taken_actions.get())
    assert _state(third) == "confirmed"
    assert _place(third) == before == _place(forged)
    told = OutboxMessage.objects.get(dedupe_key__startswith="place:")
    assert sign_receipt(third.key, is_mailed=True).split(".")[0] in told.body
    assert LINK in _receipt(third, is_mailed=True)


def test_giving_back_looks_the_same_whether_there_was_a_place(event: ActionPage) -> None:
    owner, _other = _register(event, 1), _register(event, 2)
    forged, stranger = _register(event, 1), _register(event, 3)
    for one in (forged, stranger):
        url = reverse("campaigns:cancel_registration", args=[sign_receipt(one.key), one.taken_actions.get().pk])
        assert Client().post(url).status_code == 302
    assert _place(forged) == _place(stranger)
    assert _state(owner) == "confirmed"


def test_while_places_are_left_everybody_has_one(event: ActionPage) -> None:
    _register(event, 1)
    assert "You have a place" in _place(_register(event, 1))


def test_who_has_written_before_still_reads_of_their_place(alder: object) -> None:
    page = make.action_page(actions=[{"type": "letter", "value": {}, "id": "letter"}, participation.action("event")])
    page = ActionPage.objects.get(pk=page.pk)
    for _time in range(2):
        make.send(page, Client())
    again = Submission.objects.order_by("-pk")[0]
    assert not again.letters.exists()
    assert "You have a place" in words_of(OutboxMessage.objects.get(dedupe_key=f"receipt:{again.key}"))


# --- What waits takes no place ---------------------------------------------------------------------------


def test_a_form_in_quarantine_takes_no_place_until_it_is_released(event: ActionPage) -> None:
    bots = [_register(event, number, **{"website-url": "x"}) for number in range(3)]
    assert {bot.standing for bot in bots} == {"quarantined"}
    assert _taken(event) == 0
    assert LINK not in _receipt(bots[0])
    assert "You are not signed up yet" in _place(bots[0])
    person = _register(event, 7)
    assert _state(person) == "confirmed"
    quarantine.release(submission_ids=[bots[0].pk])
    assert (_state(bots[0]), _taken(event)) == ("confirmed", 2)
    mail = OutboxMessage.objects.get(dedupe_key=f"receipt:{bots[0].key}")
    assert "You have a place" in words_of(mail)
    assert not OutboxMessage.objects.filter(dedupe_key__startswith="place:").exists()
    quarantine.release(submission_ids=[bots[1].pk])
    assert (_state(bots[1]), _taken(event)) == ("waiting", 2)
    assert "You are on the waiting list" in words_of(OutboxMessage.objects.get(dedupe_key=f"receipt:{bots[1].key}"))


def test_a_strangers_form_on_the_waiting_list_keeps_nobody_from_a_free_place(event: ActionPage) -> None:
    _register(event, 1, **{"website-url": "x"})
    assert _state(_register(event, 1)) == "confirmed"


# --- Taking an invalidation back -------------------------------------------------------------------------


def test_who_comes_back_keeps_their_place_while_it_is_free(event: ActionPage) -> None:
    first, _second, third = (_register(event, number) for number in range(3))
    decision = _invalidate(first)
    assert _undo(decision) == invalidations.Undone(1, waiting=0)
    assert (_state(first), _state(third), _taken(event)) == ("confirmed", "waiting", 2)
    assert not OutboxMessage.objects.filter(dedupe_key__startswith="no-place:").exists()


def test_nobody_is_put_over_the_top_and_who_comes_back_is_the_first_to_wait(event: ActionPage) -> None:
    first, second, third, fourth = (_register(event, number) for number in range(4))
    decision = _invalidate(first, second)
    assert _move_up(event) == 2
    assert _undo(decision) == invalidations.Undone(2, waiting=2)
    assert _taken(event) == 2
    assert [_state(one) for one in (first, second, third, fourth)] == ["waiting", "waiting", "confirmed", "confirmed"]
    assert first.taken_actions.get().done_at is None
    told = OutboxMessage.objects.filter(dedupe_key__startswith="no-place:").order_by("created_at")
    assert [mail.recipient_address for mail in told] == ["p0@clinic.example", "p1@clinic.example"]
    assert "set aside by mistake" in told[0].body
    fifth = _register(event, 5)
    registrations.cancel(taken=third.taken_actions.get())
    assert (_state(first), _state(fifth)) == ("confirmed", "waiting")


def test_who_signed_up_again_meanwhile_keeps_the_place_that_they_have(event: ActionPage) -> None:
    first, _second = _register(event, 1), _register(event, 2)
    decision = _invalidate(first)
    again = _register(event, 1)
    assert _undo(decision) == invalidations.Undone(1, waiting=0)
    assert (_state(first), _state(again), _taken(event)) == ("confirmed", "confirmed", 2)


def test_where_any_number_may_come_everybody_comes_back(db: None) -> None:
    page = participation.page(participation.action("event", capacity=None))
    people = [_register(page, number) for number in range(3)]
    assert _undo(_invalidate(*people)) == invalidations.Undone(3)
    assert _taken(page) == 3


def test_the_staff_are_told_how_many_wait_now(event: ActionPage) -> None:
    first, _second, _third = (_register(event, number) for number in range(3))
    decision = _invalidate(first)
    _move_up(event)
    keeper = staff("keeper", "view_invalidation", "add_invalidation", "change_invalidation")
    response = keeper.post(f"/admin/deliveries/quarantine/invalidated/{decision.pk}/undo/", follow=True)
    assert "1 person had a place at an event" in response.content.decode()


@pytest.mark.database
@pytest.mark.django_db(transaction=True)
def test_coming_back_and_signing_up_at_once_never_gives_more_places_than_there_are() -> None:
    page = participation.page(participation.action("event", capacity=3))
    held = [_register(page, number) for number in range(3)]
    decisions = [_invalidate(one) for one in held]
    barrier = threading.Barrier(len(decisions) + 4)
    errors: list[Exception] = []

    def run(call: object, *arguments: object) -> None:
        try:
            barrier.wait(timeout=20)
            call(*arguments)  # type: ignore[operator]
        except Exception as error:
            errors.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=[_undo, decision]) for decision in decisions]
    # The same people among them: their row and that of the event are taken in one order by everybody.
    threads += [threading.Thread(target=run, args=[_register_quietly, page, number]) for number in (0, 1, 8, 9)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert errors == []
    assert _taken(page) == 3
    assert Registration.objects.count() == 7


def _register_quietly(page: ActionPage, number: int) -> None:
    fresh = ActionPage.objects.get(pk=page.pk)
    assert participation.send(fresh, email=f"p{number}@clinic.example").status_code == 302
