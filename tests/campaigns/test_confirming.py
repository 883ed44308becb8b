"""Confirming by e-mail: looking changes nothing, a button does, once, and in time."""

import datetime
import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from campaigns.content.action_page import ActionPage
from campaigns.engine import confirm_tokens
from campaigns.engine.tokens import sign_receipt
from campaigns.records.follow_ups import FollowUp
from campaigns.records.participation import Registration
from campaigns.records.protection import Authorship
from campaigns.records.submissions import Letter, Submission
from campaigns.selectors import pages, receipts
from campaigns.services import confirmations, confirming, quarantine
from campaigns.services.confirming import Asked
from delivery.records.messages import DeliveryEvent, OutboxMessage
from tests.factories import campaigns, participation
from tests.factories.delivery import words_of

State = OutboxMessage.State
Reason = DeliveryEvent.Reason


@pytest.fixture
def page(alder: object) -> ActionPage:
    return campaigns.action_page(confirmation="always")


@pytest.fixture
def waiting(page: ActionPage, client: Client) -> Submission:
    campaigns.send(page, client)
    return Submission.objects.get()


def _link(submission: Submission) -> str:
    mail = _mails(submission)[0]
    found = re.search(r"https?://[^/\s]+(/confirm/\S+)", mail.body)
    assert found
    return found[1]


def _mails(submission: Submission) -> list[OutboxMessage]:
    found = OutboxMessage.objects.filter(dedupe_key__startswith=f"confirm:{submission.key}")
    return list(found.order_by("created_at"))


def _states(submission: Submission) -> set[str]:
    return set(submission.letters.values_list("outbox_message__state", flat=True))


def _age(submission: Submission, **span: int) -> None:
    past = timezone.now() - datetime.timedelta(**span)
    Submission.objects.filter(pk=submission.pk).update(submit_time=past)
    OutboxMessage.objects.filter(dedupe_key__startswith="confirm:").update(created_at=past)


def test_letters_wait_and_the_receipt_says_what_to_do(waiting: Submission, client: Client) -> None:
    receipt = client.get(f"/receipt/{sign_receipt(waiting.key)}/").content.decode()
    assert waiting.standing == "unconfirmed"
    assert _states(waiting) == {State.HELD}
    assert "Nothing has gone yet" in receipt
    assert "What you sent is being checked before it goes." in receipt
    assert "press the button there" in receipt
    assert "Send the e-mail again" in receipt
    assert "Waits for you" in receipt
    [mail] = _mails(waiting)
    assert mail.recipient_address == "maria.santos@clinic.example"
    assert "maria" not in _link(waiting).lower()
    assert not OutboxMessage.objects.filter(dedupe_key__startswith="receipt:").exists()
    assert pages.supporters(waiting.campaign_key) == 0


@pytest.mark.parametrize("method", ["get", "head"])
def test_a_scanner_that_opens_the_link_changes_nothing(waiting: Submission, client: Client, method: str) -> None:
    for _time in range(2):
        response = getattr(client, method)(_link(waiting))
    waiting.refresh_from_db()
    assert response.status_code == 200
    assert (waiting.standing, waiting.confirmed_at) == ("unconfirmed", None)
    assert _states(waiting) == {State.HELD}
    assert response["Cache-Control"] == "private, no-store"


def test_the_button_lets_everything_go_once(waiting: Submission, client: Client) -> None:
    link = _link(waiting)
    first = client.post(link)
    waiting.refresh_from_db()
    confirmed_at = waiting.confirmed_at
    second = client.post(link)
    waiting.refresh_from_db()
    assert first.status_code == second.status_code == 302
    assert waiting.standing == "clear"
    assert confirmed_at is not None
    assert waiting.confirmed_at == confirmed_at
    assert _states(waiting) == {State.QUEUED}
    assert not waiting.letters.filter(is_pending=True).exists()
    assert pages.supporters(waiting.campaign_key) == 1
    assert OutboxMessage.objects.filter(dedupe_key=f"receipt:{waiting.key}").count() == 1
    assert DeliveryEvent.objects.filter(reason=Reason.RELEASED).count() == waiting.letters.count()
    assert set(Authorship.objects.values_list("way", "confirmed_at")) == {("email", confirmed_at)}
    assert client.get(link)["Location"] == first["Location"]


