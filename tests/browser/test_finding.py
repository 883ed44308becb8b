"""The four ways through doubt, in a real browser: by mouse, by keyboard, on a phone and without scripts."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit
from tests.browser.forms import TELEHEALTH, fill_details, tab_to
from tests.browser.test_accessibility import is_too_wide, violations

FIND = "/find-your-legislators/"


def _find(page: Page, *, street: str = "", city: str = "", zip_code: str) -> None:
    page.goto(FIND)
    page.get_by_label("Street address").fill(street)
    page.get_by_label("City or town").fill(city)
    page.get_by_label("State", exact=True).select_option("AX")
    page.get_by_label("ZIP code").fill(zip_code)
    page.get_by_role("button", name="Find my legislators").click()


def _is_clean(visit: Visit) -> None:
    assert violations(visit.page) == []
    assert not is_too_wide(visit.page)
    assert visit.foreign_requests == []
    assert visit.console_errors == []
    assert "699" not in visit.page.url


@pytest.fixture(params=["desk", "phone"])
def anywhere(request: pytest.FixtureRequest) -> Visit:
    """The same visitor at a desk of 1280 pixels and with a phone of 390."""
    visit: Visit = request.getfixturevalue("visit" if request.param == "desk" else "phone_visit")
    return visit


def test_a_zip_code_alone_is_asked_for_its_street_which_settles_it(anywhere: Visit) -> None:
    page = anywhere.page
    _find(page, zip_code="69903")
    expect(page.get_by_role("heading", name="Add your street and house number")).to_be_visible()
    _is_clean(anywhere)
    page.get_by_label("Street address").fill("150 Clinic Road")
    page.get_by_label("City or town").fill("Birchfield")
    page.get_by_role("button", name="Find my legislators").click()
    expect(page.get_by_role("link", name="Representative Hector Elmore")).to_be_visible()
    _is_clean(anywhere)


def test_a_district_is_picked_from_a_list_with_names_and_photos(anywhere: Visit) -> None:
    page = anywhere.page
    _find(page, zip_code="69903")
    house = page.get_by_role("group", name="State house")
    expect(house.locator(".portrait")).to_have_count(2)
    house.get_by_label("Bronwyn Lindqvist").check()
    senate = page.get_by_role("group", name="State senate")
    if senate.count():
        senate.get_by_role("radio").first.check()
    page.get_by_role("button", name="Show my legislators").click()
    expect(page.get_by_role("link", name="Representative Bronwyn Lindqvist")).to_be_visible()
    expect(page.get_by_text("You chose the district yourself.")).to_be_visible()
    _is_clean(anywhere)


def test_a_neighbour_of_the_line_confirms_on_the_map(anywhere: Visit) -> None:
    page = anywhere.page
    _find(page, street="101 Line Road", city="Birchfield", zip_code="69903")
    drawing = page.get_by_role("img", name="Map: your address and the districts beside it")
    expect(drawing).to_be_visible()
    expect(drawing.locator("text", has_text="Your address")).to_be_visible()
    expect(page.locator("figcaption", has_text="1st Birch begins about")).to_be_visible()
    assert drawing.bounding_box()["width"] > 250
    _is_clean(anywhere)
    page.get_by_role("radio", name="1st Birch").check()
    page.get_by_role("button", name="Show my legislators").click()
    expect(page.get_by_role("link", name="Representative Bronwyn Lindqvist")).to_be_visible()


def test_this_is_not_my_legislator_leads_on_to_all_districts(anywhere: Visit) -> None:
    page = anywhere.page
    _find(page, street="21 Main Street", city="Port Alder", zip_code="69901")
    page.get_by_text("This is not my legislator: Ines Quayle").click()
    _is_clean(anywhere)
    page.locator("form", has_text="Ines Quayle").get_by_role("button", name="Report this").click()
    expect(page.get_by_text("Thank you: our staff can see")).to_be_visible()
    expect(page.get_by_role("group", name="State house").get_by_role("radio")).to_have_count(9)
    _is_clean(anywhere)
    page.get_by_role("radio", name="2nd Harbor").check()
    page.get_by_role("button", name="Show my legislators").click()
    expect(page.get_by_role("link", name="Representative Thaddeus Marsh")).to_be_visible()


def test_the_keyboard_alone_gets_through_the_map(visit: Visit) -> None:
    page = visit.page
    page.goto(FIND)
    for name, typed in {"street": "101 Line Road", "city": "Birchfield", "state": "Alder", "zip_code": "69903"}.items():
        tab_to(page, f"[name={name}]")
        page.keyboard.type(typed)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Confirm your district on the map")).to_be_visible()
    tab_to(page, "summary")
    tab_to(page, "input[type=radio]")
    page.keyboard.press("Space")
    tab_to(page, "button[value=choose]")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="State house")).to_be_visible()
    assert visit.console_errors == []


def test_without_scripts_the_map_and_the_doubt_work_too(plain_visit: Visit) -> None:
    page = plain_visit.page
    _find(page, street="101 Line Road", city="Birchfield", zip_code="69903")
    expect(page.get_by_role("img", name="Map: your address")).to_be_visible()
    page.get_by_role("radio", name="2nd Birch").check()
    page.get_by_role("button", name="Show my legislators").click()
    page.get_by_text("This is not my legislator: Hector Elmore").click()
    page.locator("form", has_text="Hector Elmore").get_by_role("button", name="Report this").click()
    expect(page.get_by_text("Thank you: our staff can see")).to_be_visible()


def test_the_block_on_the_home_page_leads_to_the_answer(visit: Visit) -> None:
    page = visit.page
    page.goto("/")
    page.get_by_label("Street address").fill("21 Main Street")
    page.get_by_label("State", exact=True).select_option("AX")
    page.get_by_label("ZIP code").fill("69901")
    page.get_by_role("button", name="Find my legislators").click()
    expect(page.get_by_role("link", name="Representative Ines Quayle")).to_be_visible()
    _is_clean(visit)


def test_a_letter_to_a_wrong_legislator_can_be_given_another_district(visit: Visit) -> None:
    page = visit.page
    page.goto(TELEHEALTH)
    fill_details(page, email="wrong@visitor.example")
    page.get_by_role("button", name="Continue to your letters").click()
    page.get_by_text("This is not my legislator: Ines Quayle").click()
    assert violations(page) == []
    page.locator("article", has_text="Ines Quayle").get_by_role("button", name="Report this").click()
    page.get_by_role("radio", name="2nd Harbor").check()
    page.get_by_role("button", name="Continue to your letters").click()
    expect(page.get_by_role("heading", name="Thaddeus Marsh")).to_be_visible()
    expect(page.get_by_role("heading", name="Ines Quayle")).to_have_count(0)


def test_in_spanish_the_page_speaks_spanish(visit: Visit) -> None:
    page = visit.page
    page.goto("/es/encuentre-a-sus-legisladores/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Encuentre a sus legisladores")
    assert visit.console_errors == []
