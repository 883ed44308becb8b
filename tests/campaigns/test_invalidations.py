"""What was not people's own: found by the staff, one or many at once, stopped as far as it can be, and taken back."""

import datetime
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone
from wagtail.models import ModelLogEntry

from campaigns.content.action_page import ActionPage
from campaigns.records.follow_ups import ReplyReport
from campaigns.records.protection import Authorship, Invalidation
from campaigns.records.submissions import Letter, Submission
from campaigns.selectors import follow_ups, pages, quarantine
from campaigns.selectors.quarantine import Choice
from campaigns.services import confirming, invalidations
from campaigns.services import follow_ups as telling
from delivery.records.messages import DeliveryEvent, OutboxMessage
from delivery.services import dispatch, moderation
from tests.campaigns.test_board import staff
from tests.delivery.fakes import FakeMailer
from tests.factories import campaigns
from tests.factories.letters import CAMPAIGN, make_letter, make_submission

State = OutboxMessage.State
Reason = DeliveryEvent.Reason
QUEUE = "/admin/deliveries/quarantine/"
pytestmark = pytest.mark.django_db


@pytest.fixture
def keeper() -> Client:
    return staff("keeper", "view_invalidation", "add_invalidation", "change_invalidation")


@pytest.fixture
def page(alder: object) -> ActionPage:
    return campaigns.action_page()


def _invalidate(*submissions: Submission) -> Invalidation:
    ids = [submission.pk for submission in submissions]
    return invalidations.invalidate(submission_ids=ids, reason="Sent by a script.", user_id=None)


def _undo(decision: Invalidation) -> int | None:
    undone = invalidations.undo(invalidation_id=decision.pk, user_id=None)
    return undone.count if undone else None


def _states(submission: Submission) -> list[str]:
    return list(submission.letters.order_by("pk").values_list("outbox_message__state", flat=True))


def _latest() -> Submission:
    return Submission.objects.order_by("-pk")[0]


# --- Deciding, and taking it back --------------------------------------------------------------------


def test_what_had_not_left_is_stopped_and_what_was_sent_stays_sent(page: ActionPage, client: Client) -> None:
    campaigns.send(page, client)
    found = _latest()
    sent, queued = found.letters.order_by("pk")
    OutboxMessage.objects.filter(pk=sent.outbox_message_id).update(state=State.DELIVERED)
    _invalidate(found)
    found.refresh_from_db()
    assert found.standing == "invalid"
    assert _states(found) == [State.DELIVERED, State.CANCELLED]
    assert queued.outbox_message.events.order_by("pk").last().reason == Reason.WITHDRAWN
    assert pages.supporters(found.campaign_key) == 0
    assert set(Authorship.objects.values_list("is_invalid", flat=True)) == {True}


def test_taking_it_back_puts_back_what_it_stopped_and_nothing_else(page: ActionPage, client: Client) -> None:
    campaigns.send(page, client)
    found = _latest()
    first, second = found.letters.order_by("pk")
    OutboxMessage.objects.filter(pk=first.outbox_message_id).update(state=State.CANCELLED)
    decision = _invalidate(found)
    assert _undo(decision) == 1
    assert _undo(decision) is None
    found.refresh_from_db()
    assert found.standing == "clear"
    assert _states(found) == [State.CANCELLED, State.QUEUED]
    assert second.outbox_message.events.order_by("pk").last().reason == Reason.RESTORED
    assert not Letter.objects.filter(is_pending=True).exists()
    assert set(Authorship.objects.values_list("is_invalid", flat=True)) == {False}
    assert pages.supporters(found.campaign_key) == 1


def test_nothing_goes_twice_when_the_person_wrote_meanwhile(page: ActionPage, client: Client) -> None:
    campaigns.send(page, client)
    first = _latest()
    decision = _invalidate(first)
    campaigns.send(page, client)
    second = _latest()
    assert second.pk != first.pk
    assert _states(second) == [State.QUEUED, State.QUEUED]
    _undo(decision)
    assert _states(first) == [State.CANCELLED, State.CANCELLED]
    assert _states(second) == [State.QUEUED, State.QUEUED]
    first.refresh_from_db()
    assert first.standing == "clear"


def test_what_was_held_is_held_again(page: ActionPage, client: Client) -> None:
    campaigns.send(page, client, **{"form-opened": ""})
    found = _latest()
    decision = _invalidate(found)
    assert _states(found) == [State.CANCELLED, State.CANCELLED]
    _undo(decision)
    found.refresh_from_db()
    assert found.standing == "quarantined"
    assert _states(found) == [State.HELD, State.HELD]
    assert found.letters.filter(is_pending=True).count() == 2


def test_one_of_which_an_earlier_try_may_have_arrived_is_never_sent_again() -> None:
    letter = make_letter(state=State.QUEUED, message={"in_doubt_since": timezone.now()})
    decision = _invalidate(letter.submission)
    assert letter.outbox_message.events.order_by("pk").last().reason == Reason.STOPPED_IN_DOUBT
    _undo(decision)
    assert _states(letter.submission) == [State.CANCELLED]