def test_what_an_editor_wants_to_read_is_still_read(alder: object, client: Client) -> None:
    page = campaigns.action_page(confirmation="always", moderation="all")
    campaigns.send(page, client)
    found = Submission.objects.get()
    confirming.confirm(submission_id=found.pk)
    message = found.letters.all()[0].outbox_message
    assert (message.state, message.hold_reasons) == (State.HELD, ["held_for_review"])


def test_a_letter_to_congress_says_that_the_address_was_confirmed(waiting: Submission) -> None:
    message = waiting.letters.all()[0].outbox_message
    message.congress = {"office": "HMA05", "is_email_validated": False}
    message.save()
    confirming.confirm(submission_id=waiting.pk)
    message.refresh_from_db()
    assert message.congress["is_email_validated"] is True


def test_letters_that_nobody_confirmed_are_stopped_and_their_receipt_says_so(
    waiting: Submission, client: Client
) -> None:
    link = _link(waiting)
    _age(waiting, days=6)
    assert confirming.give_up_due() == 0
    _age(waiting, days=8)
    assert confirming.give_up_due() == 2
    assert confirming.give_up_due() == 0
    waiting.refresh_from_db()
    assert waiting.standing_reasons == ["always_confirmed", "never_confirmed"]
    assert _states(waiting) == {State.CANCELLED}
    receipt = client.get(f"/receipt/{sign_receipt(waiting.key)}/").content.decode()
    assert "This was not sent" in receipt
    assert "Nobody confirmed in time" in receipt
    assert client.get(link).status_code == client.post(link).status_code == 410
    assert _states(waiting) == {State.CANCELLED}


def test_who_never_confirmed_can_write_again(waiting: Submission, page: ActionPage, client: Client) -> None:
    _age(waiting, days=8)
    confirming.give_up_due()
    campaigns.send(page, client)
    again = Submission.objects.order_by("-pk")[0]
    confirming.confirm(submission_id=again.pk)
    assert _states(again) == {State.QUEUED}


def test_of_two_forms_of_one_address_the_letters_of_one_go(page: ActionPage, client: Client) -> None:
    campaigns.send(page, client)
    campaigns.send(page, client)
    first, second = Submission.objects.order_by("pk")
    confirming.confirm(submission_id=second.pk)
    confirming.confirm(submission_id=first.pk)
    assert _states(second) == {State.QUEUED}
    assert _states(first) == {State.CANCELLED}
    assert DeliveryEvent.objects.filter(reason=Reason.ALREADY_WRITTEN).count() == 2
    assert Letter.objects.filter(is_pending=False).count() == 2


def test_the_mail_can_be_sent_again_now_and_then(waiting: Submission, client: Client) -> None:
    address = f"/receipt/{sign_receipt(waiting.key)}/again/"
    too_soon = client.post(address, follow=True).content.decode()
    assert "only a few minutes ago" in too_soon
    assert len(_mails(waiting)) == 1
    for _time in range(6):
        OutboxMessage.objects.filter(dedupe_key__startswith="confirm:").update(
            created_at=timezone.now() - datetime.timedelta(hours=1)
        )
        said = client.post(address, follow=True).content.decode()
    assert len(_mails(waiting)) == confirming.MOST_MAILS
    assert {mail.recipient_address for mail in _mails(waiting)} == {"maria.santos@clinic.example"}
    assert "send it no more" in said
    assert client.get(address).status_code == 405
    confirming.confirm(submission_id=waiting.pk)
    assert confirming.ask_again(submission_id=waiting.pk) is Asked.NOT_NEEDED


def test_whoever_has_not_answered_is_reminded_once(waiting: Submission) -> None:
    assert confirming.remind_due() == 0
    _age(waiting, days=3)
    assert confirming.remind_due() == 1
    assert confirming.remind_due() == 0
    assert "still waits for you" in _mails(waiting)[-1].body
    assert FollowUp.objects.filter(kind=FollowUp.Kind.CONFIRM).count() == 1


