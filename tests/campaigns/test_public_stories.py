"""Stories that visitors read: only as their tellers allow, under the name that they chose, and gone when taken back."""

import io

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from campaigns.engine.composing import Constituent
from campaigns.engine.public_stories import Edit, edit_of, in_two, public_name
from campaigns.engine.tokens import sign_receipt
from campaigns.models import CampaignPage
from campaigns.records.participation import Story
from campaigns.records.submissions import Submission
from campaigns.records.uploads import Upload
from campaigns.selectors import public_stories
from campaigns.services import stories as telling
from home.models import HomePage
from tests.factories import participation
from tests.factories.pictures import picture

TEXT = "The drive took two hours, in snow. We missed it.\n\nNobody should have to choose between work and a visit."


@pytest.fixture
def page(db):
    return participation.page(participation.action("story", asks_photo=True))


@pytest.fixture
def reader(db):
    return User.objects.create_user("rita")


def _story(page, reader, *, is_approved=True, **answers):
    submission = participation.sent(page, **{"story_text": TEXT, "story_website": "on", **answers})
    story = Story.objects.get(taken_action__submission=submission)
    telling.judge(story_id=story.pk, is_approved=is_approved, note="", reader=reader)
    return story


def _block(**value):
    block = HomePage.body.field.stream_block.child_blocks["stories"]
    value = {"heading": "In their own words", "text": "", "story_page": None, "limit": 3, "picked": [], **value}
    return BeautifulSoup(block.render(block.to_python(value)), "html.parser")


def _listed():
    return BeautifulSoup(Client().get(reverse("campaigns:stories")).content, "html.parser")


def _url(name, story):
    token = sign_receipt(story.taken_action.submission.key)
    return reverse(f"campaigns:{name}", args=[token, story.taken_action_id])


# --- Which are shown -----------------------------------------------------------------------------


def test_a_story_that_is_approved_and_allowed_for_the_website_is_shown_in_its_language(page, reader):
    _story(page, reader, story_naming="first")
    quote = _block().figure
    assert quote.blockquote.get_text(" ", strip=True) == " ".join(TEXT.split())
    assert (quote.blockquote["lang"], quote.blockquote["dir"]) == ("en", "auto")
    assert quote.figcaption.get_text(strip=True) == "Maria"
    assert TEXT.split("\n")[0] in _listed().main.get_text()


@pytest.mark.parametrize(
    ("answers", "is_approved"),
    [({}, False), ({"story_website": ""}, True), ({"story_website": "", "story_media": "on"}, True)],
    ids=["declined", "no use", "another use"],
)
def test_no_other_is_shown_and_the_page_says_that_there_is_none(page, reader, answers, is_approved):
    _story(page, reader, is_approved=is_approved, **answers)
    assert "two hours" not in _block().get_text()
    assert "No story is shown here at the moment." in _block().get_text()
    assert "No story is shown here at the moment." in _listed().get_text()


def test_a_story_of_a_form_that_was_found_invalid_is_not_shown(page, reader):
    story = _story(page, reader)
    Submission.objects.filter(pk=story.taken_action.submission_id).update(standing="invalid")
    assert not public_stories.showable().exists()


@pytest.mark.parametrize("way", ["withdraw_story", "forbid_use"])
def test_a_story_that_is_taken_back_is_gone_from_every_page_at_once(page, reader, way):
    story = _story(page, reader)
    campaign = CampaignPage.objects.get(pk=page.campaign.pk)
    block = {"heading": "H", "text": "", "story_page": page.pk, "limit": 3, "picked": [story.pk]}
    campaign.body = CampaignPage.body.field.stream_block.to_python([{"type": "stories", "value": block}])
    campaign.save_revision().publish()
    assert b"two hours" in Client().get(campaign.url).content
    listed = Client().get(reverse("campaigns:stories"))
    assert listed["Cache-Control"] == "no-store"
    Client().post(_url(way, story), {"use": "website"})
    assert b"two hours" not in Client().get(campaign.url).content
    assert b"two hours" not in Client().get(reverse("campaigns:stories")).content
    assert Client().get(reverse("campaigns:stories_of", args=[page.translation_key])).status_code == 404


def test_what_the_visitor_can_read_stands_first(page, reader):
    _story(page, reader, story_text="In English.", email="a@clinic.example")
    spanish = _story(page, reader, story_text="En español.", email="b@clinic.example")
    telling.prepare(story_id=spanish.pk, text="En español.", language="es", photo_alt="")
    words = [quote.get_text(strip=True) for quote in _block().find_all("blockquote")]
    assert words == ["In English.", "En español."]


def test_picked_stories_stand_in_the_editors_order_and_leave_no_gap(page, reader):
    first = _story(page, reader, story_text="The first of them.", email="a@clinic.example")
    second = _story(page, reader, story_text="The second of them.", email="b@clinic.example")
    hidden = _story(page, reader, story_text="Not allowed.", story_website="", email="c@clinic.example")
    shown = _block(picked=[second.pk, hidden.pk, 99_999, first.pk]).find_all("figure")
    assert [figure.blockquote.get_text(strip=True) for figure in shown] == ["The second of them.", "The first of them."]


