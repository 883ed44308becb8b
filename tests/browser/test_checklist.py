"""The checklist in the page editor: its lines lead to their inputs by keyboard, and it follows what is saved."""

from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit
from tests.browser.test_accessibility import is_too_wide, violations
from tests.browser.test_board import _log_in


def _begin(page: Page) -> None:
    """A draft of a letter, as an editor begins one."""
    _log_in(page)
    page.goto("/admin/start-action/")
    page.locator("#id_parent").select_option(index=1)
    page.locator("#id_title").fill("Ask for parity")
    page.get_by_role("button", name="Make the draft").click()
    page.wait_for_url("**/edit/")
    page.wait_for_load_state("networkidle")


def _follow(page: Page, path: str) -> None:
    page.locator(f'[data-checklist-link="{path}"]').first.focus()
    page.keyboard.press("Enter")


def test_a_line_of_the_checklist_puts_the_focus_into_its_input(visit: Visit) -> None:
    page = visit.page
    _begin(page)
    _follow(page, "letter_subject")
    assert page.evaluate("document.activeElement.id") == "id_letter_subject"
    _follow(page, "closes_on")
    assert page.evaluate("document.activeElement.id") == "id_closes_on"


def test_a_line_opens_what_is_folded_around_its_input(visit: Visit) -> None:
    page = visit.page
    _begin(page)
    page.get_by_role("button", name="Collapse all").click()
    expect(page.locator("#id_letter_body")).not_to_be_visible()
    page.evaluate("document.querySelector('[data-checklist-link=letter_body]').click()")
    expect(page.locator("#id_letter_body")).to_be_visible()
    assert page.evaluate("document.activeElement.id") == "id_letter_body"
    expect(page.locator("#id_letter_body")).to_be_in_viewport()


def test_the_list_is_read_again_when_the_page_has_saved_itself(visit: Visit) -> None:
    page = visit.page
    _begin(page)
    line = page.locator('[data-checklist-link="letter_subject"]')
    expect(line).to_have_count(1)
    # At a person's pace: what is typed in the first seconds Wagtail takes for what was loaded, until the next key.
    page.locator("#id_letter_subject").clear()
    page.locator("#id_letter_subject").press_sequentially("Please support H.1", delay=400)
    expect(line).to_have_count(0, timeout=30_000)
    expect(page.locator("[data-checklist-status]")).to_contain_text("to mend")


def test_axe_finds_nothing_wrong_with_starting_an_action(visit: Visit) -> None:
    page = visit.page
    _log_in(page)
    page.goto("/admin/start-action/")
    assert violations(page) == []


def test_a_phone_need_not_scroll_sideways_to_start_an_action(phone_visit: Visit) -> None:
    _log_in(phone_visit.page)
    phone_visit.page.goto("/admin/start-action/")
    assert not is_too_wide(phone_visit.page)
