"""A form on a device that many people use in turn."""

import re
import uuid
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from campaigns.engine import stand_links
from campaigns.engine.protection import Rules
from campaigns.engine.stand_links import Stand
from campaigns.engine.tokens import BadToken, ExpiredToken
from campaigns.records.submissions import Submission
from delivery.records.messages import OutboxMessage
from tests.factories import campaigns as make

OURS = {"headers": {"Origin": "http://testserver"}}
KEY = uuid.UUID(int=7)


@pytest.fixture
def page(alder):
    return make.action_page(has_kiosk_mode=True)


@pytest.fixture
def stand(page) -> str:
    return address(page)


@pytest.fixture
def strict() -> Client:
    return Client(enforce_csrf_checks=True)


def address(page, *, days: int = 1) -> str:
    until = timezone.localdate() + timedelta(days=days)
    return reverse("campaigns:stand", args=[stand_links.sign(Stand(page.translation_key, "annual-meeting", until))])


def fill_in(client, stand, **changes):
    start = make.hidden(client.get(stand))
    return client.post(stand, {**start, **make.person(**changes), "stage": "details"}, **OURS)


def send(client, stand, **changes):
    return client.post(stand, {**make.hidden(fill_in(client, stand, **changes)), "stage": "confirm"}, **OURS)


def test_a_link_opens_one_form_until_its_last_day():
    link = Stand(KEY, "annual-meeting", date(2026, 11, 22))
    token = stand_links.sign(link)
    assert stand_links.read(token, today=date(2026, 11, 22)) == link
    with pytest.raises(ExpiredToken):
        stand_links.read(token, today=date(2026, 11, 23))
    with pytest.raises(BadToken):
        stand_links.read(token[:-1] + ("a" if token[-1] != "a" else "b"), today=date(2026, 11, 22))


def test_what_leads_to_the_thanks_leads_to_no_receipt_and_the_other_way_round():
    from campaigns.engine.tokens import read_receipt, sign_receipt

    with pytest.raises(BadToken):
        read_receipt(stand_links.sign_thanks(KEY), days=1)
    with pytest.raises(BadToken):
        stand_links.read_thanks(sign_receipt(KEY))


def test_many_people_share_the_network_of_a_stand_and_each_is_still_one_person():
    rules = Rules(network_an_hour=60, network_a_day=300, person_a_day=10)
    assert rules.at_a_stand.network_an_hour == 600
    assert rules.at_a_stand.network_a_day == 3000
    assert rules.at_a_stand.person_a_day == 10


@pytest.mark.django_db
def test_the_browser_is_asked_to_remember_nothing(strict, stand):
    response = strict.get(stand)
    html = response.content.decode()

    assert set(re.findall(r'autocomplete="([^"]*)"', html)) == {"off"}
    assert not response.cookies
    assert "no-store" in response.headers["Cache-Control"]
    assert "frame-ancestors 'none'" in response.headers["Content-Security-Policy"]
    assert "js/stand.js" in html
    assert 'class="site-header"' not in html


@pytest.mark.django_db
def test_who_is_done_sees_a_short_thanks_without_a_word_of_what_they_typed(strict, stand):
    sent = send(strict, stand)
    assert sent.status_code == 302
    assert sent.url.startswith(f"{stand}done/")
    thanks = strict.get(sent.url).content.decode()

    assert "Thank you" in thanks
    assert "/receipt/" not in sent.url + thanks
    assert not [word for word in ("Maria", "Santos", "clinic.example", "Main Street") if word in thanks]
    assert f'href="{stand}"' in thanks
    assert Submission.objects.get().via == "stand:annual-meeting"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("state", "said"),
    [("accepted", "We sent you a receipt by e-mail."), ("queued", "We are sending you a receipt by e-mail.")],
)
def test_a_receipt_by_mail_is_spoken_of_as_it_stands(strict, stand, monkeypatch, state, said):
    monkeypatch.setattr("delivery.adapters.mail.is_sending", lambda: True)
    sent = send(strict, stand)
    OutboxMessage.objects.filter(stream="receipt").update(state=state)
    assert said in strict.get(sent.url).content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("state", ["failed", "bounced", "suppressed", "uncertain"])
def test_no_receipt_is_spoken_of_that_does_not_come(strict, stand, monkeypatch, state):
    monkeypatch.setattr("delivery.adapters.mail.is_sending", lambda: True)
    sent = send(strict, stand)
    OutboxMessage.objects.filter(stream="receipt").update(state=state)
    assert "receipt by e-mail" not in strict.get(sent.url).content.decode()


@pytest.mark.django_db
def test_the_steps_of_somebody_who_is_done_are_not_shown_to_whoever_presses_back(strict, stand):
    review = fill_in(strict, stand)
    assert "Santos" in review.content.decode()
    token = make.hidden(review)["token"]
    strict.post(stand, {**make.hidden(review), "stage": "confirm"}, **OURS)
    again = strict.post(stand, {**make.person(), "stage": "details", "token": token}, **OURS)

    assert again.status_code == 302
    assert again.url == stand
    assert Submission.objects.count() == 1


@pytest.mark.django_db
def test_thanks_that_have_grown_old_lead_to_an_empty_form(strict, stand, monkeypatch):
    sent = send(strict, stand)
    monkeypatch.setattr(stand_links, "THANKS_SECONDS", -1)
    assert strict.get(sent.url).url == stand


@pytest.mark.django_db
def test_a_post_from_elsewhere_stores_nothing(strict, stand):
    data = make.hidden(fill_in(strict, stand))
    answer = strict.post(stand, {**data, "stage": "confirm"}, headers={"Origin": "https://evil.example"})
    assert answer.status_code == 403
    assert not Submission.objects.exists()


@pytest.mark.django_db
def test_without_a_valid_link_or_the_editors_leave_there_is_no_stand(client, page, stand):
    assert client.get(reverse("campaigns:stand", args=["forged"])).status_code == 404
    assert client.get(address(page, days=-1)).status_code == 404
    page.has_kiosk_mode = False
    page.save()
    answer = client.get(stand)
    assert answer.status_code == 404
    assert "This stand is closed" in answer.content.decode()
