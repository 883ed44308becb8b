"""Every kind of action, from its form to its receipt: with scripts and without, by keyboard, looked over by axe."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit
from tests.browser.forms import tab_to
from tests.browser.kinds import (
    CALL,
    CAMPAIGN,
    EVENT,
    KINDS,
    LETTER,
    NEVER,
    PETITION,
    STEPS,
    STORY_KIND,
    SURVEY,
    Kind,
    expect_heading,
    fill_in,
)
from tests.browser.test_accessibility import is_too_wide, violations


class Way:
    """A visitor on the way through one form, with what is checked on each page of it."""

    def __init__(self, visit: Visit, *, has_scripts: bool) -> None:
        self.visit = visit
        self.page = visit.page
        self.has_scripts = has_scripts

    def look(self, heading: str | None = None) -> None:
        """Nothing is wrong with the page that is shown."""
        if heading:
            expect_heading(self.page, heading)
        expect(self.page.locator("h1")).to_have_count(1)
        if self.has_scripts:
            assert violations(self.page) == []
            assert not is_too_wide(self.page)

    def press(self, name: str) -> None:
        self.page.get_by_role("button", name=name, exact=True).click()

    def send_nothing(self, kind: Kind) -> None:
        """Presses the button of the empty form: the summary has the focus, and its links lead to the fields."""
        self.press(kind.button)
        summary = self.page.get_by_role("alert")
        expect(summary).to_contain_text("There is a problem")
        assert self.page.title().startswith("Error: ")
        if self.has_scripts:
            expect(summary).to_be_focused()
        summary.get_by_role("link", name="Enter your given name.").click()
        expect(self.page.get_by_label("Given name", exact=True)).to_be_focused()

    def to_receipt(self, kind: Kind) -> None:
        """From the filled-in form on, by whatever comes between it and the receipt of this kind."""
        self.press(kind.button)
        if kind is LETTER:
            self._letters()
        elif kind is STEPS:
            self._steps()
        elif kind is STORY_KIND and not self.has_scripts:
            # Without a script the page itself shows what may identify a patient, once, and lets the person decide.
            expect(self.page.get_by_text("Maria Lopez:")).to_be_visible()
            self.look()
            self.press(kind.button)
        self.look("Thank you")

    def _letters(self) -> None:
        self.look("Make your letters yours")
        self.page.get_by_label(re.compile("^What have you seen in your practice")).fill("I send children home at noon.")
        self.page.get_by_label("Children with asthma").check()
        self.press("Continue to your letters")
        self.look("Read your letters")
        expect(self.page.locator("textarea[name$=body]").first).to_have_value(re.compile("Children with asthma miss"))
        self.press("Send 2 letters")

    def _steps(self) -> None:
        expect(self.page.get_by_role("heading", name="Step 2 of 3: What you can do")).to_be_visible()
        school = self.page.get_by_label(re.compile("^Which school"))
        if self.has_scripts:
            expect(school).to_be_hidden()
        self.look()
        self.page.get_by_label("Speak at a school").check()
        if not self.has_scripts:
            self.press("Continue")
        school.fill("Harbor School")
        self.press("Continue")
        expect(self.page.get_by_role("heading", name="Step 3 of 3: When it suits you")).to_be_visible()
        self.page.get_by_label("On weekdays").check()
        self.press("Continue")
        self.look("Check your answers")
        expect(self.page.get_by_text("Harbor School")).to_be_visible()
        self.press("Send")


@pytest.fixture(params=["phone", "plain"])
def way(request: pytest.FixtureRequest) -> Way:
    """With scripts on a phone of 390 pixels, and without any."""
    return Way(request.getfixturevalue(f"{request.param}_visit"), has_scripts=request.param == "phone")


def _said(page: Page) -> str:
    return page.locator("main").inner_text()


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.slug)
def test_a_visitor_arrives_at_a_receipt_that_says_what_is_true(kind: Kind, way: Way) -> None:
    page = way.page
    page.goto(kind.path)
    way.look()
    assert kind.revealed not in page.content() or not kind.revealed
    way.send_nothing(kind)
    fill_in(page, kind, email=f"{kind.slug}.{way.has_scripts}@visitor.example".lower())
    if kind is STORY_KIND and way.has_scripts:
        expect(page.locator("patient-note [aria-live=polite]")).to_contain_text("Maria Lopez")
    way.to_receipt(kind)

    text = _said(page)
    assert [words for words in (*kind.receipt, kind.revealed) if words not in text] == [], text
    assert [words for words in NEVER if words in text] == []
    assert "visitor.example" not in page.url
    assert way.visit.foreign_requests == []
    assert way.visit.console_errors == []


def test_what_people_do_after_the_form_is_theirs_to_say_and_to_take_back(way: Way) -> None:
    page = way.page
    page.goto(CALL.path)
    fill_in(page, CALL, email=f"called.{way.has_scripts}@visitor.example".lower())
    way.to_receipt(CALL)
    card = page.get_by_role("article", name="Senator Marisol Tidewater")
    card.get_by_role("button", name="I left a message").click()
    expect(card).to_contain_text("Has it changed?")
    way.look("Thank you")
    card.get_by_role("button", name="Take back what I said").click()
    expect(card).to_contain_text("What came of it?")


def test_a_signature_counts_at_once_and_a_name_is_shown_only_where_its_box_is_ticked(way: Way) -> None:
    page = way.page
    page.goto(PETITION.path)
    before = _signatures(page)
    name = f"Ottoline{'' if way.has_scripts else 'a'}"
    fill_in(page, PETITION, email=f"{name}@visitor.example")
    page.get_by_label("Given name", exact=True).fill(name)
    page.get_by_label("Show my name and town").check()
    way.to_receipt(PETITION)
    expect(page.get_by_text("You agreed that your name and town are shown with it.")).to_be_visible()
    page.goto(PETITION.path)
    assert _signatures(page) == before + 1
    expect(page.get_by_text(f"{name} Castellane")).to_be_visible()
    way.look()


def _signatures(page: Page) -> int:
    return int(page.get_by_text(re.compile(r"\d+ (person has|people have) signed")).inner_text().split()[0])


def test_a_form_that_a_program_filled_in_waits_and_its_receipt_says_so(visit: Visit) -> None:
    page = visit.page
    page.goto(SURVEY.path)
    fill_in(page, SURVEY, email="program@visitor.example")
    page.locator("input[name=website-url]").evaluate("input => { input.value = 'https://spam.example'; }")
    page.get_by_role("button", name=SURVEY.button).click()
    expect_heading(page, "Thank you")
    expect(page.get_by_text("Nothing has gone yet")).to_be_visible()
    expect(page.get_by_text("What you sent is being checked before it goes.")).to_be_visible()
    assert violations(page) == []


def test_a_form_in_steps_with_rules_is_filled_in_by_keyboard_alone(visit: Visit) -> None:
    page = visit.page
    page.goto(STEPS.path)
    for part, typed in {"name__given": "Tabitha", "name__family": "Keyes", "email": "keys@visitor.example"}.items():
        tab_to(page, f"[name='{part}']")
        page.keyboard.type(typed)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Step 2 of 3: What you can do")).to_be_visible()
    tab_to(page, "[name=task]")
    page.keyboard.press("Space")
    expect(page.get_by_label("Speak at a school")).to_be_checked()
    tab_to(page, "[name=school]")
    page.keyboard.type("Harbor School")
    tab_to(page, "button[value=details]")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Step 3 of 3: When it suits you")).to_be_visible()
    tab_to(page, "[name=days][value=weekends]")
    page.keyboard.press("Space")
    tab_to(page, "button[value=details]")
    page.keyboard.press("Space")
    expect_heading(page, "Check your answers")
    expect(page.get_by_text("On weekends")).to_be_visible()
    tab_to(page, "button[value=send]")
    page.keyboard.press("Enter")
    expect_heading(page, "Thank you")
    assert visit.console_errors == []


def test_a_place_is_taken_and_given_back_by_keyboard_alone(visit: Visit) -> None:
    page = visit.page
    page.goto(EVENT.path)
    for part, typed in {"name__given": "Tabitha", "name__family": "Keyes", "email": "place@visitor.example"}.items():
        tab_to(page, f"[name='{part}']")
        page.keyboard.type(typed)
    tab_to(page, "[name=role]")
    page.keyboard.press("Space")
    tab_to(page, "button[value=details]")
    page.keyboard.press("Enter")
    expect(page.get_by_text("You have a place")).to_be_visible()
    tab_to(page, "form[action$='/cancel/'] button")
    page.keyboard.press("Enter")
    expect(page.get_by_text("You gave your place back")).to_be_visible()
    expect(page.get_by_text("You have a place")).to_have_count(0)


def test_the_campaign_leads_to_each_of_its_pages(visit: Visit) -> None:
    visit.page.goto(CAMPAIGN)
    links = visit.page.locator("main a").evaluate_all("all => all.map(a => new URL(a.href).pathname)")
    assert {kind.path for kind in KINDS} <= set(links)
    assert violations(visit.page) == []
    visit.page.set_viewport_size({"width": 390, "height": 844})
    assert not is_too_wide(visit.page)