def test_the_newest_of_one_page_stand_there_and_all_are_a_list_away(page, reader):
    for number in range(12):
        _story(page, reader, story_text=f"Story number {number}.", email=f"p{number}@clinic.example")
    html = _block(story_page=page.pk, limit=2)
    assert [q.get_text(strip=True) for q in html.find_all("blockquote")] == ["Story number 11.", "Story number 10."]
    links = {link.get_text(): link["href"] for link in html.find_all("a")}
    assert links["Tell us yours"].endswith(page.url)
    listed = BeautifulSoup(Client().get(links["More stories"]).content, "html.parser")
    assert len(listed.find_all("figure")) == 10
    assert listed.find("a", rel="next")


# --- Under which name ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("naming", "shown"),
    [("full", "Dr. Maria Santos"), ("first", "Maria"), ("initials", "M. S."), ("none", ""), ("", ""), ("forged", "")],
)
def test_the_name_is_exactly_what_the_teller_chose(naming, shown):
    person = Constituent(given_name="Maria", family_name="Santos", email="x@y.example", title="Dr.")
    assert public_name(naming, person) == shown


@pytest.mark.parametrize(
    ("given", "family", "shown"),
    [
        ("émile", "O’Neil", "É. O."),
        ("סימה", "לוי", "ס. ל."),
        ("😀", "Li", "L."),
        ("123", "😀", ""),
        ("E\u0301a", "", "É."),
    ],
)
def test_initials_are_letters_of_any_script(given, family, shown):
    assert public_name("initials", Constituent(given_name=given, family_name=family, email="x@y.example")) == shown


@given(st.text(max_size=30), st.text(max_size=30))
def test_who_is_not_to_be_named_never_is(given_name, family_name):
    person = Constituent(given_name=given_name, family_name=family_name, email="x@y.example")
    assert public_name("none", person) == ""
    assert family_name.strip() not in public_name("first", person) or len(family_name.strip()) <= len(given_name)


def test_a_story_without_a_choice_is_told_without_a_name(page, reader):
    _story(page, reader)
    assert _block().figcaption.get_text(strip=True) == "Told without a name"
    assert "Santos" not in str(_listed().main)


def test_a_name_can_be_taken_back_on_the_receipt(page, reader):
    story = _story(page, reader, story_naming="full")
    assert "Dr. Maria Santos" in _block().get_text()
    assert Client().get(_url("forbid_name", story)).status_code == 405
    assert Client().post(_url("forbid_name", story)).status_code == 302
    assert "Santos" not in _block().get_text()
    assert "two hours" in _block().get_text()


# --- In which words ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("shown", "edit"),
    [
        ("", Edit.WHOLE),
        ("The  drive took\ntwo hours.", Edit.WHOLE),
        ("The drive took hours.", Edit.SHORTENED),
        ("Drive, two hours!", Edit.SHORTENED),
        ("The drive took two hours!", Edit.CHANGED),
        ("The drive took all day.", Edit.CHANGED),
        ("two The drive took hours.", Edit.CHANGED),
    ],
)
def test_an_edit_is_never_passed_off_as_the_tellers_words(shown, edit):
    assert edit_of("The drive took two hours.", shown) is edit


@given(st.lists(st.sampled_from("abc"), min_size=1, max_size=30), st.data())
def test_whoever_only_leaves_words_out_has_shortened(told, data):
    kept = [word for word in told if data.draw(st.booleans())]
    assert edit_of(" ".join(told), " ".join(kept)) in (Edit.SHORTENED, Edit.WHOLE)


@given(st.text(alphabet="ab \n", max_size=1200))
def test_a_long_story_is_unfolded_and_loses_no_word(text):
    words = in_two(text)
    assert f"{words.opening} {words.rest}".split() == text.split()


def test_a_story_is_cut_where_a_sentence_ends():
    words = in_two("One two three four five. " * 40)
    assert words.opening.endswith("five.")
    assert words.rest.startswith("One")


def test_visitors_and_the_teller_see_that_a_story_was_shortened(page, reader):
    story = _story(page, reader)
    assert "Shortened" not in str(_block())
    short = "Nobody should have to choose between work and a visit."
    assert telling.prepare(story_id=story.pk, text=short, language="en", photo_alt="")
    assert "two hours" not in _block().get_text()
    assert "Shortened by us" in _block().figcaption.get_text()
    receipt = Client().get(reverse("campaigns:receipt", args=[sign_receipt(story.taken_action.submission.key)]))
    assert "We have shortened it." in receipt.content.decode()
    assert telling.prepare(story_id=story.pk, text=f"{short} Call us!", language="es", photo_alt="")
    html = _block()
    assert "not all of these are the teller’s own words" in html.figcaption.get_text()
    assert html.blockquote["lang"] == "es"
    assert telling.prepare(story_id=story.pk, text=f" {TEXT} ", language="en", photo_alt="")
    story.refresh_from_db()
    assert story.public_text == ""


