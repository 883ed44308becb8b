"""What came of a survey: for the staff all of it, for the public little and late."""

import csv
import io

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from campaigns.engine import survey
from campaigns.records.submissions import Submission
from campaigns.services import staff
from tests.factories import campaigns as make
from tests.factories.forms import form_specs, raw_stream

QUESTIONS = (
    {"type": "name", "label": "Your name", "key": "name"},
    {"type": "email", "label": "E-mail", "key": "email"},
    {
        "type": "choices",
        "label": "=What do you see?",
        "key": "sees",
        "is_required": False,
        "options": [{"value": "delay", "label": "Delayed care"}, {"value": "denial", "label": "Denied claims"}],
    },
    {"type": "number", "label": "Years", "key": "years", "is_required": False},
    {"type": "long_text", "label": "Why?", "key": "why", "is_required": False},
)


def by_key(answers):
    return {result.spec.clean_name: result for result in survey.results(form_specs(*QUESTIONS), answers)}


def test_who_somebody_is_is_no_question():
    assert list(by_key([])) == ["sees", "years", "why"]


def test_options_are_counted_with_their_share_of_those_who_answered():
    found = by_key([{"sees": ["delay", "denial"]}, {"sees": ["delay"]}, {"sees": []}, {"sees": ["gone", "gone"]}])[
        "sees"
    ]
    assert found.answered == 3
    assert [(share.label, share.count, share.percent) for share in found.shares] == [
        ("Delayed care", 2, 67),
        ("Denied claims", 1, 33),
        ("gone", 1, 33),
    ]


def test_numbers_have_a_median_and_a_range_and_an_empty_question_has_none():
    found = by_key([{"years": 10}, {"years": 3}, {"years": None}, {"years": 40}, {}])["years"]
    assert (found.answered, found.figures) == (3, survey.Figures(10, 3, 40))
    assert by_key([{}])["years"].figures is None


@given(st.lists(st.lists(st.sampled_from(["delay", "denial"]), unique=True), max_size=30))
def test_nothing_of_fewer_than_ten_answers_is_ever_public(chosen):
    answers = [{"sees": options, "why": "secret", "years": 3} for options in chosen]
    shown = survey.shown(survey.results(form_specs(*QUESTIONS), answers), people=len(answers))
    assert all(result.answered >= 10 and result.is_of_choice for result in shown)
    assert bool(shown) == (sum(bool(options) for options in chosen) >= 10)


def survey_page(results="public"):
    return make.action_page(
        title="A survey",
        actions=[("survey", {"results": results})],
        form_fields=raw_stream(*QUESTIONS),
        targets=[],
        letter_subject="",
        letter_body="",
    )


def answer(page, client, number, **answers):
    values = {"name__given": "Maria", "name__family": "Santos", "email": f"m{number}@clinic.example", **answers}
    return make.details(page, client, **values)


@pytest.mark.django_db
def test_the_public_sees_results_only_once_ten_have_answered_and_only_of_choices(client):
    page = survey_page()
    for number in range(9):
        assert answer(page, client, number, sees="delay", why="A secret reason").status_code == 302
    assert "What others have answered" not in client.get(page.url).content.decode()
    receipt = answer(page, client, 9, sees="denial").url
    for url in (page.url, receipt):
        content = client.get(url).content.decode()
        assert "90 %" in content
        assert "A secret reason" not in content


@pytest.mark.django_db
def test_results_for_the_staff_only_are_shown_to_nobody_else(client):
    page = survey_page("staff")
    urls = [answer(page, client, number, sees="delay").url for number in range(10)]
    assert "100 %" not in client.get(page.url).content.decode()
    assert "100 %" not in client.get(urls[0]).content.decode()


@pytest.fixture
def editor(client):
    group, _given = staff.set_up_group()
    user = User.objects.create_user("erin", "erin@alder-medical.example", "x")
    user.groups.add(group)
    client.force_login(user)
    return client


@pytest.mark.django_db
def test_staff_see_each_person_s_latest_answers_and_download_them_without_formulas(editor):
    page = survey_page()
    answer(page, editor, 1, sees="delay", years="10", why="=cmd()")
    answer(page, editor, 1, sees="denial", years="20", why="=1+1")
    answer(page, editor, 2, sees="denial", years="30", why="Fine")
    answer(page, editor, 3, sees="delay", years="99", why="spam")
    Submission.objects.filter(advocate__email__startswith="m3").update(standing="invalid")
    url = reverse("survey_results:survey", args=[page.translation_key])
    content = editor.get(url).content.decode()
    assert "2 people have answered" in content
    assert "spam" not in content
    assert (
        reverse("survey_results:survey", args=[page.translation_key])
        in editor.get(reverse("survey_results:index")).content.decode()
    )
    response = editor.get(url, {"export": "csv"})
    rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert ["'=What do you see?", "Denied claims", "2", "100"] in rows
    assert ["Years", "Median", "25.0", ""] in rows
    assert ["Why?", "'=1+1", "", ""] in rows
    assert "no-store" in response["Cache-Control"]


@pytest.mark.django_db
def test_who_may_not_change_the_page_sees_no_answers(client):
    page = survey_page()
    user = User.objects.create_user("viewer", "viewer@alder-medical.example", "x")
    group = Group.objects.create(name="Only the admin")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    user.groups.add(group)
    client.force_login(user)
    response = client.get(reverse("survey_results:survey", args=[page.translation_key]))
    assert response.status_code in {302, 403}
    assert b"A survey" not in client.get(reverse("survey_results:index")).content
