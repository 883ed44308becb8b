"""The shell's pages: made, shown, previewed, listed."""

import pytest
from wagtail.models import Page
from wagtail.test.utils import WagtailPageTestCase
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from home.blocks.body import BodyStreamBlock
from home.content.home_page import HomePage
from home.content.section_page import SectionPage
from home.content.standard_page import StandardPage
from tests.factories import home

pytestmark = pytest.mark.django_db


def with_every_block(page):
    blocks = BodyStreamBlock().child_blocks.items()
    page.body = [(name, block.get_preview_value()) for name, block in blocks]
    page.save_revision().publish()
    return type(page).objects.get(pk=page.pk)


def edited(page):
    """What the editor's browser sends."""
    body = [("call_to_action", call_to_action()), ("prose", rich_text("<p>In our own words.</p>"))]
    return nested_form_data(
        {
            "title": page.title,
            "slug": page.slug,
            "introduction": "Changed",
            "body": streamfield(body),
            "comments": inline_formset([]),
            "action-publish": "",
        }
    )


def call_to_action():
    link = {"label": "Write", "target_page": "", "address": "https://society.example/"}
    return {"heading": "Now", "text": "", "links": streamfield([("item", link)])}


class TestPages(WagtailPageTestCase):
    """Wagtail's own page assertions are methods of a test case."""

    def setUp(self):
        self.login()
        home.document()
        home.image()

    def test_pages_go_where_they_belong(self):
        self.assertAllowedParentPageTypes(HomePage, {Page})
        self.assertCanCreateAt(HomePage, StandardPage)
        self.assertCanCreateAt(HomePage, SectionPage)
        self.assertCanCreateAt(SectionPage, StandardPage)
        self.assertCanNotCreateAt(SectionPage, HomePage)

    def test_each_page_with_every_block_can_be_visited_edited_and_previewed(self):
        front = home.home_page()
        for page in (front, home.standard_page(front), home.section_page(front)):
            page = with_every_block(page)
            with self.subTest(type(page).__name__):
                self.assertPageIsRoutable(page)
                self.assertPageIsRenderable(page)
                self.assertPageIsEditable(page, post_data=edited(page))
                self.assertPageIsPreviewable(page, post_data=edited(page))
                # The assertion puts the row back as it was; the revision keeps what was sent.
                sent = page.revisions.latest("created_at", "pk").as_object()
                assert sent.introduction == "Changed"
                assert [block.block_type for block in sent.body] == ["call_to_action", "prose"]


def test_a_page_has_exactly_one_main_heading_with_and_without_a_hero(client):
    page = home.standard_page(title="About us", introduction="Who we are.")
    assert client.get(page.url).content.decode().count("<h1") == 1

    page.body = [
        ("hero", {"heading": "We are the society", "links": []}),
        ("hero", {"heading": "And here", "links": []}),
    ]
    page.save_revision().publish()
    html = client.get(page.url).content.decode()
    assert html.count("<h1") == 1
    assert '<h1 class="hero-block__heading">We are the society</h1>' in html
    assert '<h2 class="hero-block__heading">And here</h2>' in html


def test_a_section_shows_its_published_pages_as_cards_and_no_others(client):
    section = home.section_page()
    home.standard_page(section, title="Stories", listing_summary="What patients tell.")
    draft = home.standard_page(section, title="Not yet")
    draft.unpublish()

    html = client.get(section.url).content.decode()

    assert "Stories" in html
    assert "What patients tell." in html
    assert "Not yet" not in html


def test_what_editors_type_is_escaped_everywhere(client):
    evil = "<script>alert('x')</script>"
    home.organisation(name=evil, postal_address=evil, contact_phone=evil)
    home.site_text(site_title=evil, tagline=evil, footer_legal=evil)
    page = home.standard_page(title=evil, introduction=evil, search_description=evil, listing_summary=evil)

    html = client.get(page.url).content.decode()

    assert "<script>alert" not in html
    assert html.count("&lt;script&gt;alert") > 5


def test_a_shared_page_has_an_absolute_address_title_and_image(client):
    page = home.standard_page(title="About", social_title="Meet the society", listing_image=home.image())

    html = client.get(page.url).content.decode()

    assert '<meta property="og:title" content="Meet the society">' in html
    assert f'<meta property="og:url" content="http://testserver{page.url}">' in html
    assert '<meta property="og:image" content="http://testserver/media/' in html
