"""A petition, an event, a story, a network and testimony: each from the editor's form to what the staff see."""

import csv
import io
import re
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from wagtail.test.utils.form_data import streamfield

from campaigns.content.action_page import ActionPage
from campaigns.models import Signature
from delivery.services import sweeping
from tests.delivery.sink import Sink
from tests.factories import participation
from tests.factories.forms import editor_data
from tests.journeys.people import FORM, Editor, Visitor

NAME_AND_MAIL = FORM[:2]
MARIA = {"name__given": "María", "name__family": "Santos", "email": "maria.santos@clinic.example"}
JO = {"name__given": "Jo", "name__family": "Rivera", "email": "jo@clinic.example"}


def _posted(kind: str, **changes: Any) -> dict[str, Any]:
    """What an editor's browser sends of an action: a box that is not ticked is not there."""
    values = {**participation.SETTINGS[kind], **changes}
    return {name: "on" if value is True else value for name, value in values.items() if value not in (False, None)}


def _page(editor: Editor, kind: str, fields: tuple[dict[str, Any], ...] = NAME_AND_MAIL, **changes: Any) -> ActionPage:
    return editor.action(
        editor.campaign(),
        targets=[],
        title="Take part",
        slug="take-part",
        letter_subject="",
        letter_body="",
        form_fields=editor_data(*fields),
        actions=streamfield([(kind, _posted(kind, **changes))]),
    )


def _arrived(post_office: Sink, address: str) -> list[str]:
    sweeping.sweep()
    return [
        received.message.get_content().replace("\r\n", "\n")
        for received in post_office.received
        if received.recipients[0] == address
    ]


def _receipt_in(mail: str) -> str:
    found = re.search(r"http://[^/\s]+(/receipt/\S+)", mail)
    assert found
    return found.group(1)


def _block(page: ActionPage) -> tuple[Any, str]:
    return page.translation_key, page.kinds[0].block_id


def test_a_petition_is_signed_moderated_and_handed_over(
    alder: None, editor: Editor, post_office: Sink, redis_away: None
) -> None:
    page = _page(editor, "petition", FORM[:3], goal="10")
    address = {
        "address__street": "12 Main Street",
        "address__city": "Port Alder",
        "address__state": "AX",
        "address__zip_code": "69901",
    }
    visitor = Visitor().visit(page.url)
    assert "0 people have signed" in visitor.text
    comment = {"petition_comment": "I drive two hours.", "petition_comment_pass_on": "on"}
    visitor.send("Sign", **MARIA, **address, **comment, petition_public_name="on")
    assert "Thank you for signing" in visitor.text
    Visitor().visit(page.url).send("Sign", **JO, **address)

    text = Visitor().visit(page.url).text
    assert "2 people have signed" in text
    assert "20 % of our goal of 10" in text
    assert "María Santos" in text
    assert "Jo Rivera" not in text
    [mail] = _arrived(post_office, MARIA["email"])
    assert "You signed the petition “Keep video visits”." in mail

    key, block = _block(page)
    signature = Signature.objects.get(is_public=True)
    judge = reverse("petitions:judge", args=[key, block, signature.pk])
    assert editor.client.post(judge, {"act": "allow"}).status_code == 302
    listed = editor.client.get(reverse("petitions:petition", args=[key, block]), {"show": "comments"})
    assert "I drive two hours." not in listed.content.decode()
    packet = editor.client.get(reverse("petitions:packet", args=[key, block]))
    assert packet["Content-Type"] == "application/pdf"
    assert packet.content.startswith(b"%PDF-")
    assert "no-store" in packet["Cache-Control"]
    assert editor.client.post(judge, {"act": "hide"}).status_code == 302
    assert "María" not in Visitor().visit(page.url).text


