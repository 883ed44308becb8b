"""The site's search, in both languages."""

import pytest
from bs4 import BeautifulSoup

from tests.factories import home, learning, legislators

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("indexed")]


def search(client, query, prefix="", **extra):
    return client.get(f"{prefix}/search/", {"q": query, **extra})


def titles(response):
    soup = BeautifulSoup(response.content, "html.parser")
    return [link.get_text() for link in soup.select(".search-results__title")]


def test_a_published_page_is_found_by_title_introduction_and_body(client):
    page = home.standard_page(title="Telehealth parity", introduction="About payment.")
    page.body = [("quote", {"quotation": "Nineteen days for a scan", "name": "Dr. Marlowe"})]
    page.save_revision().publish()

    for query in ("telehealth", "payment", "nineteen scan", "marlowe"):
        assert titles(search(client, query)) == ["Telehealth parity"], query


def test_every_word_must_be_there(client):
    home.standard_page(title="Telehealth parity")

    assert titles(search(client, "telehealth anesthesia")) == []


def test_drafts_other_languages_and_aliases_are_not_found(client):
    home.home_page("es")
    page = home.standard_page(title="Parity in English")
    home.translation(page, title="Parity en español")
    home.standard_page(title="Parity draft", slug="draft").unpublish()
    home.standard_page(title="Parity alias", slug="alias").copy_for_translation(
        home.locale("es"), copy_parents=True, alias=True
    )

    assert sorted(titles(search(client, "parity"))) == ["Parity alias", "Parity in English"]
    assert titles(search(client, "parity", prefix="/es")) == ["Parity en español"]


def test_a_page_that_became_private_is_not_found(client):
    page = home.standard_page(title="Parity memo")
    page.view_restrictions.create(restriction_type="login")

    assert titles(search(client, "parity")) == []


def test_lessons_are_found_and_say_what_they_are(client):
    learning.lesson_page(title="Testifying at a hearing")

    response = search(client, "testifying")

    assert titles(response) == ["Testifying at a hearing"]
    assert "Lesson" in BeautifulSoup(response.content, "html.parser").select_one(".search-results__kind").get_text()


def test_the_question_is_kept_and_escaped(client):
    response = search(client, '"><script>alert(1)</script>')

    html = response.content.decode()
    assert response.status_code == 200
    assert "<script>alert" not in html
    assert BeautifulSoup(html, "html.parser").find(id="page-search")["value"] == '"><script>alert(1)</script>'


@pytest.mark.parametrize(
    "query", ["", "   ", "\x00", "'", '"', "a AND", "NEAR(", "*", "col:x", "-", "ñ" * 5000, "%_\\"]
)
def test_no_question_breaks_it(client, query):
    home.standard_page(title="Telehealth parity")

    response = search(client, query)

    assert response.status_code == 200
    assert len(titles(response)) <= 1


def test_nothing_found_is_said_in_words(client):
    assert "No page found for “zebra”" in search(client, "zebra").content.decode()


def test_without_a_question_there_is_only_the_box(client):
    response = client.get("/search/")

    assert "No page found" not in response.content.decode()
    assert BeautifulSoup(response.content, "html.parser").find(id="page-search")


def test_many_results_come_in_pages_which_keep_the_question(client):
    for number in range(12):
        home.standard_page(title=f"Parity {number}", slug=f"parity-{number}")

    first = search(client, "parity")
    soup = BeautifulSoup(first.content, "html.parser")
    second = client.get("/search/" + soup.find("a", rel="next")["href"])

    assert len(titles(first)) == 10
    assert len(titles(second)) == 2
    assert not set(titles(first)) & set(titles(second))
    assert BeautifulSoup(second.content, "html.parser").find("a", rel="prev")


@pytest.mark.parametrize("number", ["0", "-1", "99", "x", "1e9"])
def test_a_page_of_results_that_does_not_exist_shows_one_that_does(client, number):
    home.standard_page(title="Parity")

    assert titles(search(client, "parity", page=number)) == ["Parity"]


def test_search_engines_do_not_index_results(client):
    soup = BeautifulSoup(search(client, "parity").content, "html.parser")

    assert soup.find("meta", attrs={"name": "robots"})["content"] == "noindex"


def test_only_reading_is_answered(client):
    assert client.post("/search/", {"q": "parity"}).status_code == 405


def test_an_official_in_office_is_found_by_name_with_a_link_to_their_page(client):
    who = legislators.member(legislators.division(), "Bronwyn Lindqvist")
    legislators.official("Bronwyn Former")

    found = BeautifulSoup(search(client, "bronwyn").content, "html.parser").select(".official-card a")

    assert [link.get_text().strip() for link in found][:1] == ["Representative Bronwyn Lindqvist"]
    assert found[0]["href"] == f"/officials/people/{who.pk}-bronwyn-lindqvist/"
    assert "Former" not in "".join(link.get_text() for link in found)


@pytest.mark.parametrize("query", ["b", "bronwyn nobody", "%", "_"])
def test_no_official_is_found_by_a_letter_a_sign_or_half_of_the_words(client, query):
    legislators.member(legislators.division(), "Bronwyn Lindqvist")

    assert BeautifulSoup(search(client, query).content, "html.parser").select(".official-card") == []
