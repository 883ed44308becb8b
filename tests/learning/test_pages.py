"""The training section and its lessons."""

import pytest
from bs4 import BeautifulSoup
from django.test import RequestFactory
from wagtail.test.utils import WagtailPageTestCase

from home.content.home_page import HomePage
from home.content.section_page import SectionPage
from home.content.standard_page import StandardPage
from learning import selectors
from learning.blocks.body import LessonStreamBlock
from learning.blocks.do_next import DoNextBlock
from learning.content.learning_index_page import LearningIndexPage
from learning.content.lesson_page import LessonPage
from tests.factories import home, learning

pytestmark = pytest.mark.django_db

OWN_BLOCKS = ["takeaways", "checklist", "steps", "dos_and_donts", "do_next"]


class TestPages(WagtailPageTestCase):
    def setUp(self):
        self.login()

    def test_lessons_live_in_a_training_section_only(self):
        self.assertAllowedParentPageTypes(LessonPage, {LearningIndexPage})
        self.assertAllowedSubpageTypes(LearningIndexPage, {LessonPage})
        self.assertAllowedSubpageTypes(LessonPage, {})
        for parent in (HomePage, SectionPage, StandardPage):
            self.assertCanCreateAt(parent, LearningIndexPage)

    def test_section_and_lesson_with_every_block_can_be_visited(self):
        home.document()
        lesson = learning.lesson_page()
        blocks = LessonStreamBlock().child_blocks.items()
        lesson.body = [(name, block.get_preview_value()) for name, block in blocks]
        lesson.save_revision().publish()
        for page in (lesson, lesson.get_parent().specific):
            self.assertPageIsRoutable(page)
            self.assertPageIsRenderable(page)
            self.assertPageIsPreviewable(page, post_data={"title": page.title, "slug": page.slug, "body-count": "0"})


def test_the_section_lists_its_lessons_in_the_editors_order_with_their_minutes(client):
    section = learning.learning_index_page()
    learning.lesson_page(section, title="Meeting", minutes=8)
    learning.lesson_page(section, title="Testifying", introduction="word " * 250)
    learning.lesson_page(section, title="Unfinished").unpublish()

    soup = BeautifulSoup(client.get(section.url).content, "html.parser")

    cards = soup.select(".card")
    assert [card.select_one(".card__title").get_text() for card in cards] == ["Meeting", "Testifying"]
    assert [card.select_one(".card__note").get_text() for card in cards] == ["8 minutes", "2 minutes"]


def test_a_section_without_lessons_says_so(client):
    assert "being written" in client.get(learning.learning_index_page().url).content.decode()


def test_a_lesson_says_where_it_stands_and_leads_to_its_neighbours(client):
    section = learning.learning_index_page()
    first, second, third = (learning.lesson_page(section, title=title) for title in ("One", "Two", "Three"))

    soup = BeautifulSoup(client.get(second.url).content, "html.parser")
    assert "Lesson 2 of 3" in soup.get_text()
    assert soup.find("a", rel="prev")["href"] == first.url
    assert soup.find("a", rel="next")["href"] == third.url

    assert not BeautifulSoup(client.get(first.url).content, "html.parser").find("a", rel="prev")
    assert not BeautifulSoup(client.get(third.url).content, "html.parser").find("a", rel="next")


def test_a_draft_has_no_place_among_the_published_lessons():
    section = learning.learning_index_page()
    learning.lesson_page(section)
    draft = learning.lesson_page(section, title="Draft")
    draft.unpublish()

    place = selectors.place_of(draft)

    assert (place.previous, place.next) == (None, None)


def test_reading_time_counts_the_words_of_every_block():
    lesson = learning.lesson_page()
    lesson.body = [
        ("prose", "<p>" + "word " * 190 + "</p>"),
        ("steps", {"heading": "How", "steps": [{"heading": "Ask", "text": "<p>" + "word " * 30 + "</p>"}]}),
    ]
    lesson.save()

    assert LessonPage.objects.get(pk=lesson.pk).time_to_read == 2


def test_what_to_do_next_leads_to_the_page_in_the_visitors_language():
    from django.utils import translation

    page = home.standard_page(title="Campaign")
    spanish = home.translation(page, title="Campaña", slug="campana")
    block = DoNextBlock()
    value = block.to_python({"heading": "Now", "text": "Write.", "label": "Write", "target_page": page.pk})

    with translation.override("es"):
        html = block.render(value, context={"request": RequestFactory().get("/")})

    assert f'href="{spanish.url}"' in html


def test_what_to_do_next_can_only_be_a_campaign_or_a_form():
    chooser = DoNextBlock().child_blocks["target_page"]

    assert {model.__name__ for model in chooser.target_models} == {"CampaignPage", "ActionPage"}


def test_what_to_do_next_shows_no_button_once_its_page_is_taken_down():
    page = home.standard_page()
    page.unpublish()
    block = DoNextBlock()
    value = block.to_python({"heading": "Now", "text": "Write.", "label": "Write", "target_page": page.pk})

    assert "button" not in block.render(value)


def test_every_block_of_a_lesson_can_be_translated():
    home.home_page("es")
    section = learning.learning_index_page()
    lesson = learning.lesson_page(section)
    blocks = LessonStreamBlock().child_blocks
    lesson.body = [(name, blocks[name].get_preview_value()) for name in OWN_BLOCKS]
    lesson.save_revision().publish()
    home.localize(section, slug="formacion")

    spanish = home.localize(lesson, slug="leccion")

    values = {block.block_type: block.value for block in spanish.body}
    assert values["takeaways"]["points"][0] == "ES One request for each meeting"
    assert values["steps"]["steps"][0]["heading"] == "ES Ask"
    assert "ES" in values["steps"]["steps"][0]["text"].source
    assert values["dos_and_donts"]["donts"][0] == "ES Threaten"
    assert values["do_next"]["label"] == "ES Write to your legislators"


@pytest.mark.parametrize("name", OWN_BLOCKS)
def test_a_lessons_block_shows_its_preview_and_escapes_what_is_typed(name):
    block = LessonStreamBlock().child_blocks[name]
    assert BeautifulSoup(block.render(block.get_preview_value()), "html.parser").get_text(strip=True)

    value = block.get_preview_value()
    value["heading"] = "<script>alert(1)</script>"
    html = block.render(value)
    assert "<script>" not in html
    assert "&lt;script&gt;" in html
