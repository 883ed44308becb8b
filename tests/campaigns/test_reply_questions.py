"""Whether an office answered is asked once, at the right time, of those who can be asked; one click answers."""

import datetime
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from campaigns.engine.tokens import sign_question
from campaigns.models import FollowUp, Letter, ReplyReport, Submission
from campaigns.selectors import follow_ups
from campaigns.services import reply_questions
from delivery.models import OutboxMessage, Reply
from delivery.services import suppressions
from tests.factories import campaigns as pages
from tests.factories import home
from tests.factories.delivery import make_message
from tests.factories.letters import make_letter, make_official, make_submission

pytestmark = pytest.mark.django_db
State = OutboxMessage.State
DAY = datetime.timedelta(days=1)


def _letter(state: str = State.DELIVERED, days_ago: float = 15, **options: Any) -> Letter:
    since = timezone.now() - days_ago * DAY
    message = {"state_changed_at": since, "created_at": since, **options.pop("message", {})}
    letter = make_letter(state=state, message=message, **options)
    confirm(letter.submission)
    return letter


def confirm(submission: Submission, state: str = State.DELIVERED) -> None:
    """The confirmation that went with a submission, as it stands now."""
    key = f"receipt:{submission.key}"
    if not OutboxMessage.objects.filter(dedupe_key=key).exists():
        make_message(stream="receipt", dedupe_key=key, state=state)


def _asked(kind: str = "did-they-reply") -> list[OutboxMessage]:
    return list(OutboxMessage.objects.filter(dedupe_key__startswith=f"{kind}:"))


def _link(message: OutboxMessage) -> str:
    [line] = [line for line in message.body.splitlines() if "/replied/" in line]
    return "/" + line.split("/", 3)[3]


def _page(submission: Submission) -> str:
    return f"/replied/{sign_question(submission.key)}/"


def _say(client: Client, letter: Letter, answer: str) -> Any:
    url = f"{_page(letter.submission)}{letter.outbox_message_id}/"
    return client.post(url, {"answer": answer}, follow=True)


def test_one_mail_asks_about_all_letters_of_a_form_once() -> None:
    submission = make_submission()
    letters = [_letter(submission=submission), _letter(State.ACCEPTED, submission=submission)]
    assert reply_questions.ask_due() == 1
    assert reply_questions.ask_due() == 0
    [asked] = _asked()
    assert asked.stream == OutboxMessage.Stream.ALERT
    assert asked.recipient_address == submission.advocate.email
    for letter in letters:
        assert f"* {letter.recipient_name}" in asked.body
    assert FollowUp.objects.get().outbox_message == asked


@pytest.mark.parametrize("state", [State.ACCEPTED, State.DELIVERED, State.HANDED_OFF])
def test_what_reached_an_office_is_asked_about(state: str) -> None:
    _letter(state)
    assert reply_questions.ask_due() == 1


@pytest.mark.parametrize(
    "state", [State.CAPTURED, State.BOUNCED, State.FAILED, State.UNCERTAIN, State.NEEDS_HANDOFF, State.CANCELLED]
)
def test_what_reached_no_office_is_not(state: str) -> None:
    _letter(state)
    assert reply_questions.ask_due() == 0
    assert _asked() == []


def test_it_is_not_asked_before_the_last_letter_is_old_enough() -> None:
    submission = make_submission()
    _letter(submission=submission, days_ago=15)
    late = _letter(submission=submission, days_ago=13)
    assert reply_questions.ask_due() == 0
    OutboxMessage.objects.filter(pk=late.outbox_message_id).update(state=State.QUEUED)
    assert reply_questions.ask_due() == 0
    OutboxMessage.objects.filter(pk=late.outbox_message_id).update(state=State.FAILED)
    assert reply_questions.ask_due() == 1


def test_old_letters_are_not_asked_about_when_a_site_begins_to_ask() -> None:
    _letter(days_ago=14 + 31)
    assert reply_questions.ask_due() == 0


def test_zero_days_ask_nobody(settings: Settings) -> None:
    settings.REPLY_QUESTION_DAYS = 0
    _letter()
    assert reply_questions.ask_due() == reply_questions.remind_due() == 0


@pytest.mark.parametrize("state", [State.BOUNCED, State.FAILED, State.QUEUED])
def test_nobody_is_asked_whom_the_confirmation_did_not_reach(state: str) -> None:
    letter = _letter()
    OutboxMessage.objects.filter(dedupe_key=f"receipt:{letter.submission.key}").update(state=state)
    assert reply_questions.ask_due() == 0
    assert _asked() == []


def test_who_wants_no_such_mail_gets_none() -> None:
    letter = _letter()
    suppressions.suppress(address=letter.submission.advocate.email, stream="alert", reason="unsubscribed")
    assert reply_questions.ask_due() == 0
    assert _asked() == []


def test_what_came_in_through_us_is_said_instead_of_asked() -> None:
    submission = make_submission()
    known = _letter(submission=submission, official=make_official("Kim Okafor"), message={"may_record_reply": True})
    asked = _letter(submission=submission)
    Reply.objects.create(letter=known.outbox_message, received_at=timezone.now())
    assert reply_questions.ask_due() == 1
    body = _asked()[0].body
    assert f"* {asked.recipient_name}" in body
    assert f"* {known.recipient_name}" not in body
    assert f"The office of {known.recipient_name} answered on" in body
    page = Client().get(_page(submission)).content.decode()
    assert "The office answered on" in page
    assert page.count("Yes, they replied") == 1


def test_where_all_have_answered_nobody_is_asked() -> None:
    letter = _letter()
    Reply.objects.create(letter=letter.outbox_message, received_at=timezone.now())
    assert reply_questions.ask_due() == 0


