"""Which of the society's talking points people took into their letters: kept, counted, and said in the proof."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from campaigns.models import ActionPage
from campaigns.records.protection import Authorship
from campaigns.records.submissions import Letter, Submission
from campaigns.selectors import talking_points
from tests.campaigns.test_compose_stage import go_on, page, point
from tests.factories import campaigns as make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("alder")]


def _send(action_page, client, *numbers, changes=None, **person):
    shown = make.details(action_page, client, **person)
    review = go_on(action_page, client, shown, **{"letter-guide-points": [point(shown, number) for number in numbers]})
    response = make.confirm(action_page, client, review, **(changes(review) if changes else {}))
    assert response.status_code == 302
    return Submission.objects.latest("pk")


def _rows(submission):
    return [(row.text, row.people, row.letters) for row in talking_points.rows(submission.campaign_key)]


def test_the_ticked_points_are_kept_with_each_letter(client):
    action_page = page()
    _send(action_page, client, 1)
    keys = {tuple(letter.points) for letter in Letter.objects.all()}
    assert len(keys) == 1
    assert [len(key) for key in keys] == [1]


def test_the_staff_see_how_many_took_which_point(client, admin_client):
    action_page = page()
    _send(action_page, client, 0, 1)
    submission = _send(action_page, Client(), 1, email="second@clinic.example")
    first, second = _rows(submission)
    assert first[0].startswith("The people of {town}")
    assert first[1:] == (1, 2)
    assert second == ("Visits by video cost less.", 2, 4)
    html = admin_client.get(reverse("campaign_numbers:campaign", args=[submission.campaign_key])).content.decode()
    assert "Talking points that people took into their letters" in html
    assert "Visits by video cost less." in html


def test_a_point_that_nobody_took_stands_there_with_nought(client):
    assert [row[1:] for row in _rows(_send(page(), client))] == [(0, 0), (0, 0)]


def test_a_point_that_the_person_took_out_again_is_not_counted(client):
    def without_it(review):
        form = review.context["items"][0]["form"]
        body = form["body"].value().replace("Visits by video cost less.", "I see them at home.")
        return {form["body"].html_name: body}

    submission = _send(page(), client, 1, changes=without_it)
    assert sorted(len(letter.points) for letter in submission.letters.all()) == [0, 1]


def test_forms_that_are_not_clear_are_not_counted(client):
    submission = _send(page(), client, 1)
    Submission.objects.update(standing="quarantined")
    assert sum(row[1] for row in _rows(submission)) == 0


def test_points_that_a_page_no_longer_has_are_counted_together(client):
    action_page = page()
    submission = _send(action_page, client, 0, 1)
    fresh = ActionPage.objects.get(pk=action_page.pk)
    fresh.guidance = []
    fresh.save()
    assert _rows(submission) == [("Points that no page has any more", 1, 4)]


def test_the_proof_says_that_the_person_chose_the_points(client):
    _send(page(), client, 0, 1)
    proof = Authorship.objects.first()
    assert proof.number_of_points == 2
    html = client.post(reverse("campaigns:check"), {"reference": proof.reference}).content.decode()
    assert re.search(r"2 of those that .+ offered, ticked by themselves", html)


def test_the_proof_of_a_letter_without_points_says_nothing_of_them(client):
    _send(page(), client)
    proof = Authorship.objects.first()
    html = client.post(reverse("campaigns:check"), {"reference": proof.reference}).content.decode()
    assert "ticked by themselves" not in html
