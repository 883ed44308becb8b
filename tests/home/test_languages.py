"""Two languages: the switcher, the alternates, the sitemap and wagtail-localize."""

from xml.etree import ElementTree

import pytest
from bs4 import BeautifulSoup

from home.blocks.body import BodyStreamBlock
from home.blocks.keys import KeyBlock
from tests.factories import home

pytestmark = pytest.mark.django_db


def switcher(client, url):
    soup = BeautifulSoup(client.get(url).content, "html.parser")
    return soup.find("nav", class_="language-switcher")


def test_the_switcher_leads_to_the_translation_of_the_page(client):
    home.home_page("es")
    page = home.standard_page(title="About", slug="about")
    spanish = home.translation(page, title="Acerca de", slug="acerca-de")

    link = switcher(client, page.url).find("a")
    assert (link["href"], link["lang"], link.get_text()) == (spanish.url, "es", "Español")

    link = switcher(client, spanish.url).find("a")
    assert (link["href"], link["lang"]) == (page.url, "en")


def test_without_a_translation_the_switcher_leads_to_the_other_home_page_and_says_so(client):
    home.home_page("es")
    page = home.standard_page()

    link = switcher(client, page.url).find("a")

    assert link["href"] == "/es/"
    assert link.find(class_="language-switcher__note").get_text()


def test_an_unpublished_translation_does_not_count(client):
    home.home_page("es")
    page = home.standard_page()
    home.translation(page, title="Acerca de").unpublish()

    assert switcher(client, page.url).find("a")["href"] == "/es/"


def test_an_alias_does_not_count_because_its_words_are_english(client):
    home.home_page("es")
    page = home.standard_page()
    alias = page.copy_for_translation(home.locale("es"), copy_parents=True, alias=True)
    alias.refresh_from_db()

    assert alias.live
    assert switcher(client, page.url).find("a")["href"] == "/es/"
    assert '<main id="main" tabindex="-1" lang="en">' in client.get(alias.url).content.decode()


def test_a_language_without_a_home_page_is_not_offered(client):
    home.home_page("es").unpublish()

    assert switcher(client, home.standard_page().url) is None


def test_a_view_that_is_not_a_page_keeps_its_question_in_the_other_language(client):
    home.home_page("es")

    link = switcher(client, "/search/?q=parity").find("a")

    assert link["href"] == "/es/search/?q=parity"


def test_a_page_names_its_own_language_and_its_alternates(client):
    home.home_page("es")
    page = home.standard_page(slug="about")
    home.translation(page, slug="acerca-de")

    soup = BeautifulSoup(client.get("/es/acerca-de/").content, "html.parser")

    assert soup.html["lang"] == "es"
    assert {link["hreflang"]: link["href"] for link in soup.find_all("link", rel="alternate")} == {
        "en": "http://testserver/about/",
        "es": "http://testserver/es/acerca-de/",
        "x-default": "http://testserver/about/",
    }


def test_a_page_of_one_language_has_no_alternates(client):
    assert b'rel="alternate"' not in client.get(home.standard_page().url).content


def test_the_sitemap_holds_the_published_pages_of_both_languages(client):
    home.home_page("es")
    page = home.standard_page(slug="about")
    home.translation(page, slug="acerca-de")
    home.standard_page(slug="hidden").unpublish()
    home.standard_page(slug="only").copy_for_translation(home.locale("es"), copy_parents=True, alias=True)

    tree = ElementTree.fromstring(client.get("/sitemap.xml").content)
    addresses = {location.text for location in tree.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")}

    assert {"http://testserver/about/", "http://testserver/es/acerca-de/", "http://testserver/es/"} <= addresses
    assert "http://testserver/hidden/" not in addresses
    assert "http://testserver/es/only/" not in addresses


def test_robots_are_told_where_the_sitemap_is_and_to_leave_the_admin_alone(client):
    text = client.get("/robots.txt").content.decode()

    assert "Sitemap: http://testserver/sitemap.xml" in text
    assert "Disallow: /admin/" in text


def test_every_shared_block_can_be_translated():
    home.home_page("es")
    home.image()
    home.document()
    page = home.standard_page(title="All of them", introduction="Read this.")
    page.body = [(name, block.get_preview_value()) for name, block in BodyStreamBlock().child_blocks.items()]
    page.save_revision().publish()

    spanish = home.localize(page, slug="todos")

    assert spanish.introduction == "ES Read this."
    by_name = {block.block_type: block.value for block in spanish.body}
    assert by_name["quote"]["quotation"].startswith("ES My patient")
    assert by_name["questions"]["questions"][0]["question"].startswith("ES Who")
    assert "ES" in by_name["updates"]["updates"][0]["text"].source
    assert by_name["hero"]["links"][0]["label"] == "ES Write to your legislators"
    assert by_name["video"]["address"] == "https://www.youtube.com/watch?v=aaaaaaaaaaa"


def test_a_key_is_not_offered_for_translation():
    block = KeyBlock()

    assert block.get_translatable_segments("first_name") == []
    assert block.restore_translated_segments("first_name", []) == "first_name"


def test_the_frame_s_texts_can_be_translated(client):
    home.home_page("es")
    text = home.site_text(tagline="Speak up", header_action_label="Act", header_action_page=home.standard_page())

    spanish = home.localize(text)

    assert (spanish.tagline, spanish.header_action_label) == ("ES Speak up", "ES Act")
    assert "ES Speak up" in client.get("/es/").content.decode()


def test_a_card_in_another_language_than_the_page_says_so(client):
    spanish = home.home_page("es")
    english = home.standard_page(title="About")
    cards = {"heading": "Lea", "text": "", "pages": [english.pk]}
    stream = BodyStreamBlock().to_python([{"type": "page_cards", "value": cards}])
    spanish.body = stream
    spanish.save()

    item = BeautifulSoup(client.get("/es/").content, "html.parser").find("ul", class_="card-grid").find("li")

    assert item["lang"] == "en"
    home.translation(english, title="Acerca de")
    item = BeautifulSoup(client.get("/es/").content, "html.parser").find("ul", class_="card-grid").find("li")
    assert not item.has_attr("lang")
