"""Calls, posts, pledges and surveys: from an editor's “Publish” to what the staff read of them."""

import csv
import io
from typing import Any

from bs4 import BeautifulSoup
from django.urls import reverse
from wagtail.test.utils.form_data import streamfield

from campaigns.models import Letter, Submission
from campaigns.records.participation import Signature
from campaigns.records.taken_actions import TakenAction
from delivery.models import OutboxMessage
from legislators.models import Official
from tests.factories.delivery import words_of
from tests.factories.forms import editor_data
from tests.journeys.people import FORM, Editor, Visitor

MARIA = {
    "name__title": "Dr.",
    "name__given": "María",
    "name__family": "Santos",
    "email": "maria.santos@clinic.example",
    "address__street": "12 Main Street",
    "address__city": "Port Alder",
    "address__state": "AX",
    "address__zip_code": "69901",
    "story": "Ask me about {town}.",
}
NO_LETTER = {"letter_subject": "", "letter_body": ""}
CALL = {
    "script": "Hello, {legislator_salutation}, I am {constituent_name} from {town}. {answer.story}",
    "voicemail": "This is {constituent_name}, {zip}.",
}


def actions(*kinds: tuple[str, dict[str, Any]]) -> dict[str, Any]:
    return {"actions": streamfield(list(kinds))}


def test_a_person_calls_both_offices_and_only_what_they_say_is_noted(alder: None, editor: Editor) -> None:
    campaign = editor.campaign()
    refused = editor.try_action(
        campaign, targets=["state_upper"], **NO_LETTER, **actions(("call", {"script": "Hi {senator}", "voicemail": ""}))
    )
    assert "{senator} is not a merge field" in refused.content.decode()
    nobody = editor.try_action(campaign, targets=[], **NO_LETTER, **actions(("call", CALL)))
    assert "targets" in nobody.context["form"].errors
    step = {
        "when": streamfield([("calls", {"values": "spoke"})]),
        "page": str(campaign.pk),
        "text": "Tell others",
        "description": "Five people who call are heard.",
    }
    action = editor.action(
        campaign,
        targets=["state_upper", "state_lower"],
        **NO_LETTER,
        **actions(("call", CALL)),
        next_steps=streamfield([("step", step)]),
    )

    visitor = Visitor().visit(action.url).send("Show me whom to call", **MARIA)
    receipt = visitor.response.redirect_chain[-1][0]
    assert "Senator Marisol Tidewater" in visitor.text
    assert "Hello, Representative Quayle, I am Dr. María Santos from Port Alder. Ask me about {town}." in visitor.text
    assert "You told us" not in visitor.text
    assert "Tell others" not in visitor.text
    assert not Letter.objects.exists()
    mail = OutboxMessage.objects.get()
    assert "The calls are yours to make; we cannot make them for you." in words_of(mail)

    visitor.send("I spoke with somebody : Representative Ines Quayle")
    assert visitor.text.count("You told us: spoke with somebody") == 1
    assert "Tell others" in visitor.text
    assert TakenAction.objects.get().done_at is None
    visitor.send("555-555-0101 is a wrong number")
    assert visitor.text.count("You told us: the number is wrong") == 1
    assert TakenAction.objects.get().done_at is None
    visitor.send("I left a message : Senator Marisol Tidewater")
    assert visitor.text.count("You told us: the number is wrong") == 1
    assert TakenAction.objects.get().done_at is not None
    assert "Tell others" in Visitor().visit(receipt).text

    numbers = _page(editor, reverse("campaign_numbers:campaign", args=[campaign.translation_key]))
    assert "Calls of which people told us: spoke with somebody 1" in numbers
    freshness = _page(editor, reverse("freshness:index"))
    assert "Numbers that people say are wrong" in freshness
    assert "still given out" in freshness


def test_a_person_posts_to_their_legislator_themselves(alder: None, editor: Editor) -> None:
    Official.objects.filter(name="Ines Quayle").update(social_handles={"twitter": "InesQuayle"})
    post = {"text": "{legislator_handle}, please act.", "networks": "x", "has_address": "on"}
    action = editor.action(editor.campaign(), targets=["state_lower"], **NO_LETTER, **actions(("social", post)))
    visitor = Visitor().visit(action.url).send("Show me the posts", **MARIA)
    soup = BeautifulSoup(visitor.response.content, "html.parser")
    assert soup.select_one("post-text textarea").get_text().strip().startswith("@InesQuayle, please act. http")
    assert str(soup.select_one("post-text a")["href"]).startswith("https://x.com/intent/post?text=%40InesQuayle%2C")
    assert "Nothing is posted for you." in visitor.text
    visitor.send("I posted it")
    assert "You told us: posted" in visitor.text
    visitor.send("Take back what I said")
    assert "You told us" not in visitor.text


def test_a_pledge_is_counted_once_and_named_only_where_the_person_agrees(alder: None, editor: Editor) -> None:
    pledge = {"statement": "I will call every week.", "has_counter": "on", "shows_names": "on"}
    campaign = editor.campaign()
    action = editor.action(campaign, targets=[], **NO_LETTER, **actions(("pledge", pledge)))
    editor.put_form_into(campaign, action)
    visitor = Visitor().visit(campaign.url)
    assert "I will call every week." in visitor.text
    visitor.send("Make this pledge", **MARIA)
    assert "Your name is not shown in public." in visitor.text
    Visitor().visit(action.url).send("Make this pledge", **MARIA, pledge_public_name="on")
    assert "1 person has made this pledge" in Visitor().visit(campaign.url).text
    assert Signature.objects.count() == 2
    assert [message.stream for message in OutboxMessage.objects.all()] == ["receipt", "receipt"]


def test_a_survey_tells_the_staff_what_came_of_it_and_the_public_nothing_of_few(alder: None, editor: Editor) -> None:
    question = {
        "type": "choice",
        "label": "How long do patients wait?",
        "key": "wait",
        "id": "f-wait",
        "control": "radios",
        "options": [{"label": "Days", "value": "days"}, {"label": "=Months", "value": "months"}],
    }
    action = editor.action(
        editor.campaign(),
        targets=[],
        **NO_LETTER,
        **actions(("survey", {"results": "public"})),
        form_fields=editor_data(*FORM, question),
    )
    for number, chosen in enumerate(("days", "months", "months")):
        answers = {**MARIA, "email": f"m{number}@clinic.example", "wait": chosen}
        visitor = Visitor().visit(action.url).send("Send your answers", **answers)
        assert "We have your answers." in visitor.text
    assert "What others have answered" not in Visitor().visit(action.url).text
    assert Submission.objects.count() == 3
    url = reverse("survey_results:survey", args=[action.translation_key])
    assert "Days 1 33 %" in _page(editor, url)
    rows = list(csv.reader(io.StringIO(editor.client.get(url, {"export": "csv"}).content.decode("utf-8-sig"))))
    assert ["How long do patients wait?", "'=Months", "2", "67"] in rows


def _page(editor: Editor, url: str) -> str:
    response = editor.client.get(url)
    assert response.status_code == 200
    return " ".join(BeautifulSoup(response.content, "html.parser").get_text(" ").split())