def test_an_event_fills_up_and_a_place_that_is_given_back_goes_on(
    site: None, editor: Editor, post_office: Sink, redis_away: None
) -> None:
    page = _page(editor, "event", capacity="1")
    Visitor().visit(page.url).send("Sign up", **MARIA)
    waiting = Visitor().visit(page.url)
    assert "All places are taken." in waiting.text
    waiting.send("Sign up", **JO)
    assert "All places were taken when your form came" in waiting.text
    assert "video.example" not in waiting.text

    [mail] = _arrived(post_office, MARIA["email"])
    owner = Visitor().visit(_receipt_in(mail))
    assert "https://video.example/room" in owner.text
    owner.send("give my place back")
    assert "You gave your place back" in owner.text
    confirmation, place = _arrived(post_office, JO["email"])
    assert "You are on the waiting list" in confirmation
    assert "a place has become free at “Advocacy Day”" in place
    assert "You have a place" in Visitor().visit(_receipt_in(place)).text

    rows = editor.client.get(reverse("guests:event", args=_block(page)), {"export": "csv"})
    table = list(csv.DictReader(io.StringIO(rows.content.decode("utf-8-sig"), newline="")))
    assert [(row["State"], row["E-mail"]) for row in table] == [
        ("Has a place", JO["email"]),
        ("Cancelled", MARIA["email"]),
    ]


def test_a_story_is_read_approved_and_taken_back(
    site: None, editor: Editor, post_office: Sink, redis_away: None
) -> None:
    page = _page(editor, "story", longest="3000")
    story = "My mother was seen on March 3, 2026. Call 699-555-0123."
    teller = Visitor().visit(page.url).send("Share my story", **MARIA, story_text=story, story_legislators="on")
    assert "This may identify a patient. You can go on as it is." in teller.text
    teller.send("Share my story")
    assert "It waits to be read." in teller.text
    queue = editor.client.get(reverse("stories:index")).content.decode()
    assert "For legislators and their staff" in queue
    assert "699-555-0123<span" in queue
    number = re.search(r"taking-part/stories/(\d+)/", queue)
    assert number
    editor.client.post(reverse("stories:judge", args=[number.group(1)]), {"judgement": "approve", "note": "Strong."})
    assert "My mother" not in editor.client.get(reverse("stories:index")).content.decode()
    approved = editor.client.get(reverse("stories:index"), {"state": "approved"}).content.decode()
    assert "erin: Strong." in approved

    [mail] = _arrived(post_office, MARIA["email"])
    assert "My mother" not in mail
    teller = Visitor().visit(_receipt_in(mail))
    assert "It has been read. It may be used as you allow below." in teller.text
    teller.send("Take my story back")
    assert "Its words are deleted here" in teller.text
    withdrawn = editor.client.get(reverse("stories:index"), {"state": "withdrawn"}).content.decode()
    assert "My mother" not in withdrawn


def test_a_network_is_joined_and_left(site: None, editor: Editor, post_office: Sink, redis_away: None) -> None:
    page = _page(editor, "join")
    visitor = Visitor().visit(page.url)
    assert "One e-mail a month." in visitor.text
    visitor.send("Join", **MARIA)
    assert "You have joined." in visitor.text
    rows = editor.client.get(reverse("networks:index"), {"export": "csv"}).content.decode("utf-8-sig")
    assert MARIA["email"] in rows
    [mail] = _arrived(post_office, MARIA["email"])
    Visitor().visit(_receipt_in(mail)).send("Leave again")
    assert MARIA["email"] not in editor.client.get(reverse("networks:index"), {"export": "csv"}).content.decode()


def test_testimony_is_composed_printed_and_handed_in(
    site: None, editor: Editor, post_office: Sink, redis_away: None
) -> None:
    page = _page(editor, "testimony")
    answers = {
        "testimony_position": "oppose",
        "testimony_title": "Family physician",
        "testimony_town": "Port Alder",
        "testimony_manner": "written",
        "testimony_text": "I see forty patients a week by video.",
    }
    visitor = Visitor().visit(page.url).send("Write my testimony", **MARIA, **answers)
    assert "Testimony in opposition to H.1234" in visitor.text
    assert "This is not handed in yet." in visitor.text
    [mail] = _arrived(post_office, MARIA["email"])
    assert "It is not handed in yet" in mail
    receipt = Visitor().visit(_receipt_in(mail)).send("I handed it in")
    assert "You told us that you handed it in" in receipt.text


@pytest.mark.parametrize("name", ["petitions", "guests", "stories", "networks"])
def test_who_may_only_edit_pages_sees_nobody_who_took_part(site: None, editor: Editor, name: str) -> None:
    assert editor.client.get(reverse(f"{name}:index")).status_code == 200
    group = Group.objects.get(user__username="erin")
    group.permissions.remove(*group.permissions.filter(content_type__app_label__in=["campaigns", "advocates"]))
    assert editor.client.get(reverse(f"{name}:index")).status_code == 302
