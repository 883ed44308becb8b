"""Letters that wait for a person to confirm, go when they do, and are checked by the office that gets them."""

import re

from django.test import Client
from django.urls import reverse

from campaigns.models import Submission
from delivery.services import sweeping
from tests.delivery.sink import Sink
from tests.journeys.people import Editor, Visitor

MARIA = {
    "name__given": "María",
    "name__family": "Santos",
    "email": "maria.santos@clinic.example",
    "address__street": "12 Main Street",
    "address__city": "Port Alder",
    "address__state": "AX",
    "address__zip_code": "69901",
    "story": "I see forty patients a week.",
}


def _arrived(post_office: Sink) -> dict[str, str]:
    return {
        received.recipients[0]: received.message.get_content().replace("\r\n", "\n")
        for received in post_office.received
    }


def test_from_a_form_that_is_to_be_confirmed_to_an_office_that_checks_the_letter(
    alder: None, editor: Editor, post_office: Sink, redis_away: None
) -> None:
    action = editor.action(editor.campaign(), targets=["state_upper", "state_lower"], confirmation="always")
    visitor = Visitor().visit(action.url).send("letters", **MARIA).send("Send 2 letters")
    assert "Nothing has gone yet" in visitor.text
    sweeping.sweep()
    [asked] = post_office.received
    assert asked.recipients == ["maria.santos@clinic.example"]
    link = re.search(r"https?://[^/\s]+(/confirm/\S+)", asked.message.get_content())
    assert link

    # A mail scanner opens the link first, as many do.
    assert Client().get(link[1]).status_code == 200
    assert Client().head(link[1]).status_code == 200
    sweeping.sweep()
    assert len(post_office.received) == 1

    visitor.visit(link[1]).send("Yes, this is mine")
    assert "Nothing has gone yet" not in visitor.text
    sweeping.sweep()
    assert len(post_office.received) == 4
    body = next(body for to, body in _arrived(post_office).items() if "clinic.example" not in to)
    reference = re.search(r"reference ([0-9A-Z-]{11})", body)
    assert reference

    office = Visitor().visit("/check/").send("Check", reference=reference[1], text=body)
    assert "Sent by a person through" in office.text
    assert "Are those of the letter" in office.text
    assert "Santos" not in office.text.split("Reference")[0]
    assert "No: they sent the text on offer" in office.text

    found = Submission.objects.get()
    chosen = {"why": "Not a person.", "expected": "1"}
    editor.client.post(f"{reverse('quarantine:invalidate')}?domain=clinic.example", chosen)
    found.refresh_from_db()
    assert found.standing == "invalid"
    assert set(found.letters.values_list("outbox_message__state", flat=True)) == {"accepted"}
    assert "Do not count this letter" in Visitor().visit("/check/").send("Check", reference=reference[1]).text
