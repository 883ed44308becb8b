"""Seeing the draft of an action as somebody else, from the page editor to the receipt, with nothing kept of it."""

import re
import sqlite3

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import RunningSite, Visit
from tests.browser.forms import CONSTITUENT
from tests.browser.test_accessibility import is_too_wide, violations
from tests.browser.test_board import _log_in
from tests.browser.test_checklist import _begin

SHOW = "Show what would happen"
HELD = ("advocates_advocate", "campaigns_submission", "campaigns_letter", "delivery_outboxmessage")


def _rows(site: RunningSite) -> dict[str, int]:
    """How many there are of what a visitor would leave behind."""
    [file] = site.data.glob("*.sqlite3")
    with sqlite3.connect(f"file:{file}?mode=ro", uri=True) as database:
        return {table: database.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in HELD}


def _type(page: Page, street: str) -> None:
    """An address of the invented state."""
    page.locator("#id_home_street").fill(street)
    page.locator("#id_home_city").fill(CONSTITUENT["City or town"])
    page.locator("#id_home_state").select_option("AX")
    page.locator("#id_home_zip_code").fill(CONSTITUENT["ZIP code"])


def _show(page: Page) -> None:
    page.get_by_role("button", name=SHOW).click()
    page.wait_for_load_state("networkidle")


def _look(page: Page) -> None:
    assert violations(page) == []
    assert not is_too_wide(page)


@pytest.mark.parametrize("width", [1280, 390])
def test_an_editor_sees_from_a_draft_who_gets_which_text_and_walks_to_the_receipt(
    width: int, visit: Visit, site: RunningSite
) -> None:
    page = visit.page
    _begin(page)
    before = _rows(site), site.captured()
    page.set_viewport_size({"width": width, "height": 844})
    page.get_by_role("button", name="Actions", exact=True).first.click()
    page.get_by_role("link", name="Preview as…").click()
    page.wait_for_load_state("networkidle")
    _look(page)

    _show(page)
    expect(page.get_by_text("Type an address with its state or ZIP code, or choose an official.")).to_be_visible()
    _look(page)
    _type(page, "9999 Nowhere Road")
    _show(page)
    expect(page.get_by_text("We could not find this street address.")).to_be_visible()
    expect(page.get_by_role("heading", name="In doubt: the visitor is asked to choose")).to_be_visible()
    _look(page)

    _type(page, CONSTITUENT["Street address"])
    page.locator("#id_role").select_option("physician")
    _show(page)
    # What is brought into view is not hidden by the bar that stands at the top.
    heading, bar = page.locator("#preview-steps").bounding_box(), page.locator("header").first.bounding_box()
    assert heading is not None
    assert bar is not None
    assert heading["y"] >= bar["y"] + bar["height"]
    expect(page.get_by_role("heading", name="2 letters")).to_be_visible()
    letter = page.get_by_role("article", name="Marisol Tidewater")
    expect(letter).to_contain_text("The letter of the page: there is no other text")
    expect(letter).to_contain_text("E-mail (then: Hand-off to the supporter)")
    expect(letter.get_by_role("listitem").filter(has_text="{legislator_salutation}")).to_contain_text(
        "Senator Tidewater"
    )
    _look(page)
    _walk(page)
    assert (_rows(site), site.captured()) == before
    assert CONSTITUENT["Street address"].split()[1] not in page.url
    assert visit.foreign_requests == []


def _walk(page: Page) -> None:
    """From the letters on as a visitor would, in the tab that opens."""
    with page.expect_popup() as opened:
        page.get_by_role("button", name="Read your letters").click()
    shown = opened.value
    expect(shown.get_by_text("Preview: nothing is stored, and nothing is sent.")).to_be_visible()
    expect(shown.locator("textarea[name$=body]").first).to_have_value(re.compile("Senator Tidewater"))
    _look(shown)
    shown.get_by_role("button", name="Send 2 letters").click()
    expect(shown.get_by_role("heading", level=1)).to_have_text("Thank you")
    expect(shown.get_by_text("Preview: nothing is stored, and nothing is sent.")).to_be_visible()
    _look(shown)


def test_an_official_is_picked_in_the_place_of_an_address(visit: Visit) -> None:
    page = visit.page
    _begin(page)
    page.goto(page.url.replace("/pages/", "/preview-as/").removesuffix("edit/"))
    page.get_by_role("button", name="Choose").first.click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("link", name="Yuki Fuller").click()
    expect(dialog).to_be_hidden()
    _show(page)
    expect(page.get_by_role("heading", name="1 letter")).to_be_visible()
    expect(page.get_by_role("article", name="Yuki Fuller")).to_be_visible()
    _look(page)


def test_an_address_is_previewed_without_a_script(visit: Visit, plain_visit: Visit) -> None:
    _begin(visit.page)
    page = plain_visit.page
    _log_in(page)
    page.goto(visit.page.url.replace("/pages/", "/preview-as/").removesuffix("edit/"))
    _type(page, CONSTITUENT["Street address"])
    page.get_by_role("button", name=SHOW).click()
    expect(page.get_by_role("heading", name="2 letters")).to_be_visible()
    with page.expect_popup() as opened:
        page.get_by_role("button", name="The receipt").click()
    expect(opened.value.get_by_text("Preview: nothing is stored, and nothing is sent.")).to_be_visible()