def test_an_out_of_office_note_is_no_answer() -> None:
    letter = _letter()
    Reply.objects.create(letter=letter.outbox_message, received_at=timezone.now(), is_automatic=True)
    assert reply_questions.ask_due() == 1


def test_a_batch_leaves_the_rest_for_the_next_round() -> None:
    for _ in range(3):
        _letter()
    assert [reply_questions.ask_due(limit=2) for _ in range(3)] == [2, 1, 0]


def test_looking_answers_nothing_and_one_click_does() -> None:
    home.fresh_site()
    letter = _letter()
    reply_questions.ask_due()
    client = Client()
    page = client.get(_link(_asked()[0]))
    assert page.status_code == 200
    assert page["Cache-Control"] == "private, no-store"
    assert "noindex" in page["X-Robots-Tag"]
    assert not ReplyReport.objects.exists()
    answered = _say(client, letter, "yes")
    assert answered.redirect_chain[0][0].endswith(f"#letter-{letter.outbox_message_id}")
    assert ReplyReport.objects.get().has_replied
    assert "Thank you. You can change" in answered.content.decode()


def test_an_answer_can_be_changed_and_not_yet_offers_to_remind() -> None:
    home.fresh_site()
    campaign = pages.campaign_page()
    letter = _letter(campaign_key=campaign.translation_key)
    client = Client()
    _say(client, letter, "yes")
    page = _say(client, letter, "not_yet").content.decode()
    assert not ReplyReport.objects.get().has_replied
    assert "Remind them" in page
    assert letter.outbox_message.subject in page
    assert f'href="{campaign.url}"' in page
    assert OutboxMessage.objects.filter(stream="letter").count() == 1


@pytest.mark.parametrize("answer", ["", "maybe", "1"])
def test_nonsense_is_no_answer(answer: str) -> None:
    home.fresh_site()
    assert _say(Client(), _letter(), answer).status_code == 404
    assert not ReplyReport.objects.exists()


def test_a_link_opens_the_letters_of_its_own_form_alone() -> None:
    home.fresh_site()
    mine, other = _letter(), _letter()
    response = Client().post(f"{_page(mine.submission)}{other.outbox_message_id}/", {"answer": "yes"})
    assert response.status_code == 404
    assert not ReplyReport.objects.exists()


def test_a_link_that_is_none_or_too_old_says_so(settings: Settings) -> None:
    home.fresh_site()
    letter = _letter()
    url = _page(letter.submission)
    assert Client().get("/replied/nonsense/").status_code == 404
    with time_machine.travel(timezone.now() + (settings.RECEIPT_LINK_DAYS + 1) * DAY):
        assert Client().get(url).status_code == 410


def test_get_on_the_button_changes_nothing() -> None:
    letter = _letter()
    assert Client().get(f"{_page(letter.submission)}{letter.outbox_message_id}/").status_code == 405
    assert not ReplyReport.objects.exists()


def test_a_forged_click_is_refused() -> None:
    letter = _letter()
    client = Client(enforce_csrf_checks=True)
    url = f"{_page(letter.submission)}{letter.outbox_message_id}/"
    assert client.post(url, {"answer": "yes"}).status_code == 403


def _said_not_yet(letter: Letter, days_ago: float = 15) -> None:
    ReplyReport.objects.create(letter=letter, has_replied=False, at=timezone.now() - days_ago * DAY)


def test_who_said_not_yet_is_reminded_once_while_the_campaign_is_open() -> None:
    home.fresh_site()
    campaign = pages.campaign_page()
    letter = _letter(campaign_key=campaign.translation_key)
    _letter(campaign_key=campaign.translation_key)
    _said_not_yet(letter)
    assert reply_questions.remind_due() == 1
    assert reply_questions.remind_due() == 0
    [reminder] = _asked("write-again")
    assert letter.recipient_name in reminder.body
    assert "/replied/" in reminder.body


def test_nobody_is_reminded_too_early_or_of_a_campaign_that_is_over() -> None:
    home.fresh_site()
    campaign, over = pages.campaign_page(), pages.campaign_page(status="closed")
    _said_not_yet(_letter(campaign_key=campaign.translation_key), days_ago=13)
    _said_not_yet(_letter(campaign_key=over.translation_key))
    assert reply_questions.remind_due() == 0
    assert _asked("write-again") == []


def test_who_has_an_answer_by_now_is_not_reminded() -> None:
    home.fresh_site()
    letter = _letter(campaign_key=pages.campaign_page().translation_key)
    _said_not_yet(letter)
    Reply.objects.create(letter=letter.outbox_message, received_at=timezone.now())
    assert reply_questions.remind_due() == 0


def test_it_is_asked_in_the_language_of_the_form() -> None:
    _letter(language="es")
    reply_questions.ask_due()
    assert _link(_asked()[0]).startswith("/es/")


def test_staff_see_numbers_and_nobodys_answer() -> None:
    letters = [_letter() for _ in range(3)]
    reply_questions.ask_due()
    reply_questions.record(letter=letters[0], has_replied=True)
    reply_questions.record(letter=letters[1], has_replied=False)
    Reply.objects.create(letter=letters[2].outbox_message, received_at=timezone.now())
    numbers = follow_ups.reply_numbers(letters[0].campaign_key)
    assert (numbers.asked, numbers.yes, numbers.not_yet, numbers.noted) == (3, 1, 1, 1)


def test_the_numbers_page_counts_answers_and_names_nobody(admin_client: Client) -> None:
    home.fresh_site()
    letter = _letter(family_name="Quillfeather")
    reply_questions.ask_due()
    reply_questions.record(letter=letter, has_replied=True)
    page = admin_client.get(reverse("campaign_numbers:campaign", args=[letter.campaign_key])).content.decode()
    assert "Letters of which people say that the office replied" in page
    assert "Quillfeather" not in page
