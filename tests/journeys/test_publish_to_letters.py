"""From an editor's “Publish” to letters in an inbox, a receipt that tells the truth, and the staff's own view."""

import csv
import io
import re

import pytest
from django.urls import reverse

from advocates.models import Advocate, ConsentEvent
from campaigns.models import Letter, Submission
from delivery.models import OutboxMessage
from tests.delivery.sink import Sink
from tests.journeys.conftest import Drain
from tests.journeys.people import Editor, Visitor, report

pytestmark = pytest.mark.redis

MARIA = {
    "name__title": "Dr.",
    "name__given": "=María",
    "name__family": "Santos",
    "email": "maria.santos@clinic.example",
    "address__street": "12 Main Street",
    "address__city": "Port Alder",
    "address__state": "AX",
    "address__zip_code": "69901",
    "story": "I see {legislator_name} forty patients a week by video.",
}
SENATOR, REPRESENTATIVE = "Marisol Tidewater", "Ines Quayle"
#: Stands above every letter, so that an office sees at once whose it is.
LETTERHEAD = "Dr. =María Santos\n12 Main Street\nPort Alder, AX 69901\n\n"


def test_a_campaign_is_published_and_its_letters_arrive(
    alder: None, editor: Editor, post_office: Sink, drain: Drain
) -> None:
    campaign = editor.campaign()
    refused = editor.try_action(campaign, targets=["state_upper", "state_lower"], letter_body="Dear {senator},")
    assert "{senator} is not a merge field" in refused.context["form"].errors["letter_body"][0]
    action = editor.action(campaign, targets=["state_upper", "state_lower"])
    campaign = editor.put_form_into(campaign, action)

    visitor = Visitor().visit(campaign.url)
    assert "Rural patients need video visits." in visitor.text
    visitor.send("letters", **MARIA)
    assert "Read your letters" in visitor.text
    assert (Submission.objects.count(), Advocate.objects.count()) == (0, 0)
    letter_of_the_senator = next(name for name in _areas(visitor) if "body" in name)
    visitor.send("Send 2 letters", **{letter_of_the_senator: "Dear Senator,\n\nIn my own words."})
    receipt = visitor.response.redirect_chain[-1][0]
    assert "Waiting to be sent" in visitor.text
    assert post_office.received == []

    drain()
    arrived = {received.recipients[0]: received for received in post_office.received}
    assert set(arrived) == {
        "marisol.tidewater@legislature.alder.example",
        "ines.quayle@legislature.alder.example",
        "maria.santos@clinic.example",
    }
    letter = arrived["ines.quayle@legislature.alder.example"].message
    assert letter["From"].addresses[0].addr_spec == "letters@alder-medical.example"
    assert letter["From"].addresses[0].display_name == "Dr. =María Santos"
    assert [address.addr_spec for address in letter["Reply-To"].addresses] == ["maria.santos@clinic.example"]
    assert [address.display_name for address in letter["To"].addresses] == [REPRESENTATIVE]
    assert letter["Subject"] == "Please support Telehealth parity, from Port Alder"
    body = letter.get_content().replace("\r\n", "\n")
    words, _separator, footer = body.partition("\n-- \n")
    assert words == (
        f"{LETTERHEAD}Dear Representative Quayle,\n\n"
        "I live in 1st Harbor. I see {legislator_name} forty patients a week by video.\n"
    )
    assert SENATOR in footer
    own_words = arrived["marisol.tidewater@legislature.alder.example"].message.get_content()
    assert own_words.replace("\r\n", "\n").startswith(f"{LETTERHEAD}Dear Senator,\n\nIn my own words.\n")
    confirmation = arrived["maria.santos@clinic.example"].message.get_content()
    # Of the same submission; the link in the mail says that it was mailed.
    mailed = re.search(rf"{re.escape(receipt.split('.')[0])}m\.\S+", confirmation)
    assert mailed

    for link in (mailed[0], receipt):
        assert visitor.visit(link).text.count("We do not know yet whether the office’s mail server has.") == 2
    assert Letter.objects.get(recipient_name=SENATOR).is_personalised

    report(_message_to(SENATOR), "Delivery")
    report(_message_to(REPRESENTATIVE), "Bounce")
    visitor.visit(receipt)
    assert "Nobody can tell whether it has been read." in visitor.text
    # What came back takes the next way, in the end the person's own hands, and is called nothing else.
    assert "We tried to deliver your letter and could not." in visitor.text
    assert editor.ledger() == {
        SENATOR: "Delivered to the office’s mail server",
        REPRESENTATIVE: "Waits for the supporter to deliver it",
    }
    assert list(editor.ledger(state="needs_handoff")) == [REPRESENTATIVE]

    for url in (reverse("letters:index"), reverse("wagtailforms:list_submissions", args=[action.pk])):
        cells = [cell for row in csv.reader(io.StringIO(editor.export(url), newline="")) for cell in row]
        assert any("María" in cell for cell in cells)
        assert [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))] == []

    # The same person again, from the page by itself: one letter for each official, whatever they try.
    # To the address that returned the first one no mail is offered any more.
    again = Visitor().visit(action.url).send("letters", **MARIA).send("Send 1 letter")
    assert "was written before in this campaign" in again.text
    assert (Letter.objects.count(), Submission.objects.count(), ConsentEvent.objects.count()) == (2, 2, 0)
    assert "1 person" in " ".join(Visitor().visit(campaign.url).text.split())


def test_congress_takes_no_mail_so_the_person_does_it_and_says_so(
    alder: None, editor: Editor, post_office: Sink, drain: Drain
) -> None:
    action = editor.action(editor.campaign(), targets=["us_house", "us_senate"])
    visitor = Visitor().visit(action.url).send("letters", **MARIA)
    assert "3 letters that need you" in visitor.text
    visitor.send("Keep my letters")
    receipt = visitor.response.redirect_chain[-1][0]
    drain()
    assert [received.recipients for received in post_office.received] == [["maria.santos@clinic.example"]]
    assert set(editor.ledger().values()) == {"Waits for the supporter to deliver it"}

    visitor.visit(receipt)
    assert visitor.text.count("Needs you") == 3
    assert "https://strand.congress.alder.example/contact" in visitor.response.content.decode()
    assert "555-555-0112" in visitor.text
    done = visitor.response.context["receipt"].handed_over[0]
    url = reverse("campaigns:report_done", args=[visitor.response.context["token"], done.message_id])
    token = visitor.client.cookies["csrftoken"].value
    for _twice in range(2):
        visitor.client.post(url, {"csrfmiddlewaretoken": token})
    assert visitor.visit(receipt).text.count("Done by you") == 1
    message = OutboxMessage.objects.get(pk=done.message_id)
    assert [event.state for event in message.events.order_by("pk")] == ["needs_handoff", "handed_off"]
    assert editor.ledger()[done.recipient] == "Reported as done by the supporter"


def _areas(visitor: Visitor) -> list[str]:
    return [str(area["name"]) for area in visitor._soup().main.select("textarea[name]")]


def _message_to(name: str) -> OutboxMessage:
    return OutboxMessage.objects.get(recipient_name=name)
