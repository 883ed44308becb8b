"""Every type of public page, looked over by axe and at the width of a phone."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.conftest import Visit
from tests.browser.forms import TELEHEALTH, fill_details

PAGES = [
    pytest.param("/", id="home"),
    pytest.param("/campaigns/", id="list of campaigns"),
    pytest.param(TELEHEALTH, id="campaign"),
    pytest.param(f"{TELEHEALTH}write-your-legislators/", id="action page"),
    pytest.param("/patients/", id="section"),
    pytest.param("/about/", id="standard page"),
    pytest.param("/training/", id="training"),
    pytest.param("/training/meeting-your-legislator/", id="lesson"),
    pytest.param("/find-your-legislators/", id="page to find legislators"),
    pytest.param("/search/?q=telehealth", id="search results"),
    pytest.param("/officials/", id="directory"),
    pytest.param("/officials/ax/", id="state"),
    pytest.param("/officials/ax/house/", id="chamber"),
    pytest.param("/officials/ax/house/?name=nobody", id="chamber narrowed to nobody"),
    pytest.param("/officials/people/1-x/", id="official"),
    pytest.param("/officials/committees/3-x/", id="committee"),
    pytest.param("/es/officials/people/1-x/", id="official in Spanish"),
    pytest.param("/es/", id="home in Spanish"),
    pytest.param("/es/pacientes/", id="section in Spanish"),
    pytest.param("/stories/", id="list of stories"),
    pytest.param("/nothing-here/", id="not found"),
]
#: WCAG 2.2, levels A and AA, and what axe calls best practice.
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


def violations(page: Page) -> list[str]:
    found = Axe().run(page, options=RULES).response["violations"]
    return [f"{each['id']}: {node['html'][:200]}" for each in found for node in each["nodes"]]


def is_too_wide(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"))


@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing_wrong_with_a(path: str, visit: Visit) -> None:
    visit.page.goto(path)
    assert violations(visit.page) == []
    assert visit.foreign_requests == []


@pytest.mark.parametrize("path", PAGES)
def test_a_phone_need_not_scroll_sideways_on_a(path: str, phone_visit: Visit) -> None:
    phone_visit.page.goto(path)
    assert not is_too_wide(phone_visit.page)
    assert violations(phone_visit.page) == []


def test_axe_finds_nothing_wrong_with_the_steps_of_the_form_and_the_receipt(visit: Visit) -> None:
    page = visit.page
    page.goto(TELEHEALTH)
    page.get_by_role("button", name="Continue to your letters").click()
    assert violations(page) == []
    changes = {"Street address": "101 Line Road", "City or town": "Birchfield", "ZIP code": "69903"}
    fill_details(page, email="axe@visitor.example", **changes)
    page.get_by_role("button", name="Continue to your letters").click()
    assert violations(page) == []
    page.get_by_role("radio", name="2nd Birch").check()
    page.get_by_role("button", name="Continue to your letters").click()
    assert violations(page) == []
    page.get_by_role("button", name="Send 2 letters").click()
    page.get_by_role("heading", name="Thank you").wait_for()
    assert violations(page) == []


def test_the_language_is_declared_as_it_is_written(visit: Visit) -> None:
    visit.page.goto("/es/pacientes/")
    assert visit.page.locator("html").get_attribute("lang") == "es"
    visit.page.goto("/patients/")
    assert visit.page.locator("html").get_attribute("lang") == "en"
