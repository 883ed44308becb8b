"""Testimony: the person's words below what a committee asks, and never called handed in when it is not."""

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse

from campaigns.engine.tokens import sign_receipt
from campaigns.records.submissions import Letter
from campaigns.selectors import testimonies
from delivery.records.messages import OutboxMessage
from tests.factories import campaigns, participation
from tests.factories.delivery import words_of

ANSWERS = {
    "testimony_position": "support",
    "testimony_title": "Family physician",
    "testimony_organisation": "Alder Clinic",
    "testimony_town": "Port Alder",
    "testimony_manner": "in_person",
    "testimony_text": "Chair and members,\n\nI see forty patients a week by video.",
}


@pytest.fixture
def page(db):
    return participation.page(participation.action("testimony"))


def _url(name, submission):
    return reverse(f"campaigns:{name}", args=[sign_receipt(submission.key), submission.taken_actions.get().pk])


def _text(url):
    response = Client().get(url)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser").main.get_text(" ", strip=True)


def _receipt(submission):
    return _text(reverse("campaigns:receipt", args=[sign_receipt(submission.key)]))


def test_the_form_asks_what_a_committee_of_massachusetts_asks(page):
    soup = BeautifulSoup(Client().get(page.url).content, "html.parser")
    assert {field["name"] for field in soup.select("[name^=testimony_]")} == set(ANSWERS)
    text = soup.main.get_text(" ", strip=True)
    assert "H.1234: An Act relative to video visits" in text
    assert "Joint Committee on Public Health" in text
    assert "March 2, 2099" in text


def test_the_text_is_the_persons_words_below_what_is_asked(page):
    submission = participation.sent(page, **ANSWERS)
    found = testimonies.testimony(submission.taken_actions.get())
    assert found.text == (
        "Testimony in support of H.1234, An Act relative to video visits\n"
        "To: Joint Committee on Public Health\n"
        "Position: Support\n"
        "Name: Dr. Maria Santos\n"
        "Title: Family physician\n"
        "Organization: Alder Clinic\n"
        "Town: Port Alder\n"
        "Hearing: March 2, 2099\n"
        "Testifying: In person\n\n"
        "Chair and members,\n\nI see forty patients a week by video."
    )
    assert "What you saw" not in found.text


def test_it_is_not_handed_in_until_the_person_says_so(page):
    submission = participation.sent(page, **ANSWERS)
    assert submission.taken_actions.get().done_at is None
    text = _receipt(submission)
    assert "This is not handed in yet." in text
    assert "Last day: March 5, 2099" in text

    assert Client().get(_url("handed_in", submission)).status_code == 405
    Client().post(_url("handed_in", submission))
    assert submission.taken_actions.get().done_at is not None
    text = _receipt(submission)
    assert "You told us that you handed it in" in text
    assert "not handed in yet" not in text


def test_the_mail_says_that_only_the_person_can_hand_it_in(page):
    participation.sent(page, **ANSWERS)
    mail = OutboxMessage.objects.get(stream="receipt")
    assert "It is not handed in yet: only you can do that." in words_of(mail)
    assert "https://committee.example/h1234" in words_of(mail)


def test_the_printed_page_has_the_whole_text_and_nothing_of_the_guide(page):
    submission = participation.sent(page, **ANSWERS)
    text = _text(_url("testimony", submission))
    assert "I see forty patients a week by video." in text
    assert "Family physician" in text
    assert "Who you are." not in text


@pytest.mark.parametrize(
    ("words", "manner", "said"),
    [
        (130, "in_person", "Read aloud, your words take about 1 minute."),
        (10, "in_person", "less than half a minute"),
        (400, "virtual", "leave out 10 words"),
    ],
)
def test_the_receipt_says_how_long_it_takes_to_read(page, words, manner, said):
    answers = {**ANSWERS, "testimony_text": " ".join(["word"] * words), "testimony_manner": manner}
    assert said in _receipt(participation.sent(page, **answers))


def test_what_is_handed_in_in_writing_may_be_as_long_as_it_is(page):
    answers = {**ANSWERS, "testimony_text": " ".join(["word"] * 400), "testimony_manner": "written"}
    assert "leave out" not in _receipt(participation.sent(page, **answers))


def test_a_comment_on_a_regulation_asks_for_no_manner(db):
    page = participation.page(participation.action("testimony", form="comment", number="CMS-2026-0001"))
    html = Client().get(page.url).content.decode()
    assert "testimony_manner" not in html
    answers = {name: value for name, value in ANSWERS.items() if name != "testimony_manner"}
    found = testimonies.testimony(participation.sent(page, **answers).taken_actions.get())
    assert found.heading.startswith("Comment on CMS-2026-0001")


def test_an_answer_that_is_not_offered_is_refused(page):
    assert participation.send(page, **{**ANSWERS, "testimony_position": "maybe"}).status_code == 200
    assert participation.send(page, **{**ANSWERS, "testimony_text": ""}).status_code == 200


def test_with_the_committees_inbox_it_goes_as_a_letter_and_by_no_other_way(db):
    inbox = ("recipient", {"name": "Committee on Public Health", "office": "", "email": "committee@state.example"})
    page = participation.page(
        {"type": "letter", "id": "letter", "value": {}},
        participation.action("testimony", docket=""),
        targets=[inbox],
        letter_subject="Testimony on H.1234",
        letter_body="{answer.testimony_title}, {answer.testimony_town}\n\n{answer.testimony_text}",
    )
    client = Client()
    review = participation.send(page, client=client, **ANSWERS)
    assert review.status_code == 200
    assert Letter.objects.count() == 0
    response = campaigns.confirm(page, client, review)
    assert response.status_code == 302, response.content.decode()
    letter = Letter.objects.get()
    assert letter.outbox_message.recipient_address == "committee@state.example"
    assert "Family physician, Port Alder\n\nChair and members,\n\nI see forty patients" in letter.outbox_message.body
    submission = letter.submission
    text = _receipt(submission)
    assert "It goes with the letter above" in text
    assert "not handed in yet" not in text
    taken = submission.taken_actions.get(kind="testimony")
    assert taken.done_at is not None
    url = reverse("campaigns:handed_in", args=[sign_receipt(submission.key), taken.pk])
    Client().post(url)
    assert "You told us" not in _receipt(submission)


def _time_beside(html):
    element = BeautifulSoup(html, "html.parser").find("reading-time")
    return element and element.p.get_text(strip=True)


def test_the_time_to_read_it_stands_beside_the_text_without_scripts_too(page):
    assert _time_beside(Client().get(page.url).content) == "Words: 0. Read aloud: less than half a minute."
    response = participation.send(page, **{**ANSWERS, "testimony_text": "word " * 400, "email": "no address"})
    assert _time_beside(response.content) == (
        "Words: 400. Read aloud: about 3 min, by 10 words more than the usual three minutes."
    )


def test_nobody_reads_a_comment_aloud(db):
    page = participation.page(participation.action("testimony", form="comment", number="CMS-2026-0001"))
    assert _time_beside(Client().get(page.url).content) is None
