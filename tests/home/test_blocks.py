"""The shared blocks: what they refuse and what they show."""

import re

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.test import RequestFactory
from wagtail.blocks import ListBlock, StructBlock

from home.blocks.body import BodyStreamBlock
from home.blocks.keys import KeyBlock
from home.blocks.links import LinkBlock
from home.blocks.page_cards import PageCardsBlock, SectionCardsBlock
from home.blocks.share import ShareBlock
from home.blocks.updates import UpdatesBlock
from home.blocks.video import VideoBlock
from tests.factories import home

pytestmark = pytest.mark.django_db

BLOCKS = BodyStreamBlock().child_blocks
EVIL = "<img src=x onerror=alert(1)>"


def with_evil_text(value):
    """The same value with markup in every text."""
    if isinstance(value, str):
        return value if value.startswith("http") or value == "" else EVIL
    if isinstance(value, dict):
        return {key: with_evil_text(each) for key, each in value.items()}
    if isinstance(value, list):
        return [with_evil_text(each) for each in value]
    return value


@pytest.mark.parametrize("name", BLOCKS)
def test_a_block_shows_its_preview(name):
    home.image()
    home.document()
    block = BLOCKS[name]

    html = block.render(block.get_preview_value())

    assert BeautifulSoup(html, "html.parser").get_text(strip=True)


@pytest.mark.parametrize("name", [name for name in BLOCKS if name != "prose"])
def test_a_block_escapes_what_is_typed_into_its_plain_fields(name):
    block = BLOCKS[name]
    home.image()
    value = block.normalize(with_evil_text(block.meta.preview_value))

    soup = BeautifulSoup(_without_rich_text(block, value), "html.parser")

    assert not [image for image in soup.find_all("img") if image.get("onerror")]


def _without_rich_text(block, value):
    """Rich text is cleaned when an editor saves it, not when it is shown; so here it is left empty."""
    for name, child in getattr(block, "child_blocks", {}).items():
        if type(child).__name__ == "RichTextBlock":
            value[name] = child.normalize("")
        if isinstance(child, ListBlock) and isinstance(child.child_block, StructBlock):
            for entry in value[name]:
                for field, grandchild in child.child_block.child_blocks.items():
                    if type(grandchild).__name__ == "RichTextBlock":
                        entry[field] = grandchild.normalize("")
    return block.render(value)


@pytest.mark.parametrize("name", BLOCKS)
def test_a_block_makes_the_browser_ask_nobody_else(name):
    home.image()
    home.document()
    block = BLOCKS[name]
    soup = BeautifulSoup(block.render(block.get_preview_value()), "html.parser")

    for element in soup.find_all(["img", "script", "iframe", "link", "source", "video", "object", "embed", "form"]):
        for attribute in ("src", "href", "srcset", "data", "action"):
            assert not re.match(r"(https?:)?//", element.get(attribute, "")), element
    assert not soup.find_all(style=True)
    assert not soup.find_all(["script", "style", "iframe"])


@pytest.mark.parametrize(
    ("page", "address"), [(False, ""), (True, "https://elsewhere.example")], ids=["neither", "both"]
)
def test_a_link_leads_to_a_page_or_to_an_address_and_not_to_both(page, address):
    block = LinkBlock()
    value = block.normalize({"label": "Read", "target_page": home.home_page() if page else None, "address": address})

    with pytest.raises(ValidationError):
        block.clean(value)


def test_a_link_follows_its_page_into_the_visitors_language():
    page = home.standard_page(title="About")
    spanish = home.translation(page, title="Acerca de")
    value = LinkBlock().normalize({"label": "About", "target_page": page, "address": ""})

    from django.utils import translation

    assert value.url == page.url
    with translation.override("es"):
        assert value.url == spanish.url


def test_a_link_to_a_page_that_was_taken_down_is_not_shown():
    page = home.standard_page()
    block = LinkBlock()
    value = block.normalize({"label": "Read on", "target_page": page, "address": ""})
    page.unpublish()
    value = block.to_python(block.get_prep_value(value))

    assert block.render(value).strip() == ""


def test_a_video_is_a_link_until_it_is_pressed_and_names_its_host():
    block = VideoBlock()
    html = block.render(block.get_preview_value())
    soup = BeautifulSoup(html, "html.parser")

    assert soup.find("a", class_="video-block__link")["href"] == "https://www.youtube.com/watch?v=aaaaaaaaaaa"
    assert "YouTube" in soup.find("video-player")["data-play-label"]


@pytest.mark.parametrize(
    "change",
    [{"address": "https://videos.example/1"}, {"transcript": "", "transcript_address": ""}],
    ids=["unknown host", "no transcript"],
)
def test_a_video_needs_a_known_host_and_a_transcript(change):
    block = VideoBlock()

    with pytest.raises(ValidationError):
        block.clean(block.normalize({**block.meta.preview_value, **change}))


def test_a_video_with_a_transcript_is_accepted():
    block = VideoBlock()

    assert block.clean(block.get_preview_value()).video.provider == "youtube"


def test_updates_are_shown_newest_first_however_they_were_typed():
    block = UpdatesBlock()
    value = block.normalize(
        {
            "heading": "",
            "updates": [
                {"date": "2026-01-01", "heading": "Older", "text": ""},
                {"date": "2026-05-01", "heading": "Newer", "text": ""},
            ],
        }
    )
    html = block.render(block.to_python(block.get_prep_value(value)))

    assert html.index("Newer") < html.index("Older")


def test_share_links_carry_the_address_that_the_visitor_sees():
    page = home.standard_page(slug="about-us")
    request = RequestFactory().get("/", HTTP_HOST="action.example", secure=True)

    html = ShareBlock().render(ShareBlock().get_preview_value(), context={"page": page, "request": request})

    assert 'data-text="https://action.example/about-us/"' in html


def test_chosen_pages_are_shown_in_the_visitors_language_and_drafts_are_not():
    from django.utils import translation

    page, draft = home.standard_page(title="About us"), home.standard_page(title="Draft", slug="draft")
    home.translation(page, title="Acerca de nosotros")
    draft.unpublish()
    block = PageCardsBlock()
    value = block.normalize({"heading": "Read", "text": "", "pages": [page, draft]})

    with translation.override("es"):
        html = block.render(block.to_python(block.get_prep_value(value)))

    assert "Acerca de nosotros" in html
    assert "Draft" not in html


def test_a_section_of_cards_takes_new_pages_by_itself_up_to_its_limit():
    section = home.section_page()
    for number in range(3):
        home.standard_page(section, title=f"Story {number}")
    block = SectionCardsBlock()

    html = block.render(block.normalize({"heading": "Stories", "text": "", "section": section, "limit": 2}))

    assert html.count("<article") == 2


@pytest.mark.parametrize("key", ["dr", "first_name", "a-1", "9"])
def test_a_key_may_hold_small_letters_digits_hyphens_and_underscores(key):
    assert KeyBlock().clean(key) == key


@pytest.mark.parametrize("key", ["Dr", "first name", "ñ", "-a", "a-", "a\nb", "<b>", "a" * 65])
def test_any_other_key_is_refused(key):
    with pytest.raises(ValidationError):
        KeyBlock().clean(key)
