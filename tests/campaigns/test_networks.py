"""Networks: who joins is a member once, and leaves by what they joined with."""

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse

from advocates.models import Membership
from campaigns.engine.tokens import sign_receipt
from campaigns.records.submissions import Submission
from campaigns.selectors import networks
from tests.factories import participation


@pytest.fixture
def page(db):
    return participation.page(participation.action("join"))


def _leave(submission):
    taken = submission.taken_actions.get()
    return Client().post(reverse("campaigns:leave_network", args=[sign_receipt(submission.key), taken.pk]))


def _receipt(submission):
    response = Client().get(reverse("campaigns:receipt", args=[sign_receipt(submission.key)]))
    return BeautifulSoup(response.content, "html.parser").main.get_text(" ", strip=True)


def test_the_page_says_what_joining_means_and_the_receipt_keeps_the_words(page):
    assert "One e-mail a month." in Client().get(page.url).content.decode()
    submission = participation.sent(page)
    assert "One e-mail a month." in _receipt(submission)
    assert networks.networks() == [("physicians", 1)]


def test_who_joins_twice_is_a_member_once_and_reads_the_same(page):
    first, again = participation.sent(page), participation.sent(page)
    assert Membership.objects.count() == 1
    assert _receipt(first) == _receipt(again)


def test_leaving_ends_the_membership_and_joining_again_begins_it_anew(page):
    first = participation.sent(page)
    _leave(first)
    assert networks.members().count() == 0
    assert "You have taken back joining" in _receipt(first)
    participation.sent(page)
    assert networks.members().count() == 1
    assert Membership.objects.count() == 1


def test_somebody_who_types_anothers_address_cannot_end_their_membership(page):
    participation.sent(page)
    forged = participation.sent(page)
    _leave(forged)
    assert networks.members().count() == 1
    assert "You have taken back joining" in _receipt(forged)


def test_a_form_that_waits_makes_no_member_and_gives_way_to_one_that_does_not(page):
    forged = participation.sent(page)
    Submission.objects.filter(pk=forged.pk).update(standing="unconfirmed")
    assert networks.members().count() == 0
    own = participation.sent(page)
    assert networks.members().get().source_key == own.key
    _leave(forged)
    assert networks.members().count() == 1


def test_an_editor_names_a_network_of_their_own(db):
    page = participation.page(participation.action("join", network="other", own_network="students"))
    participation.sent(page)
    assert networks.networks() == [("students", 1)]
