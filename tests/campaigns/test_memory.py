"""Details that are filled in: only on the device that sent them, and only what was typed there."""

import re
import time
import uuid

import pytest
from django.test import Client
from django.urls import reverse

from advocates.records.advocates import Advocate
from campaigns.engine.memory_tokens import JUST_SENT, NEXT_STEP, REMEMBERED
from campaigns.engine.tokens import BadToken, ExpiredToken, read_receipt, sign_receipt
from campaigns.records.submissions import Submission
from tests.factories import campaigns as make

KEY = uuid.UUID(int=9)
ROLE = ("role", {"label": "I am a", "key": "role", "is_required": False, "roles": []})
PHONE = ("phone", {"label": "Telephone", "key": "phone", "is_required": False})


@pytest.fixture
def page(alder):
    return make.action_page()


def receipt_token(sent) -> str:
    return sent.url.split("/receipt/")[1].strip("/")


def remember(client, sent, **data):
    return client.post(reverse("campaigns:remember", args=[receipt_token(sent)]), data)


def value_of(html: str, name: str) -> str:
    [control] = re.findall(rf'<input[^>]*name="{name}"[^>]*>', html)
    return (re.findall(r'value="([^"]*)"', control) or [""])[0]


def test_no_cookie_stands_for_another_nor_for_the_link_to_a_receipt():
    for memory in (JUST_SENT, NEXT_STEP, REMEMBERED):
        assert memory.read(memory.sign(KEY)) == KEY
        for value in [other.sign(KEY) for other in (JUST_SENT, NEXT_STEP, REMEMBERED) if other != memory]:
            with pytest.raises(BadToken):
                memory.read(value)
        with pytest.raises(BadToken):
            read_receipt(memory.sign(KEY), days=1)
        with pytest.raises(BadToken):
            memory.read(sign_receipt(KEY))


def test_a_cookie_that_a_browser_keeps_too_long_is_worth_nothing(monkeypatch):
    value = REMEMBERED.sign(KEY)
    later = time.time() + REMEMBERED.seconds + 1
    monkeypatch.setattr("time.time", lambda: later)
    with pytest.raises(ExpiredToken):
        REMEMBERED.read(value)


@pytest.mark.django_db
def test_the_choice_is_offered_unticked_and_nothing_is_kept_without_it(client, page):
    sent = make.send(page, client)
    html = client.get(sent.url).content.decode()

    box = re.findall(r'<input[^>]*id="remember-details"[^>]*>', html)[0]
    assert "checked" not in box
    remember(client, sent)
    assert REMEMBERED.cookie not in client.cookies
    assert value_of(client.get(page.url).content.decode(), "name__given") == ""


@pytest.mark.django_db
def test_what_is_remembered_is_filled_in_and_said_and_can_be_cleared(client, page):
    other = make.action_page(
        parent=page.get_parent(), slug="other", form_fields=[*make.FIELDS, ROLE, PHONE], targets=[]
    )
    remember(client, make.send(page, client), remember="yes")
    html = client.get(other.url).content.decode()

    assert "Your details are filled in" in html
    assert value_of(html, "name__title") == "Dr."
    assert value_of(html, "name__family") == "Santos"
    assert value_of(html, "email") == "maria.santos@clinic.example"
    assert value_of(html, "address__street") == "12 Main Street"
    assert "forty patients" not in html
    assert "checked" not in re.findall(r'<input[^>]*name="news"[^>]*>', html)[0]
    cleared = client.post(reverse("campaigns:forget"), {"back": other.url}, follow=True)
    assert cleared.redirect_chain[-1][0] == other.url
    assert value_of(cleared.content.decode(), "email") == ""
    assert value_of(client.get(other.url).content.decode(), "email") == ""


@pytest.mark.django_db
def test_the_cookie_says_nothing_and_no_script_reads_it(client, page, settings):
    settings.SESSION_COOKIE_SECURE = True
    answer = remember(client, make.send(page, client), remember="yes")
    cookie = answer.cookies[REMEMBERED.cookie]

    assert cookie["httponly"]
    assert cookie["secure"]
    assert cookie["samesite"] == "Lax"
    assert cookie["max-age"] == REMEMBERED.seconds
    assert Submission.objects.get().key.hex in cookie.value
    assert not [word for word in ("maria", "santos", "clinic") if word in cookie.value.lower()]


