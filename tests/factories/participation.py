"""Makes pages on which people sign, register, tell, join and testify, and what they send with them."""

import html
import re
import uuid
from typing import Any

from django.test import Client

from campaigns.content.action_page import ActionPage
from campaigns.records.submissions import Submission
from campaigns.selectors.patient_notes import SEEN_INPUT
from tests.factories import campaigns

#: A form without an address: nothing is looked up.
NAME_AND_MAIL = campaigns.FIELDS[:2]
PETITION = {
    "heading": "Keep video visits",
    "statement": "We ask the legislature to keep video visits.\n\nRural patients need them.",
    "goal": 100,
    "shows_names": True,
    "asks_comment": True,
    "cover_letter": "Dear committee,\n\nhere are the signatures.",
}
EVENT = {
    "title": "Advocacy Day",
    "description": "Meet your legislators.",
    "day": "2099-05-04",
    "starts": "18:00:00",
    "ends": "19:30:00",
    "zone": "America/New_York",
    "place": "State House, Room 428",
    "link": "https://video.example/room",
    "capacity": 2,
}
STORY = {"heading": "Share your story", "invitation": "Tell us.", "question": "What happened?", "longest": 3000}
JOIN = {
    "network": "physicians",
    "own_network": "",
    "name": "Physician Advocates",
    "meaning": "One e-mail a month.",
}
TESTIMONY = {
    "form": "testimony",
    "body": "Joint Committee on Public Health",
    "number": "H.1234",
    "title": "An Act relative to video visits",
    "hearing_on": "2099-03-02",
    "due_on": "2099-03-05",
    "docket": "https://committee.example/h1234",
    "outline": "Who you are. What you saw. What you ask for.",
    "asks_manner": True,
    "asks_town": True,
}
SETTINGS: dict[str, dict[str, Any]] = {
    "petition": PETITION,
    "event": EVENT,
    "story": STORY,
    "join": JOIN,
    "testimony": TESTIMONY,
}


def action(kind: str, **changes: Any) -> dict[str, Any]:
    """As it is stored in a page; the id of the block is the name of the kind."""
    return {"type": kind, "id": kind, "value": {**SETTINGS[kind], **changes}}


def page(*actions: dict[str, Any], **fields: Any) -> ActionPage:
    """A published page that asks for these, with a form of a name and an e-mail address."""
    values = {
        "title": "Take part",
        "form_fields": NAME_AND_MAIL,
        "targets": [],
        "letter_subject": "",
        "letter_body": "",
        "actions": list(actions),
        **fields,
    }
    made = campaigns.action_page(**values)
    return ActionPage.objects.get(pk=made.pk)


def send(
    page: ActionPage, *, email: str = "maria.santos@clinic.example", client: Client | None = None, **answers: Any
) -> Any:
    """Fills the form in and sends it; the answer is what the browser gets, mostly the way to the receipt."""
    person = {"name__title": "Dr.", "name__given": "Maria", "name__family": "Santos", "email": email}
    data = {**person, **answers, "stage": "details", "token": str(uuid.uuid4()), **campaigns.opened(page)}
    return (client or Client()).post(page.url, data)


def sent(page: ActionPage, **answers: Any) -> Submission:
    """What was stored of it; what may identify a patient is read, and sent as it is."""
    before = set(Submission.objects.values_list("pk", flat=True))
    response = send(page, **answers)
    if notes := re.findall(rf'name="{SEEN_INPUT}" value="([^"]+)"', response.content.decode()):
        response = send(page, **answers, **{SEEN_INPUT: [html.unescape(note) for note in notes]})
    assert response.status_code == 302, response.content.decode()
    return Submission.objects.exclude(pk__in=before).get()