def test_a_hand_off_is_the_person_s_again() -> None:
    letter = make_letter(state=State.NEEDS_HANDOFF)
    decision = _invalidate(letter.submission)
    assert _states(letter.submission) == [State.CANCELLED]
    _undo(decision)
    assert _states(letter.submission) == [State.NEEDS_HANDOFF]


def test_each_submission_stands_as_it_did_before() -> None:
    stood = {name: make_submission(standing=name) for name in ("clear", "unconfirmed", "quarantined")}
    decision = _invalidate(*stood.values())
    assert set(Submission.objects.values_list("standing", flat=True)) == {"invalid"}
    assert _undo(decision) == 3
    for name, submission in stood.items():
        submission.refresh_from_db()
        assert submission.standing == name


def test_what_is_invalid_already_is_no_part_of_another_decision() -> None:
    one, two = make_submission(), make_submission()
    first = _invalidate(one)
    second = _invalidate(one, two)
    assert second.items.count() == 1
    with pytest.raises(invalidations.NothingToInvalidate):
        _invalidate(one, two)
    _undo(first)
    two.refresh_from_db()
    assert two.standing == "invalid"


# --- Choosing ----------------------------------------------------------------------------------------


def test_a_choice_narrows_by_all_that_it_names() -> None:
    now = timezone.now()
    match = make_submission(network="a" * 64, standing_reasons=["trap", "too_fast"])
    others: list[dict[str, Any]] = [
        {"network": "b" * 64, "standing_reasons": ["trap"]},
        {"network": "a" * 64, "standing_reasons": ["no_time"]},
        {"network": "a" * 64, "standing_reasons": ["trap"], "submit_time": now - datetime.timedelta(days=3)},
        {"network": "a" * 64, "standing_reasons": ["trap"], "standing": "invalid"},
    ]
    for other in others:
        make_submission(**other)
    today = timezone.localdate()
    choice = Choice(CAMPAIGN, today, today, "aaaaaaaa", "clinic.example", "trap")
    assert list(quarantine.chosen(choice)) == [match]
    assert not quarantine.chosen(Choice()).exists()
    assert not quarantine.chosen(Choice(domain="inic.example")).exists()


# --- In the admin ------------------------------------------------------------------------------------


def test_the_queue_says_why_in_words_and_lets_go_what_is_chosen(
    page: ActionPage, client: Client, keeper: Client
) -> None:
    campaigns.send(page, client, **{"form-opened": ""})
    found = _latest()
    shown = keeper.get(QUEUE).content.decode()
    assert "It did not come from a page of this site" in shown
    assert "1 form waits" in shown
    said = keeper.post(f"{QUEUE}decide/", {"decision": "release", "submission": [found.pk]}, follow=True)
    assert "1 form is released" in said.content.decode()
    assert _states(found) == [State.QUEUED, State.QUEUED]
    assert OutboxMessage.objects.filter(dedupe_key=f"receipt:{found.key}").exists()
    assert ModelLogEntry.objects.filter(action="campaigns.release_submissions").count() == 1


@pytest.mark.parametrize("order", ["time", "network", "person", "nonsense"])
def test_the_queue_can_be_sorted_by_what_belongs_together(keeper: Client, order: str) -> None:
    make_submission(standing="quarantined", network="c" * 64, standing_reasons=["trap", "of tomorrow"])
    make_submission(standing="unconfirmed")
    shown = keeper.get(f"{QUEUE}?order={order}&standing=").content.decode()
    assert ("<h2>Network cccccccc</h2>" in shown) is (order == "network")
    assert "of tomorrow" in shown


def test_invalidating_asks_for_a_reason(keeper: Client) -> None:
    found = make_submission(standing="quarantined")
    chosen = {"decision": "invalidate", "submission": [found.pk]}
    assert "Say why" in keeper.post(f"{QUEUE}decide/", chosen, follow=True).content.decode()
    assert not Invalidation.objects.exists()
    keeper.post(f"{QUEUE}decide/", {**chosen, "why": "A script."})
    assert Invalidation.objects.get().reason == "A script."
    assert ModelLogEntry.objects.filter(action="campaigns.invalidate_submissions").count() == 1


def test_the_queue_decides_about_nothing_that_does_not_wait(keeper: Client) -> None:
    clear = make_submission()
    for decision in ("release", "invalidate"):
        keeper.post(f"{QUEUE}decide/", {"decision": decision, "why": "x", "submission": [clear.pk]})
    clear.refresh_from_db()
    assert clear.standing == "clear"


def test_after_the_fact_a_choice_is_shown_first_and_then_decided(keeper: Client) -> None:
    one, two = make_submission(network="d" * 64), make_submission(network="d" * 64)
    other = make_submission(network="e" * 64)
    address = f"{QUEUE}invalidate/?network=dddddddd"
    assert "Invalidate 2 forms" in keeper.get(address).content.decode()
    assert not Invalidation.objects.exists()
    keeper.post(address, {"why": "One machine.", "expected": 2})
    decision = Invalidation.objects.get()
    assert {item.submission_id for item in decision.items.all()} == {one.pk, two.pk}
    other.refresh_from_db()
    assert other.standing == "clear"
    listed = keeper.get(f"{QUEUE}invalidated/").content.decode()
    assert "One machine." in listed
    keeper.post(f"{QUEUE}invalidated/{decision.pk}/undo/")
    one.refresh_from_db()
    decision.refresh_from_db()
    assert one.standing == "clear"
    assert decision.undone_by == User.objects.get(username="keeper")
    assert ModelLogEntry.objects.filter(action="campaigns.restore_submissions").count() == 1


