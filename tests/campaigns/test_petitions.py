"""Petitions: who is counted, whose name is shown, and what nobody learns of anybody."""

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from wagtail.models import Locale

from advocates.models import ConsentEvent
from campaigns.engine.tokens import sign_receipt
from campaigns.records.participation import Signature
from campaigns.selectors import signatures
from campaigns.services import signatures as signing
from delivery.records.messages import OutboxMessage
from tests.factories import participation
from tests.factories.delivery import words_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def petition():
    return participation.page(participation.action("petition"))


def _text(url, client=None):
    response = (client or Client()).get(url)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser").main.get_text(" ", strip=True)


def _receipt(submission):
    return reverse("campaigns:receipt", args=[sign_receipt(submission.key)])


def test_a_petition_shows_its_statement_and_counts_people(petition):
    assert "0 people have signed" in _text(petition.url)
    participation.sent(petition)
    participation.sent(petition, email="jo@clinic.example")
    text = _text(petition.url)
    assert "Rural patients need them." in text
    assert "2 people have signed" in text
    assert "2 % of our goal of 100" in text


def test_nobody_agrees_to_be_shown_beforehand(petition):
    html = Client().get(petition.url).content.decode()
    box = BeautifulSoup(html, "html.parser").select_one('input[name="petition_public_name"]')
    assert box["type"] == "checkbox"
    assert not box.has_attr("checked")


def test_only_who_agreed_is_named_and_the_words_of_the_agreement_are_kept(petition):
    participation.sent(petition, name__given="Hidden")
    participation.sent(petition, email="jo@clinic.example", name__given="Jo", petition_public_name="on")
    text = _text(petition.url)
    assert "Dr. Jo Santos" in text
    assert "Hidden" not in text
    agreed = ConsentEvent.objects.get(purpose="petition_public_name", is_granted=True)
    assert agreed.text.startswith("Show my name and town")


def test_a_second_signature_of_one_person_is_not_counted_and_the_page_says_the_same(petition):
    first = participation.sent(petition)
    again = participation.sent(petition, email="Maria.Santos@clinic.example")
    assert first.advocate == again.advocate
    assert signatures.number_of(petition.translation_key, "petition") == 1
    assert _text(_receipt(first)) == _text(_receipt(again))


def test_only_the_persons_own_mailbox_learns_that_they_had_signed(petition):
    participation.sent(petition)
    participation.sent(petition)
    first, second = OutboxMessage.objects.filter(stream="receipt").order_by("created_at")
    assert "You signed the petition “Keep video visits”." in words_of(first)
    assert "You had signed it before" not in words_of(first)
    assert "You had signed it before" in words_of(second)


def test_somebody_who_types_anothers_address_changes_nothing_that_is_shown(petition):
    participation.sent(petition, petition_public_name="on")
    participation.sent(petition, name__given="Mocked", petition_public_name="on")
    participation.sent(petition)
    text = _text(petition.url)
    assert "Dr. Maria Santos" in text
    assert "Mocked" not in text


def test_a_forged_signature_counts_for_nothing_once_it_is_found_invalid(petition):
    forged = participation.sent(petition, name__given="Forged", petition_public_name="on")
    forged.standing = "invalid"
    forged.save()
    assert "0 people have signed" in _text(petition.url)
    participation.sent(petition, petition_public_name="on")
    text = _text(petition.url)
    assert "1 person has signed" in text
    assert "Dr. Maria Santos" in text
    assert "Forged" not in text


@pytest.mark.parametrize("standing", ["unconfirmed", "quarantined", "invalid"])
def test_what_is_not_clear_is_neither_counted_nor_named(petition, standing):
    submission = participation.sent(petition, petition_public_name="on")
    submission.standing = standing
    submission.save()
    text = _text(petition.url)
    assert "0 people have signed" in text
    assert "Maria" not in text


@pytest.mark.parametrize(
    "name", ["=HYPERLINK(1)", "+1", "@maria", "-Maria", "https://spam.example", "Buy www.spam.example", "spam.com"]
)
def test_a_name_that_is_none_is_not_shown_and_the_signature_counts(petition, name):
    answers = {"name__title": "", "name__given": name, "name__family": "x"}
    participation.sent(petition, petition_public_name="on", **answers)
    assert Signature.objects.get().public_name == ""
    text = _text(petition.url)
    assert "1 person has signed" in text
    assert "spam" not in text
    assert "HYPERLINK" not in text


