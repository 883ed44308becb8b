"""A page that asks for several things: what is done, what is next, and what stands first on the receipt."""

import pytest
from bs4 import BeautifulSoup

from campaigns.engine.outreach import OF_CALLS
from campaigns.records.submissions import Submission
from campaigns.records.taken_actions import Outreach, TakenAction
from campaigns.services import outreach
from delivery.records.messages import OutboxMessage
from tests.factories import campaigns as make
from tests.factories.delivery import words_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("alder")]

PLEDGE = ("pledge", {"statement": "I will call again.", "has_counter": True, "shows_names": False})
CALL = ("call", {"script": "Hello, {legislator_salutation}.", "voicemail": ""})


def sequence(client):
    page = make.action_page(actions=[("letter", {}), CALL, PLEDGE])
    return make.send(page, client).url


def headings(page):
    found = BeautifulSoup(page.content, "html.parser").main.select("h2")
    return [" ".join(item.get_text(" ").split()) for item in found]


def test_each_step_is_ticked_once_it_is_done_and_the_next_one_stands_first(client):
    receipt = sequence(client)
    page = client.get(receipt)
    steps = page.context["progress"].steps
    assert [(step.name, step.is_done, step.is_next) for step in steps] == [
        ("Letters", True, False),
        ("Call", False, True),
        ("Pledge", True, False),
    ]
    found = headings(page)
    assert found[0] == "2 of 3 steps done"
    assert found.index("Step 2 of 3: Make your calls") < found.index("Your letters")
    assert found.index("Your letters") < found.index("Step 3 of 3: Your pledge")


def test_calls_that_are_done_make_room_for_the_letters(client):
    receipt = sequence(client)
    for row in Outreach.objects.all():
        outreach.report(outreach=row, outcome="spoke", allowed=OF_CALLS)
    page = client.get(receipt)
    assert page.context["progress"].first is None
    assert headings(page)[:2] == ["3 of 3 steps done", "Your letters"]


def test_a_letter_that_needs_the_person_is_an_open_step(client):
    receipt = sequence(client)
    message = OutboxMessage.objects.filter(stream="letter").first()
    message.channel, message.state = OutboxMessage.Channel.HANDOFF, OutboxMessage.State.NEEDS_HANDOFF
    message.save()
    step = client.get(receipt).context["progress"].steps[0]
    assert (step.is_done, step.anchor) == (False, "letters-by-hand")


def test_letters_that_wait_for_a_confirmation_are_not_ticked(client):
    receipt = sequence(client)
    Submission.objects.update(standing="unconfirmed")
    progress = client.get(receipt).context["progress"]
    assert [(step.is_done, step.is_waiting, step.is_next) for step in progress.steps[:2]] == [
        (False, True, False),
        (False, False, True),
    ]
    assert progress.first.kind == "call"


def test_one_action_needs_no_list_of_steps(client):
    page = make.action_page(actions=[CALL])
    receipt = client.get(make.details(page, client).url)
    assert receipt.context["progress"].steps == ()
    assert headings(receipt)[0] == "Make your calls"


def test_an_old_receipt_with_letters_only_stays_as_it_was(client):
    receipt = make.send(make.action_page(), client).url
    assert not TakenAction.objects.exists()
    page = client.get(receipt)
    assert page.context["progress"].steps == ()
    assert headings(page)[0] == "Your letters"


@pytest.mark.parametrize(
    ("actions", "label"),
    [
        ([], "Continue to your letters"),
        ([CALL], "Show me whom to call"),
        ([CALL, ("letter", {})], "Continue to your letters"),
        ([PLEDGE], "Make this pledge"),
        ([("survey", {"results": "staff"})], "Send your answers"),
    ],
)
def test_the_button_says_what_comes_next(client, actions, label):
    page = client.get(make.action_page(actions=actions).url)
    buttons = [
        button.get_text(strip=True) for button in BeautifulSoup(page.content, "html.parser").select(".form button")
    ]
    assert label in buttons


def test_the_mail_tells_of_calls_and_pledges_and_claims_none_was_made(client):
    sequence(client)
    body = words_of(OutboxMessage.objects.get(stream="receipt"))
    assert "The calls are yours to make" in body
    assert "You made this pledge: I will call again." in body
    assert "Senator Marisol Tidewater: " in body
    assert "You told us" not in body


def test_whom_nobody_represents_is_said_without_letters(client):
    page = make.action_page(actions=[CALL], targets=[("us_house", None)])
    content = client.get(make.details(page, client).url).content.decode()
    assert "so no letter is written" not in content
    assert "No letter" not in content
