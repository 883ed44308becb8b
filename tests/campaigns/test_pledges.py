"""A pledge: a promise under a name, once for each person."""

import pytest

from campaigns.records.participation import Signature
from campaigns.records.submissions import Submission
from tests.factories import campaigns as make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("alder")]

STATEMENT = "I will call <b>my</b> legislator."


def pledge_page(**settings):
    values = {"statement": STATEMENT, "has_counter": True, "shows_names": True, **settings}
    return make.action_page(actions=[("pledge", values)], targets=[], letter_subject="", letter_body="")


def test_a_pledge_is_made_with_the_form_and_counted_once_for_each_person(client):
    page = pledge_page()
    for email in ("maria@clinic.example", "MARIA@clinic.example", "ben@clinic.example"):
        assert make.details(page, client, email=email).status_code == 302
    content = client.get(page.url).content.decode()
    assert "2 people have made this pledge" in content
    assert "&lt;b&gt;my&lt;/b&gt;" in content
    assert Signature.objects.filter(is_public=True).count() == 0


def test_a_name_is_shown_only_to_whom_agreed_and_only_where_the_editor_lists_names(client):
    page = pledge_page()
    make.details(page, client, pledge_public_name="on", email="maria@clinic.example")
    make.details(page, client, email="ben@clinic.example", name__given="Ben", name__family="Quiet")
    content = client.get(page.url).content.decode()
    assert "Dr. Maria Santos" in content
    assert "Quiet" not in content
    page.actions = [("pledge", {"statement": STATEMENT, "has_counter": True, "shows_names": False})]
    page.save()
    assert "Maria Santos" not in client.get(page.url).content.decode()


def test_what_waits_for_the_staff_is_neither_counted_nor_said_to_be(client):
    page = pledge_page()
    receipt = make.details(page, client).url
    Submission.objects.update(standing="quarantined")
    assert "has made this pledge" not in client.get(page.url).content.decode()
    assert "It is not counted yet." in client.get(receipt).content.decode()


def test_without_a_counter_no_number_is_shown(client):
    page = pledge_page(has_counter=False)
    receipt = make.details(page, client).url
    assert "has made this pledge" not in client.get(page.url).content.decode()
    assert "has made this pledge" not in client.get(receipt).content.decode()