def test_markup_in_a_name_is_shown_as_text(petition):
    participation.sent(petition, name__given="<b>Maria</b>", petition_public_name="on")
    html = Client().get(petition.url).content.decode()
    assert "<b>Maria</b>" not in html
    assert "&lt;b&gt;Maria&lt;/b&gt;" in html


def test_the_staff_can_keep_a_name_from_being_shown(petition):
    participation.sent(petition, petition_public_name="on")
    signature = Signature.objects.get()
    assert signing.hide(signature_id=signature.pk, is_hidden=True)
    assert not signing.hide(signature_id=signature.pk, is_hidden=True)
    text = _text(petition.url)
    assert "Maria" not in text
    assert "1 person has signed" in text


def test_the_person_takes_their_name_back_and_nobody_else_does(petition):
    mine = participation.sent(petition, petition_public_name="on")
    theirs = participation.sent(petition, petition_public_name="on")
    for submission in (theirs, mine):
        assert "Dr. Maria Santos" in _text(petition.url)
        url = reverse(
            "campaigns:take_name_back", args=[sign_receipt(submission.key), submission.taken_actions.get().pk]
        )
        assert Client().get(url).status_code == 405
        assert Client().post(url).status_code == 302
    text = _text(petition.url)
    assert "Maria" not in text
    assert "1 person has signed" in text
    assert "Your name is not shown in public." in _text(_receipt(mine))


def test_a_comment_waits_to_be_read_only_where_the_person_lets_it_be_passed_on(petition):
    participation.sent(petition, petition_comment="I drive two hours.", petition_comment_pass_on="on")
    participation.sent(petition, email="jo@clinic.example", petition_comment="Only for you.")
    passed, kept = Signature.objects.order_by("pk")
    assert passed.comment_state == "waiting"
    assert kept.comment_state == ""
    assert not signing.judge_comment(signature_id=kept.pk, is_allowed=True)
    assert signing.judge_comment(signature_id=passed.pk, is_allowed=True)
    assert "I drive" not in _text(petition.url)


def test_the_list_of_names_is_cut_into_pages_with_the_newest_first(petition, monkeypatch):
    monkeypatch.setattr("campaigns.views.participation.NAMES_A_PAGE", 2)
    for number in range(3):
        participation.sent(
            petition, email=f"p{number}@clinic.example", name__given=f"Person{number}", petition_public_name="on"
        )
    url = reverse("campaigns:signatures", args=[petition.translation_key, "petition"])
    first, second = _text(url), _text(f"{url}?page=2")
    assert first.index("Person2") < first.index("Person1")
    assert "Person0" not in first
    assert "Person0" in second
    assert "Person0" in _text(f"{url}?page=999")
    assert "Person2" in _text(f"{url}?page=nonsense")


def test_there_is_no_list_of_a_petition_that_shows_no_names_or_is_not_published(petition):
    url = reverse("campaigns:signatures", args=[petition.translation_key, "petition"])
    assert Client().get(url).status_code == 200
    assert Client().get(url.replace("/petition/", "/petition/", 1) + "x/").status_code == 404
    petition.unpublish()
    assert Client().get(url).status_code == 404
    silent = participation.page(participation.action("petition", shows_names=False), slug="silent")
    url = reverse("campaigns:signatures", args=[silent.translation_key, "petition"])
    assert Client().get(url).status_code == 404


def test_signatures_of_all_languages_are_counted_together(petition):
    spanish, _is_new = Locale.objects.get_or_create(language_code="es")
    petition.campaign.get_parent().copy_for_translation(spanish, copy_parents=True).save_revision().publish()
    petition.campaign.copy_for_translation(spanish).save_revision().publish()
    translated = petition.copy_for_translation(spanish)
    translated.save_revision().publish()
    participation.sent(petition)
    participation.sent(translated, email="jo@clinic.example")
    assert signatures.number_of(petition.translation_key, "petition") == 2


def test_a_petition_without_a_goal_has_no_bar():
    petition = participation.page(participation.action("petition", goal=None))
    html = Client().get(petition.url).content.decode()
    assert "<progress" not in html


def test_a_strangers_form_that_was_never_confirmed_is_no_earlier_signature(petition):
    forged = participation.sent(petition)
    forged.standing = "unconfirmed"
    forged.save()
    participation.sent(petition)
    body = words_of(OutboxMessage.objects.filter(stream="receipt").order_by("created_at").last())
    assert "You signed the petition" in body
    assert "signed it before" not in body
