"""What the admin is sent by hand, and what its files carry out of the house."""

import csv
import io

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse

from legislators.models import ContactOverride, LegislatorDoubt
from tests.factories import legislators as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def boss(client):
    client.force_login(get_user_model().objects.create_superuser("boss", "boss@alder.example", "x"))
    return client


@pytest.mark.parametrize("official", ["abc", "", "9" * 40, "-1", "1; DROP", "²"])
def test_a_correction_for_nobody_is_refused_beside_the_field(boss, official):
    response = boss.post(reverse("contact_overrides:add"), {"official": official, "email": "new@house.example"})
    assert response.status_code == 200
    assert "official" in response.context["form"].errors
    assert not ContactOverride.objects.exists()


@pytest.mark.parametrize("number", ["1e50", "NaN", "-1", "9" * 30, "1e-50", "x"])
def test_a_district_that_no_number_names_is_an_empty_filter_and_settles_nothing(boss, number):
    LegislatorDoubt.objects.create(division=make.division(), reason="other")
    assert boss.get(reverse("doubts:index"), {"division": number}).status_code == 200
    boss.post(reverse("doubts:settle"), {"all": "yes", "query": f"division={number}"})
    assert LegislatorDoubt.objects.filter(settled_at=None).count() == 1


def test_settling_leads_nowhere_but_back_to_the_list(boss):
    response = boss.post(reverse("doubts:settle"), {"query": "//evil.example/\r\nX-Evil: yes"})
    assert response["Location"].startswith(f"{reverse('doubts:index')}?")
    assert "X-Evil" not in response.headers


def _rows(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))


def test_no_name_of_a_source_is_a_formula_in_the_list_of_officials(boss):
    make.member(make.division(), "=HYPERLINK(1)", party="+1")
    answer = boss.get(reverse("officials:index"), {"export": "csv"})
    (row,) = _rows(b"".join(answer.streaming_content))[1:]
    assert "'=HYPERLINK(1)" in row
    assert "'+1" in row
    assert not [cell for cell in row if cell.startswith(("=", "+", "-", "@"))]


def test_no_district_of_a_source_is_a_formula_in_the_list_of_vacancies(boss):
    make.member(make.division())
    make.division("sldl", "odd", "@SUM(1)")
    rows = _rows(boss.get(reverse("freshness:vacancies")).content)
    assert [row[2] for row in rows if "SUM" in row[2]] == ["'@SUM(1)"]


@pytest.mark.parametrize(
    "name", ["doubts:index", "doubts:settle", "contact_overrides:index", "contact_overrides:add", "freshness:index"]
)
def test_nobody_gets_in_without_logging_in(client, name):
    for answer in (client.get(reverse(name)), client.post(reverse(name), {"official": "1"})):
        assert answer.status_code == 302
        assert "/login/" in answer["Location"]
    assert "/login/" in client.get(reverse("freshness:vacancies"))["Location"]