@pytest.mark.django_db
def test_whoever_types_somebody_elses_address_is_shown_only_what_they_typed_themselves(page):
    victim, attacker = Client(), Client()
    make.send(page, victim, address__street="21 Main Street", name__given="Noor", name__family="Castellane")
    sent = make.send(page, attacker, name__given="Eve", name__family="Else", address__street="12 Main Street")
    remember(attacker, sent, remember="yes")
    html = attacker.get(page.url).content.decode()

    assert Advocate.objects.count() == 1
    assert value_of(html, "name__given") == "Eve"
    assert value_of(html, "address__street") == "12 Main Street"
    assert not [word for word in ("Noor", "Castellane", "21 Main Street") if word in html]


@pytest.mark.django_db
def test_whoever_has_only_the_link_to_a_receipt_is_offered_and_given_nothing(client, page):
    sent = make.send(page, client)
    stranger = Client()

    assert "remember-details" not in stranger.get(sent.url).content.decode()
    remember(stranger, sent, remember="yes")
    assert REMEMBERED.cookie not in stranger.cookies
    assert value_of(stranger.get(page.url).content.decode(), "email") == ""


@pytest.mark.django_db
def test_having_just_sent_a_form_alone_fills_in_nothing(client, page):
    make.send(page, client)
    assert JUST_SENT.cookie in client.cookies
    assert value_of(client.get(page.url).content.decode(), "email") == ""


@pytest.mark.django_db
def test_a_submission_that_was_erased_fills_in_nothing(client, page):
    remember(client, make.send(page, client), remember="yes")
    Submission.objects.update(form_data={})
    assert value_of(client.get(page.url).content.decode(), "email") == ""
    client.cookies[REMEMBERED.cookie] = REMEMBERED.sign(uuid.uuid4())
    html = client.get(page.url).content.decode()
    assert "Your details are filled in" not in html


@pytest.mark.django_db
@pytest.mark.parametrize("value", ["", "x", "é" * 50, "a" * 5000, "00000000000000000000000000000009.abc.def"])
def test_a_forged_cookie_is_ignored(client, page, value):
    client.cookies[REMEMBERED.cookie] = value
    assert client.get(page.url).status_code == 200


@pytest.mark.django_db
def test_an_address_of_work_is_not_filled_in_as_a_home(client, page):
    practice = [
        *make.FIELDS[:2],
        ("address", {"label": "Practice", "key": "work", "is_required": True, "address_kind": "practice"}),
    ]
    other = make.action_page(
        parent=page.get_parent(), slug="practice", form_fields=practice, targets=[], letter_body=""
    )
    remember(client, make.send(page, client), remember="yes")
    html = client.get(other.url).content.decode()

    assert value_of(html, "email") == "maria.santos@clinic.example"
    assert value_of(html, "work__street") == ""


@pytest.mark.django_db
def test_a_frame_and_a_stand_know_nobody_again(client, page):
    page.allowed_origins = "https://partner.example"
    page.save()
    remember(client, make.send(page, client), remember="yes")
    html = client.get(reverse("campaigns:frame", args=[page.translation_key])).content.decode()
    assert value_of(html, "email") == ""


@pytest.mark.django_db
def test_forgetting_leads_to_no_other_site(client):
    answer = client.post(reverse("campaigns:forget"), {"back": "https://evil.example/"})
    assert answer.url == "/"
    assert client.get(reverse("campaigns:forget")).status_code == 405


@pytest.mark.parametrize("back", ["nowhere", "wagtailadmin_home", "campaigns:check"])
def test_a_word_that_is_no_address_breaks_nothing_and_opens_no_other_page(client, back):
    answer = client.post(reverse("campaigns:forget"), {"back": back})
    assert answer.status_code == 302
    assert answer["Location"] in (back, "/")