def test_what_came_in_since_the_page_was_shown_is_looked_at_first(keeper: Client) -> None:
    make_submission(network="d" * 64)
    make_submission(network="d" * 64)
    keeper.post(f"{QUEUE}invalidate/?network=dddddddd", {"why": "One machine.", "expected": 1})
    assert not Invalidation.objects.exists()


@pytest.mark.parametrize("query", ["", "?network=", "?network=zz", "?domain=x", "?first_day=2027-13-40", "?campaign=1"])
def test_an_empty_or_strange_choice_invalidates_nothing(keeper: Client, query: str) -> None:
    make_submission()
    assert keeper.get(f"{QUEUE}invalidate/{query}").status_code == 200
    assert keeper.post(f"{QUEUE}invalidate/{query}", {"why": "x", "expected": 1}).status_code in (200, 302)
    assert not Invalidation.objects.exists()


def test_each_thing_needs_its_permission() -> None:
    found = make_submission(standing="quarantined")
    decision = _invalidate(make_submission())
    viewer, stranger = staff("viewer", "view_invalidation"), staff("stranger", "view_letter")
    assert viewer.get(QUEUE).status_code == 200
    assert "Invalidate forms after the fact" not in viewer.get(QUEUE).content.decode()
    assert stranger.get(QUEUE).status_code == 302
    chosen = {"decision": "release", "submission": [found.pk]}
    for who in (viewer, stranger):
        assert who.post(f"{QUEUE}decide/", chosen).status_code == 302
        assert who.get(f"{QUEUE}invalidate/").status_code == 302
        assert who.post(f"{QUEUE}invalidate/?domain=clinic.example", {"why": "x", "expected": 9}).status_code == 302
        assert who.post(f"{QUEUE}invalidated/{decision.pk}/undo/").status_code == 302
    found.refresh_from_db()
    decision.refresh_from_db()
    assert (found.standing, decision.undone_at) == ("quarantined", None)
    assert Invalidation.objects.count() == 1


def test_what_was_under_way_and_comes_round_again_waits_and_goes_when_it_is_taken_back(
    page: ActionPage, client: Client
) -> None:
    campaigns.send(page, client)
    found = _latest()
    messages = OutboxMessage.objects.filter(letter__submission=found)
    messages.update(state=State.SENDING)
    decision = _invalidate(found)
    assert _states(found) == [State.SENDING, State.SENDING]
    # The servers did not answer: the worker tries again later.
    messages.update(state=State.QUEUED, next_attempt_at=timezone.now(), planned_at=timezone.now())
    mailer = FakeMailer()
    dispatch.drain(connect=lambda: mailer)
    assert [mail.to for mail in mailer.sent if "clinic.example" not in mail.to] == []
    assert _states(found) == [State.HELD, State.HELD]
    assert moderation.approve(message_ids=[message.pk for message in messages]) == 0
    _undo(decision)
    assert _states(found) == [State.QUEUED, State.QUEUED]


def test_nobody_is_mailed_about_letters_that_were_not_their_own(page: ActionPage, client: Client) -> None:
    campaigns.send(page, client)
    found = _latest()
    messages = OutboxMessage.objects.filter(letter__submission=found)
    past = timezone.now() - datetime.timedelta(days=20)
    messages.update(state=State.DELIVERED, state_changed_at=past)
    assert list(follow_ups.due_questions(now=timezone.now(), days=10)) == [found]
    letter = found.letters.order_by("pk")[0]
    ReplyReport.objects.create(letter=letter, has_replied=False, at=past)
    assert list(follow_ups.due_reminders(now=timezone.now())) == [found]
    _invalidate(found)
    assert not follow_ups.due_questions(now=timezone.now(), days=10)
    assert not follow_ups.due_reminders(now=timezone.now())
    messages.update(state=State.NEEDS_HANDOFF, channel=OutboxMessage.Channel.HANDOFF)
    telling.tell_of_handoffs(message_ids=list(messages.values_list("pk", flat=True)))
    assert not OutboxMessage.objects.filter(dedupe_key__startswith="needs-you:").exists()


def test_who_confirmed_while_it_was_invalid_gets_the_receipt_when_it_is_taken_back(
    alder: object, client: Client
) -> None:
    campaigns.send(campaigns.action_page(confirmation="always"), client)
    found = _latest()
    decision = _invalidate(found)
    confirming.confirm(submission_id=found.pk)
    receipts = OutboxMessage.objects.filter(dedupe_key=f"receipt:{found.key}")
    assert not receipts.exists()
    assert set(_states(found)) == {State.CANCELLED}
    _undo(decision)
    assert _states(found) == [State.QUEUED, State.QUEUED]
    assert receipts.count() == 1
