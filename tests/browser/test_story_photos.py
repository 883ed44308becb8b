"""A photograph that goes with a story: which files are taken, and where visitors see it until it is taken back."""

import re

import pytest
from playwright.sync_api import FilePayload, Page, expect

from tests.browser.conftest import Visit
from tests.browser.forms import tab_to
from tests.browser.kinds import CAMPAIGN, STORY_KIND, expect_heading, fill_in
from tests.browser.test_accessibility import is_too_wide, violations
from tests.browser.test_board import _log_in
from tests.browser.test_kinds_of_action import Way, way
from tests.factories.pictures import picture

__all__ = ["way"]

PHOTO = "A photograph for your story"
NOT_TAKEN = "“{}” is not a file that we can take. Choose one of these: JPG, PNG, WEBP."
HTML = b"<!doctype html><script>alert(1)</script>"
#: What is chosen, with what stands beside the field then.
REFUSED = [
    ("notes.png", b"Only a text.", NOT_TAKEN),
    ("page.jpg", HTML, NOT_TAKEN),
    ("page.pdf", HTML, NOT_TAKEN),
    ("drawing.svg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", NOT_TAKEN),
    ("large.jpg", picture() + bytes(5_000_000), "“{}” is larger than 5 MB. Choose a smaller file."),
]


def _file(name: str, data: bytes) -> FilePayload:
    """What a browser calls it by its name is no sign of what it is."""
    return {"name": name, "mimeType": "image/jpeg", "buffer": data}


def _send(page: Page) -> None:
    page.get_by_role("button", name=STORY_KIND.button, exact=True).click()


def test_each_file_that_is_not_taken_says_why_and_the_one_that_is_stays(way: Way) -> None:
    page = way.page
    page.goto(STORY_KIND.path)
    fill_in(page, STORY_KIND, email="no address")
    told = page.locator("[name=story_text]").input_value()
    control = page.get_by_label(PHOTO)
    for name, data, sentence in REFUSED:
        control.set_input_files(_file(name, data))
        _send(page)
        said = sentence.format(name)
        expect(control).to_have_accessible_description(re.compile(re.escape(said)))
        page.get_by_role("alert").get_by_role("link", name=said).click()
        expect(control).to_be_focused()
        expect(page.locator("[name=story_text]")).to_have_value(told)
    way.look()

    taken = page.get_by_role("listitem").filter(has=page.get_by_role("button", name="Remove"))
    for name in ("clinic.jpg", "road.jpg"):
        control.set_input_files(_file(name, picture()))
        _send(page)
        expect(taken).to_have_count(1)
        expect(taken).to_contain_text(name)
    # It stays while something else is put right, also where the next file is refused.
    control.set_input_files(_file(*REFUSED[0][:2]))
    _send(page)
    expect(taken).to_contain_text("road.jpg")
    way.look()
    page.get_by_role("button", name="Remove road.jpg").click()
    expect(taken).to_have_count(0)
    expect(page.locator("[name=story_text]")).to_have_value(told)
    control.set_input_files(_file("clinic.jpg", picture()))
    page.get_by_label("E-mail address", exact=True).fill(f"photo.{way.has_scripts}@visitor.example".lower())
    # What may identify a patient was shown with the errors already, also where no script runs.
    _send(page)
    way.look("Thank you")
    assert way.visit.console_errors == []


def test_a_file_is_taken_back_by_keyboard_alone(visit: Visit) -> None:
    page = visit.page
    page.goto(STORY_KIND.path)
    fill_in(page, STORY_KIND, email="no address")
    tab_to(page, "[name=story_photo]")
    with page.expect_file_chooser() as chooser:
        page.keyboard.press("Space")
    chooser.value.set_files(_file("clinic.jpg", picture()))
    tab_to(page, "button[value=details]")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Remove clinic.jpg")).to_be_visible()
    # Enter in a field sends the form, and takes nothing away.
    page.get_by_label("E-mail address", exact=True).focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_be_focused()
    tab_to(page, "button[name=action-remove-file]")
    page.keyboard.press("Space")
    expect(page.get_by_role("button", name="Remove clinic.jpg")).to_have_count(0)
    page.get_by_label("E-mail address", exact=True).fill("keys.photo@visitor.example")
    tab_to(page, "button[value=details]")
    page.keyboard.press("Enter")
    expect_heading(page, "Thank you")


SEEN = "The bus stop by the harbor school, in snow"
WORDS = "The bus came at four, and the nurse had left at noon."
USES = ("You may show my story on your website.", "You may show my photograph with my story on your website.")


@pytest.mark.parametrize("path", [CAMPAIGN, "/stories/"])
def test_a_photograph_is_shown_with_its_story_until_that_is_taken_back(
    path: str, phone_visit: Visit, visit: Visit
) -> None:
    teller, words = phone_visit.page, f"{WORDS} {path.strip('/') or 'home'}"
    teller.goto(STORY_KIND.path)
    fill_in(teller, STORY_KIND, email=f"teller.{path.strip('/').replace('/', '.')}@visitor.example")
    teller.locator("[name=story_text]").fill(words)
    for use in USES:
        teller.get_by_label(use, exact=True).check()
    teller.get_by_label(PHOTO).set_input_files(_file("stop.jpg", picture()))
    _send(teller)
    expect_heading(teller, "Thank you")

    staff = visit.page
    _log_in(staff)
    _approve(staff, words)
    # Without the message, which fades in.
    staff.reload()
    staff.wait_for_load_state("networkidle")
    assert violations(staff) == []

    reader = phone_visit.page.context.new_page()
    reader.goto(path)
    photo = reader.get_by_role("figure").filter(has_text=words).get_by_role("img", name=SEEN)
    photo.scroll_into_view_if_needed()
    reader.wait_for_function("image => image.complete && image.naturalWidth > 0", arg=photo.element_handle())
    assert violations(reader) == []
    assert not is_too_wide(reader)
    source = str(photo.get_attribute("src"))

    teller.reload()
    teller.get_by_role("button", name="Take my story back and delete it").click()
    expect(teller.get_by_text("You have taken your story back.")).to_be_visible()
    reader.reload()
    expect(reader.get_by_text(words)).to_have_count(0)
    assert reader.request.get(source).status == 404


def _approve(staff: Page, words: str) -> None:
    """As an editor does it: the story first, then what its photograph shows."""
    staff.goto("/admin/taking-part/stories/")
    staff.get_by_role("article").filter(has_text=words).get_by_role("button", name="Approve").click()
    staff.goto("/admin/taking-part/stories/?state=approved")
    staff.get_by_role("article").filter(has_text=words).get_by_role("link", name="How visitors see it").click()
    staff.get_by_label("What the photograph shows").fill(SEEN)
    staff.get_by_role("button", name="Save", exact=True).click()
    expect(staff.get_by_text("This is what visitors read from now on.")).to_be_visible()
