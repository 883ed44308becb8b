"""The frame of every page: header, menu, footer, banner and error pages."""

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.template.loader import render_to_string
from django.test import Client

from home.content.site_text import SiteText
from tests.factories import home

pytestmark = pytest.mark.django_db


def soup_of(client, url):
    return BeautifulSoup(client.get(url).content, "html.parser")


def menu_titles(soup):
    return [link.get_text(strip=True) for link in soup.select(".site-menu__wide a")]


def test_the_menu_holds_the_marked_published_pages_of_its_language(client):
    front, spanish_front = home.home_page(), home.home_page("es")
    home.section_page(front, title="Training", show_in_menus=True)
    home.section_page(front, title="Not in the menu")
    home.section_page(front, title="Draft", slug="draft", show_in_menus=True).unpublish()
    home.section_page(spanish_front, title="Formación", show_in_menus=True)

    assert menu_titles(soup_of(client, "/")) == ["Training"]
    assert menu_titles(soup_of(client, "/es/")) == ["Formación"]


def test_the_menu_marks_where_the_visitor_is_also_below_a_section(client):
    section = home.section_page(title="Training", show_in_menus=True)
    lesson = home.standard_page(section, title="A lesson")

    assert soup_of(client, section.url).select_one(".site-menu__wide a")["aria-current"] == "page"
    assert soup_of(client, lesson.url).select_one(".site-menu__wide a")["aria-current"] == "true"


def test_name_contact_and_networks_come_from_the_settings(client):
    home.organisation(
        contact_email="grassroots@alder-medical.example",
        contact_phone="(555) 555-0142",
        postal_address="1 Elm Street\nAlder City",
        linkedin="https://linkedin.example/alder",
    )
    soup = soup_of(client, "/")
    footer = soup.find("footer")

    assert soup.select_one(".site-name__organisation").get_text() == "Alder Medical Society"
    assert footer.find("a", href="mailto:grassroots@alder-medical.example")
    assert footer.find("a", href="tel:5555550142")
    assert footer.find("a", href="https://linkedin.example/alder").get_text() == "LinkedIn"
    assert "Alder City" in footer.get_text()


def test_the_texts_of_the_frame_are_those_of_the_language_and_else_the_first_ones(client):
    home.home_page("es")
    home.site_text("en", tagline="Speak up for patients")
    assert "Speak up for patients" in client.get("/es/").content.decode()

    home.site_text("es", tagline="Alce la voz")
    assert "Alce la voz" in client.get("/es/").content.decode()
    assert "Speak up for patients" in client.get("/").content.decode()


def test_a_language_has_one_set_of_texts():
    home.site_text("en")
    second = SiteText(locale=home.locale("en"), site_title="Another")

    with pytest.raises(ValidationError, match="already"):
        second.full_clean()


def test_the_header_button_leads_to_its_page_in_the_visitors_language(client):
    page = home.standard_page(title="Campaigns")
    spanish = home.translation(page, title="Campañas", slug="campanas")
    home.section_page(show_in_menus=True)
    home.section_page(home.home_page("es"), title="Red", show_in_menus=True)
    home.site_text(header_action_label="Act now", header_action_page=page)

    assert soup_of(client, "/").select_one(".site-menu__action a")["href"] == page.url
    assert soup_of(client, "/es/").select_one(".site-menu__action a")["href"] == spanish.url


def test_plain_pages_stand_in_the_footer_unless_taken_out(client):
    home.section_page(title="Training", show_in_menus=True)
    home.standard_page(title="Privacy")
    home.standard_page(title="Campaign notes", slug="notes", is_in_footer=False)

    text = soup_of(client, "/").find("footer").get_text()

    assert "Privacy" in text
    assert "Campaign notes" not in text


def test_a_site_that_captures_mail_says_so_and_one_that_sends_does_not(client, settings):
    assert "nothing is sent to real officials" in client.get("/").content.decode()

    settings.DELIVERY_MODE, settings.EMAIL_BACKEND = "send", "delivery.adapters.smtp.SmtpBackend"
    assert "nothing is sent to real officials" not in client.get("/").content.decode()


def test_the_frame_has_its_landmarks_and_a_way_past_them(client):
    soup = soup_of(client, "/")

    assert soup.find("a", class_="skip-link")["href"] == "#" + soup.find("main")["id"]
    assert soup.find("form", role="search").find("label")["for"] == soup.find("input", attrs={"name": "q"})["id"]
    for nav in soup.find_all("nav"):
        assert nav["aria-label"]


def test_a_fresh_site_without_texts_and_settings_still_answers(client):
    response = client.get("/")

    assert response.status_code == 200
    assert "Grassroots Action Center" in response.content.decode()


@pytest.mark.parametrize("url", ["/no-such-page/", "/es/no-such-page/"])
def test_an_unknown_address_is_answered_in_the_frame(client, url):
    home.home_page("es")
    response = client.get(url)

    assert response.status_code == 404
    assert "site-header" in response.content.decode()


def test_the_page_of_a_breakdown_needs_neither_request_nor_database(django_assert_num_queries):
    with django_assert_num_queries(0):
        html = render_to_string("500.html")

    assert "The fault is ours" in html
    assert 'lang="es"' in html


def test_a_form_without_its_token_is_answered_with_a_page_that_says_nothing_was_sent():
    home.home_page()
    response = Client(enforce_csrf_checks=True).post("/", {"name": "x"})

    assert response.status_code == 403
    assert "Nothing has been sent or stored" in response.content.decode()


def test_a_public_page_obeys_a_strict_policy(client):
    response = client.get("/")
    soup = BeautifulSoup(response.content, "html.parser")

    assert "'unsafe-inline'" not in response["Content-Security-Policy"]
    assert not soup.find_all(style=True)
    assert not soup.find_all("style")
    assert all(script.get("src", "").startswith("/static/") for script in soup.find_all("script"))
    assert all(link["href"].startswith("/static/") for link in soup.find_all("link", rel="stylesheet"))


def test_the_frame_asks_the_database_seldom(client, django_assert_max_num_queries):
    home.section_page(title="Training", show_in_menus=True)
    page = home.standard_page()
    client.get(page.url)

    with django_assert_max_num_queries(15):
        client.get(page.url)
