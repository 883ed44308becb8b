"""What the staff see of those who took part: who may, what is on record, and files that calculate nothing."""

import csv
import io

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from wagtail.models import ModelLogEntry, PageLogEntry

from advocates.models import Advocate
from campaigns.records.participation import Registration, Signature, Story
from campaigns.services import staff
from tests.factories import participation

pytestmark = pytest.mark.django_db


@pytest.fixture
def erin():
    group, _given = staff.set_up_group()
    user = User.objects.create_user("erin", "erin@alder.example", "x")
    user.groups.add(group)
    client = Client()
    client.force_login(user)
    return client


def _rows(response):
    text = response.content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def _logged():
    return {
        *PageLogEntry.objects.values_list("action", flat=True),
        *ModelLogEntry.objects.values_list("action", flat=True),
    }


@pytest.mark.parametrize("name", ["petitions", "guests", "stories", "networks"])
def test_nobody_from_outside_sees_a_list(name):
    response = Client().get(reverse(f"{name}:index"))
    assert response.status_code == 302
    assert "login" in response.url


def test_who_may_only_read_decides_nothing(erin):
    page = participation.page(participation.action("petition"), participation.action("story"))
    participation.sent(page, story_text="A story.", petition_public_name="on")
    user = User.objects.get(username="erin")
    group = user.groups.get()
    group.permissions.remove(*group.permissions.filter(codename__in=["change_signature", "change_story"]))
    signature, story = Signature.objects.get(), Story.objects.get()
    url = reverse("petitions:petition", args=[page.translation_key, "petition"])
    assert "Hide the name" not in erin.get(url).content.decode()
    erin.post(reverse("petitions:judge", args=[page.translation_key, "petition", signature.pk]), {"act": "hide"})
    erin.post(reverse("stories:judge", args=[story.pk]), {"judgement": "approve"})
    signature.refresh_from_db()
    story.refresh_from_db()
    assert not signature.is_hidden
    assert story.state == "waiting"


def test_looks_and_decisions_are_on_record(erin):
    page = participation.page(
        participation.action("petition"), participation.action("event"), participation.action("join")
    )
    participation.sent(page, petition_public_name="on", petition_comment="Why", petition_comment_pass_on="on")
    key, number = page.translation_key, Signature.objects.get().pk
    erin.get(reverse("petitions:petition", args=[key, "petition"]))
    for act in ("hide", "show", "allow", "decline"):
        erin.post(reverse("petitions:judge", args=[key, "petition", number]), {"act": act})
    erin.get(reverse("petitions:packet", args=[key, "petition"]))
    erin.get(reverse("guests:event", args=[key, "event"]))
    erin.get(reverse("guests:event", args=[key, "event"]), {"export": "csv"})
    erin.get(reverse("networks:index"))
    erin.get(reverse("networks:index"), {"export": "csv"})
    expected = {"list_signatures", "hide_signature", "show_signature", "allow_comment", "decline_comment"}
    expected |= {"make_packet", "list_guests", "export_guests", "list_members", "export_members"}
    assert {f"campaigns.{name}" for name in expected} <= _logged()


def test_a_file_calculates_nothing(erin):
    page = participation.page(participation.action("event"), participation.action("join"))
    participation.sent(page, name__title="", name__given="=HYPERLINK(1)", name__family="+1")
    guests = _rows(erin.get(reverse("guests:event", args=[page.translation_key, "event"]), {"export": "csv"}))
    members = _rows(erin.get(reverse("networks:index"), {"export": "csv"}))
    for row in (*guests, *members):
        assert row["First name"] == "'=HYPERLINK(1)"
        assert row["Last name"] == "'+1"


def test_markup_in_what_people_wrote_is_shown_as_text(erin):
    page = participation.page(participation.action("petition"), participation.action("story"))
    hostile = "<script>alert(1)</script>"
    participation.sent(
        page, name__given=hostile, petition_comment=hostile, petition_comment_pass_on="on", story_text=hostile
    )
    for url in (reverse("petitions:petition", args=[page.translation_key, "petition"]), reverse("stories:index")):
        html = erin.get(url).content.decode()
        assert hostile not in html
        assert "&lt;script&gt;" in html


def test_nonsense_in_an_address_finds_nothing(erin):
    page = participation.page(participation.action("petition"), participation.action("event"))
    key = page.translation_key
    packet = reverse("petitions:packet", args=[key, "petition"])
    for division in ("x", "-1", "9" * 30, "999999"):
        assert erin.get(packet, {"division": division}).status_code == 404
    assert erin.get(reverse("petitions:petition", args=[key, "event"])).status_code == 404
    assert erin.get(reverse("guests:event", args=[key, "nothing"])).status_code == 404
    assert erin.get(reverse("stories:index"), {"state": "x' OR 1=1"}).status_code == 200
    assert erin.get(reverse("networks:index"), {"network": "=x"}).status_code == 200
    participation.sent(page)
    judge = reverse("petitions:judge", args=[key, "petition", Signature.objects.get().pk])
    assert erin.post(judge, {"act": "erase"}).status_code == 404


def test_more_places_are_given_to_those_who_wait(erin):
    page = participation.page(participation.action("event", capacity=1))
    for number in range(3):
        participation.sent(page, email=f"p{number}@clinic.example")
    value = dict(page.actions.raw_data[0]["value"])
    page.actions = [{"type": "event", "id": "event", "value": {**value, "capacity": 2}}]
    page.save()
    url = reverse("guests:event", args=[page.translation_key, "event"])
    assert "Give the free places" in erin.get(url).content.decode()
    erin.post(reverse("guests:move_up", args=[page.translation_key, "event"]))
    assert Registration.objects.filter(state="confirmed").count() == 2
    assert Registration.objects.filter(state="waiting").count() == 1
    assert "Give the free places" not in erin.get(url).content.decode()


def test_a_guest_who_signed_up_twice_is_listed_once(erin):
    page = participation.page(participation.action("event"))
    participation.sent(page)
    participation.sent(page)
    assert Advocate.objects.count() == 1
    url = reverse("guests:event", args=[page.translation_key, "event"])
    assert len(_rows(erin.get(url, {"export": "csv"}))) == 1
