"""The board of deliveries in a browser: axe, the keyboard, without a script, and that it can be stopped."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit
from tests.browser.forms import tab_to
from tests.browser.test_accessibility import is_too_wide, violations

BOARD = "/admin/deliveries/"
PAGES = [
    BOARD,
    "/admin/deliveries/held/",
    "/admin/deliveries/pause/?scope=site",
    "/admin/deliveries/congress/",
    "/admin/pacing/",
    "/admin/letters/",
]
EDITOR = ("editor", "alder-demo-2026")


def _log_in(page: Page) -> None:
    page.goto("/admin/login/")
    page.locator("#id_username").fill(EDITOR[0])
    page.locator("#id_password").fill(EDITOR[1])
    page.locator("button[type=submit]").click()
    page.wait_for_url("**/admin/")


@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing_wrong_with_the_pages_of_deliveries(path: str, visit: Visit) -> None:
    _log_in(visit.page)
    visit.page.goto(path)
    visit.page.wait_for_load_state("networkidle")
    assert violations(visit.page) == []
    assert visit.foreign_requests == []


@pytest.mark.parametrize("path", PAGES)
def test_a_phone_need_not_scroll_sideways_on_the_pages_of_deliveries(path: str, phone_visit: Visit) -> None:
    _log_in(phone_visit.page)
    phone_visit.page.goto(path)
    assert not is_too_wide(phone_visit.page)


def test_the_board_refreshes_itself_until_it_is_stopped_by_the_keyboard(visit: Visit) -> None:
    page = visit.page
    _log_in(page)
    page.goto(BOARD)
    with page.expect_response("**/admin/deliveries/live/", timeout=20_000):
        pass
    tab_to(page, "[data-live-button]")
    page.keyboard.press("Enter")
    expect(page.locator("[data-live-status]")).to_have_text("The board stands still.")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if request.url.endswith("/live/") else None)
    # Longer than two refreshes.
    page.wait_for_timeout(11_000)
    assert asked == []


def test_the_focus_stays_where_it_is_when_the_board_refreshes(visit: Visit) -> None:
    page = visit.page
    _log_in(page)
    page.goto(BOARD)
    page.locator("#pause-all").focus()
    with page.expect_response("**/admin/deliveries/live/", timeout=20_000):
        pass
    page.wait_for_timeout(500)
    assert page.evaluate("document.activeElement.id") == "pause-all"


def test_the_board_works_without_a_script(plain_visit: Visit) -> None:
    page = plain_visit.page
    _log_in(page)
    page.goto(BOARD)
    assert page.get_by_role("heading", name="All letters").is_visible()
    assert not page.locator("[data-live-button]").is_visible()
    page.locator("#pause-all").click()
    page.get_by_role("button", name="Pause everything").click()
    assert page.get_by_text("Everything is paused", exact=False).first.is_visible()
    page.get_by_role("button", name="Resume Everything").click()
    assert page.locator("#pause-all").is_visible()
