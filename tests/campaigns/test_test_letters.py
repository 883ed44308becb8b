"""A test of a form's letters goes to whoever asked for it, marked as one, and to nobody else."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from pytest_django import Settings
from wagtail.models import ModelLogEntry, PageLogEntry

from campaigns.content.action_page import ActionPage
from campaigns.services import test_letters
from delivery.records.messages import OutboxMessage
from tests.campaigns.test_board import staff
from tests.factories import campaigns

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(alder: Any) -> ActionPage:
    return campaigns.action_page()


def _editor(email: str = "editor@society.example") -> Client:
    client = Client()
    client.force_login(User.objects.create_superuser("boss", email=email, password="x"))
    return client


def _address(page: ActionPage) -> str:
    return reverse("test_letters:test", args=[page.pk])


def _sent() -> list[OutboxMessage]:
    return list(OutboxMessage.objects.order_by("dedupe_key"))


def test_the_letters_are_shown_with_the_way_each_would_go_and_nothing_is_sent_by_looking(page: ActionPage) -> None:
    shown = _editor().get(_address(page)).content.decode()
    assert shown.count("Would go by:") == 2
    assert "Sam Sample" in shown
    assert "editor@society.example" in shown
    assert _sent() == []


def test_a_test_goes_to_the_editor_only_as_mail_that_is_no_letter(page: ActionPage) -> None:
    client = _editor()
    said = client.post(_address(page), follow=True).content.decode()
    assert "2 tests are written to files: mail does not leave this machine." in said
    sent = _sent()
    assert [message.recipient_address for message in sent] == ["editor@society.example"] * 2
    for message in sent:
        assert message.stream == OutboxMessage.Stream.RECEIPT
        assert message.subject.startswith("[TEST] Please support")
        assert message.campaign_key is None
        assert message.recipient_key == ""
        assert "[Your story]" in message.body
        assert "{" not in message.body
    assert PageLogEntry.objects.filter(action="campaigns.send_test_letter").count() == 1
    assert not ModelLogEntry.objects.filter(data__icontains="editor@").exists()


def test_a_real_site_says_where_the_test_goes(page: ActionPage, settings: Settings, monkeypatch: Any) -> None:
    monkeypatch.setattr("delivery.adapters.mail.is_sending", lambda: True)
    said = _editor().post(_address(page), follow=True).content.decode()
    assert "2 tests are on their way to editor@society.example." in said


@pytest.mark.parametrize("email", ["", "no address", "a@b@c"])
def test_an_editor_without_an_address_gets_none(page: ActionPage, email: str) -> None:
    said = _editor(email).post(_address(page), follow=True).content.decode()
    assert "so nothing was sent" in said
    assert _sent() == []


def test_a_form_that_writes_to_nobody_has_nothing_to_test(alder: Any) -> None:
    page = campaigns.action_page(targets=[])
    client = _editor()
    assert "nothing to test" in client.get(_address(page)).content.decode()
    assert "nothing to send" in client.post(_address(page), follow=True).content.decode()


def test_the_draft_is_what_is_tested(page: ActionPage) -> None:
    page.letter_subject = "A better subject"
    page.save_revision()
    _editor().post(_address(page))
    assert {message.subject for message in _sent()} == {"[TEST] A better subject"}
    page.refresh_from_db()
    assert page.letter_subject != "A better subject"


def test_nobody_fills_a_mailbox_from_here(page: ActionPage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(test_letters, "MOST_IN_AN_HOUR", 2)
    client = _editor()
    for _ in range(2):
        client.post(_address(page))
    assert "many tests within this hour" in client.post(_address(page), follow=True).content.decode()
    assert len(_sent()) == 4


def test_who_may_not_edit_the_page_tests_nothing(page: ActionPage) -> None:
    for client in (staff("keeper", "view_letter", "change_letter", "view_outboxmessage"), Client()):
        assert client.get(_address(page)).status_code == 302
        assert client.post(_address(page)).status_code == 302
    assert _sent() == []


def test_a_page_that_is_no_form_is_not_found(page: ActionPage) -> None:
    client = _editor()
    assert client.get(reverse("test_letters:test", args=[page.get_parent().pk])).status_code == 404


def test_the_editor_of_the_page_and_the_board_lead_here(page: ActionPage) -> None:
    client = _editor()
    assert _address(page) in client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    assert (
        _address(page)
        not in client.get(reverse("wagtailadmin_pages:edit", args=[page.get_parent().pk])).content.decode()
    )
    board = client.get(reverse("deliveries:campaign", args=[page.get_parent().translation_key]))
    assert _address(page) in board.content.decode()