def test_what_was_made_of_a_story_goes_when_it_is_taken_back(page, reader):
    story = _story(page, reader, story_naming="full")
    telling.prepare(story_id=story.pk, text="Two hours.", language="en", photo_alt="A road")
    telling.withdraw(taken=story.taken_action)
    story.refresh_from_db()
    assert (story.public_name, story.public_text, story.photo_alt) == ("", "", "")
    assert not telling.prepare(story_id=story.pk, text="Two hours.", language="en", photo_alt="")


# --- With which picture --------------------------------------------------------------------------


def _with_photo(page, reader, **answers):
    photo = SimpleUploadedFile("me.jpg", picture(size=(1600, 1200)))
    return _story(page, reader, story_photo=photo, **answers)


def _photo_url():
    found = _block().find("img")
    return found and found["src"]


def test_a_photograph_is_shown_small_with_its_description_and_kept_by_no_cache(page, reader):
    story = _with_photo(page, reader, story_photo_shown="on")
    assert _photo_url() is None
    telling.prepare(story_id=story.pk, text=TEXT, language="en", photo_alt="A snowy road")
    assert _block().img["alt"] == "A snowy road"
    response = Client().get(_photo_url())
    assert (response.status_code, response["Cache-Control"]) == (200, "no-store")
    assert max(Image.open(io.BytesIO(b"".join(response.streaming_content))).size) == telling.PHOTO_PIXELS
    url = _photo_url()
    Client().post(_url("forbid_use", story), {"use": "photo"})
    assert _photo_url() is None
    assert Client().get(url).status_code == 404
    assert "two hours" in _block().get_text()


def test_nothing_but_a_picture_is_shown_whatever_the_field_takes(page, reader):
    story = _with_photo(page, reader, story_photo_shown="on")
    telling.prepare(story_id=story.pk, text=TEXT, language="en", photo_alt="A snowy road")
    url = _photo_url()
    assert Client().get(url).status_code == 200
    Upload.objects.update(content_type="application/pdf")
    assert _photo_url() is None
    assert Client().get(url).status_code == 404


def test_a_photograph_that_nobody_agreed_to_show_is_shown_nowhere(page, reader):
    story = _with_photo(page, reader)
    telling.prepare(story_id=story.pk, text=TEXT, language="en", photo_alt="A snowy road")
    assert _photo_url() is None
    for upload in Upload.objects.all():
        assert Client().get(reverse("campaigns:story_photo", args=[upload.key])).status_code == 404


def test_a_photograph_goes_with_the_story(page, reader):
    story = _with_photo(page, reader, story_photo_shown="on")
    telling.prepare(story_id=story.pk, text=TEXT, language="en", photo_alt="A snowy road")
    url = _photo_url()
    telling.withdraw(taken=story.taken_action)
    assert Client().get(url).status_code == 404
    assert not Upload.objects.exists()


def test_who_hands_in_no_photograph_agrees_to_nothing_about_one(page, reader):
    assert _story(page, reader, story_photo_shown="on").uses == ["website"]


# --- For the staff -------------------------------------------------------------------------------


def test_the_staff_shorten_a_story_and_are_told_what_may_identify_a_patient(page, reader, admin_client):
    story = _story(page, reader)
    url = reverse("stories:words", args=[story.pk])
    assert "As it was told" in admin_client.get(url).content.decode()
    response = admin_client.post(url, {"text": "My mother Ana Ruiz was seen on March 3, 2026.", "language": "en"})
    assert response.status_code == 302
    story.refresh_from_db()
    assert story.public_text.startswith("My mother")
    assert story.text == TEXT
    assert "may identify a patient" in admin_client.get(url).content.decode()
    empty = admin_client.post(url, {"text": "\u200b ", "language": "en"})
    assert "A story without words cannot be shown." in empty.content.decode()


def test_only_an_approved_story_can_be_shortened(page, reader, admin_client):
    story = _story(page, reader, is_approved=False)
    assert admin_client.get(reverse("stories:words", args=[story.pk])).status_code == 404


def test_the_chooser_offers_only_what_visitors_see(page, reader, admin_client):
    shown = _story(page, reader, story_naming="first", email="a@clinic.example")
    hidden = _story(page, reader, story_text="A secret.", story_website="", email="b@clinic.example")
    html = admin_client.get(reverse("story_chooser:choose")).json()["html"]
    assert "Maria: The drive took two hours" in html
    assert "secret" not in html
    assert admin_client.get(reverse("story_chooser:chosen", args=[shown.pk])).status_code == 200
    assert admin_client.get(reverse("story_chooser:chosen", args=[hidden.pk])).status_code == 404
    assert public_stories.title_of(hidden) == "A story that is no longer shown"