def test_an_address_that_gets_many_mails_is_left_to_the_staff(
    page: ActionPage, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(confirmations, "MOST_IN_A_DAY", 2)
    for _time in range(3):
        campaigns.send(page, client)
    last = Submission.objects.order_by("-pk")[0]
    assert last.standing == "quarantined"
    assert _mails(last) == []
    assert set(last.letters.values_list("outbox_message__hold_reasons", flat=True)[0]) == {"being_checked"}


def test_staff_who_release_it_do_not_say_that_it_was_confirmed(waiting: Submission) -> None:
    assert quarantine.release(submission_ids=[waiting.pk]) == [waiting.pk]
    assert quarantine.release(submission_ids=[waiting.pk]) == []
    waiting.refresh_from_db()
    assert (waiting.standing, waiting.confirmed_at) == ("clear", None)
    assert set(Authorship.objects.values_list("way", flat=True)) == {"form"}
    assert _states(waiting) == {State.QUEUED}


@pytest.mark.django_db
@pytest.mark.parametrize("token", ["x", "a:b:c", "é", "1" * 300])
def test_a_made_up_link_finds_nothing(client: Client, token: str) -> None:
    response = client.get(f"/confirm/{token}/")
    assert response.status_code == 404
    assert client.post(f"/confirm/{token}/").status_code == 404


def test_a_receipt_s_link_confirms_nothing(waiting: Submission, client: Client) -> None:
    assert client.post(f"/confirm/{sign_receipt(waiting.key)}/").status_code == 404
    assert client.get(f"/receipt/{confirm_tokens.sign(waiting.key)}/").status_code == 404


def test_it_speaks_the_language_of_the_form(waiting: Submission, client: Client) -> None:
    Submission.objects.filter(pk=waiting.pk).update(language="es")
    OutboxMessage.objects.filter(dedupe_key__startswith="confirm:").update(
        created_at=timezone.now() - datetime.timedelta(hours=1)
    )
    confirming.ask_again(submission_id=waiting.pk)
    assert "/es/confirm/" in _mails(waiting)[-1].body


def test_a_place_that_nobody_confirmed_goes_to_who_has_waited(db: None, client: Client) -> None:
    page = participation.page(participation.action("event", capacity=1))
    late = participation.sent(page, email="late@clinic.example")
    Submission.objects.filter(pk=late.pk).update(standing="unconfirmed")
    waits = participation.sent(page, email="waits@clinic.example")
    _age(late, days=6)
    confirming.give_up_due()
    assert list(Registration.objects.values_list("state", flat=True).order_by("pk")) == ["confirmed", "waiting"]
    _age(late, days=8)
    confirming.give_up_due()
    assert list(Registration.objects.values_list("state", flat=True).order_by("pk")) == ["cancelled", "confirmed"]
    told = OutboxMessage.objects.get(dedupe_key__startswith="place:")
    assert told.recipient_address == waits.advocate.email
    receipt = client.get(f"/receipt/{sign_receipt(late.key)}/").content.decode()
    assert "This was not sent" in receipt
    assert "You are not signed up" in receipt
    assert "You have a place" not in receipt
    assert "You gave your place back" not in receipt


@pytest.mark.parametrize(
    ("kind", "way_out", "untrue"),
    [
        ("event", "cancel_registration", "You have a place"),
        ("story", "withdraw_story", "You shared your story"),
        ("join", "leave_network", "You joined"),
    ],
)
def test_the_mail_says_nothing_of_what_was_taken_back_before_the_form_was_clear(
    db: None, client: Client, kind: str, way_out: str, untrue: str
) -> None:
    page = participation.page(participation.action(kind), confirmation="always")
    found = participation.sent(page, **({"story_text": "The drive took two hours."} if kind == "story" else {}))
    taken = found.taken_actions.get()
    client.post(reverse(f"campaigns:{way_out}", args=[sign_receipt(found.key), taken.pk]))
    confirming.confirm(submission_id=found.pk)
    body = words_of(OutboxMessage.objects.get(dedupe_key=f"receipt:{found.key}"))
    assert untrue not in body


def test_a_form_that_waits_tells_nobody_that_its_address_has_written_before(alder: object) -> None:
    first, other = Client(), Client()
    page = campaigns.action_page(confirmation="always")
    campaigns.send(page, first)
    owner = Submission.objects.get()
    confirming.confirm(submission_id=owner.pk)
    answers = []
    for email in (campaigns.PERSON["email"], "somebody.else@clinic.example"):
        campaigns.send(page, other, email=email)
        waiting = Submission.objects.order_by("-pk")[0]
        assert waiting.unwritten == []
        answers.append([line.headline for line in receipts.receipt(waiting).letters])
    assert answers[0] == answers[1] != []
    again = Submission.objects.order_by("-pk")[1]
    confirming.confirm(submission_id=again.pk)
    assert set(again.letters.values_list("outbox_message__state", flat=True)) == {State.CANCELLED}
    sent = OutboxMessage.objects.filter(stream=OutboxMessage.Stream.LETTER, state=State.QUEUED)
    assert sent.count() == owner.letters.count()
