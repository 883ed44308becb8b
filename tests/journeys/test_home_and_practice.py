"""Somebody who lives in one district and practices in another: the legislators of both read which it is."""

import csv
import io

from django.urls import reverse

from campaigns.models import Letter, Submission
from delivery.services import sweeping
from tests.delivery.sink import Sink
from tests.factories.forms import editor_data
from tests.journeys.people import FORM, Editor, Visitor

PRACTICE = {
    "type": "address",
    "label": "Where you practice",
    "key": "practice",
    "id": "f-practice",
    "is_required": False,
    "address_kind": "practice",
}
LETTER = "Dear {legislator_salutation},\n\n{standing}, in {town}. {answer.story}\n\nSincerely,"
MARIA = {
    "name__given": "María",
    "name__family": "Santos",
    "email": "maria.santos@clinic.example",
    "address__street": "12 Main Street",
    "address__city": "Port Alder",
    "address__state": "AX",
    "address__zip_code": "69901",
    "practice__street": "101 Line Road",
    "practice__unit": "Suite 4",
    "practice__city": "Birchfield",
    "practice__state": "AX",
    "practice__zip_code": "69903",
    "story": "I see forty patients a week.",
}


def test_home_and_practice_in_different_districts_write_to_both_legislators(
    alder: None, editor: Editor, post_office: Sink, redis_away: None
) -> None:
    campaign = editor.campaign()
    twice_the_home = editor_data(*FORM, {**PRACTICE, "address_kind": "home"})
    refused = editor.try_action(campaign, targets=["state_lower"], form_fields=twice_the_home)
    assert "one is where the person lives and one where they practice" in refused.content.decode()
    action = editor.action(
        campaign, targets=["state_lower"], form_fields=editor_data(*FORM, PRACTICE), letter_body=LETTER
    )

    visitor = Visitor().visit(action.url).send("letters", **MARIA)
    # The practice lies beside a district line, so its district is asked for; the home's is certain.
    assert "Your practice address: State house" in visitor.text
    assert "Your home address: State house" not in visitor.text
    offered = visitor.choices("choice-practice-state_lower")
    second_birch = next(value for words, value in offered.items() if words.startswith("2nd Birch"))
    visitor.send("Continue", **{"choice-practice-state_lower": second_birch})
    assert "Written from your home address." in visitor.text
    assert "Written from your practice address." in visitor.text
    assert Submission.objects.count() == 0
    visitor.send("Send 2 letters")
    sweeping.sweep()

    letters = {letter.recipient_office: letter.outbox_message.recipient_address for letter in Letter.objects.all()}
    assert set(letters) == {"1st Harbor", "2nd Birch"}
    arrived = {
        received.recipients[0]: received.message.get_content().replace("\r\n", "\n")
        for received in post_office.received
    }
    assert set(arrived) == {*letters.values(), "maria.santos@clinic.example"}
    to_harbor, to_birch = arrived[letters["1st Harbor"]], arrived[letters["2nd Birch"]]
    assert to_harbor.startswith("María Santos\n12 Main Street\nPort Alder, AX 69901\n\n")
    assert "I live in your district, in Port Alder. I see forty patients a week.\n\n-- \n" in to_harbor
    assert to_birch.startswith("María Santos\nPractice address: 101 Line Road, Suite 4\nBirchfield, AX 69903\n\n")
    assert "I practice in your district, in Birchfield. I see forty patients a week.\n\n-- \n" in to_birch
    assert "Written from your practice address." in arrived["maria.santos@clinic.example"]

    rows = csv.DictReader(io.StringIO(editor.export(reverse("letters:index")), newline=""))
    assert {(row["Office"], row["Address in the letter"], row["Town"]) for row in rows} == {
        ("1st Harbor", "Home address", "Port Alder"),
        ("2nd Birch", "Practice address", "Birchfield"),
    }


def test_who_leaves_the_practice_empty_writes_from_home_alone(alder: None, editor: Editor) -> None:
    action = editor.action(
        editor.campaign(), targets=["state_lower"], form_fields=editor_data(*FORM, PRACTICE), letter_body=LETTER
    )
    at_home = {name: value for name, value in MARIA.items() if not name.startswith("practice__")}
    visitor = Visitor().visit(action.url).send("letters", **at_home)
    assert "1 letter that we send by e-mail" in visitor.text
    assert "Written from" not in visitor.text
