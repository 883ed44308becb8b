"""Forms on a partner's site and at a stand, drafts, and details that are filled in, in a real browser."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, FrameLocator, Page, expect

from tests.browser.conftest import ROOT, RunningSite, Visit
from tests.browser.elsewhere import partner
from tests.browser.forms import CONSTITUENT, TELEHEALTH
from tests.browser.test_accessibility import is_too_wide, violations

FORM = f"{TELEHEALTH}write-your-legislators/"
#: Cookies of other sites are refused, as most browsers do by now.
NO_FOREIGN_COOKIES = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--test-third-party-cookie-phaseout",
]
ALLOW = """
from campaigns.models import ActionPage
page = ActionPage.objects.get(slug="write-your-legislators")
ActionPage.objects.filter(pk=page.pk).update(allowed_origins={origins!r}, has_kiosk_mode=True)
from campaigns.engine.stand_links import Stand, sign
from datetime import timedelta
from django.utils import timezone
print("key", page.translation_key)
print("stand", sign(Stand(page.translation_key, "annual-meeting", timezone.localdate() + timedelta(days=1))))
"""


def _allow(site: RunningSite, origins: str) -> dict[str, str]:
    """What an editor decides, decided in the running site's own database."""
    kept = {name: value for name, value in os.environ.items() if name not in {"REDIS_URL", "DATABASE_URL"}}
    environment = {**kept, "DATA_DIR": str(site.data), "DJANGO_SETTINGS_MODULE": "config.settings.development"}
    command = [sys.executable, "manage.py", "shell", "-c", ALLOW.format(origins=origins)]
    said = subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True, text=True).stdout
    return dict(line.split(" ", 1) for line in said.splitlines() if line.startswith(("key ", "stand ")))


def _fill_in(page: Page | FrameLocator, email: str) -> None:
    for label, value in CONSTITUENT.items():
        page.get_by_label(label, exact=True).fill(value)
    page.get_by_label("E-mail address", exact=True).fill(email)
    page.get_by_label("State", exact=True).select_option("AX")
    page.get_by_label("Psychiatry").check()
    page.get_by_label("What have you seen?").fill("My patient gave up the visit because the ferry did not run.")


@dataclass
class Framed:
    page: Page
    frame: FrameLocator
    cookies_sent: list[str]

    def top(self) -> float:
        return float(self.page.evaluate("document.querySelector('iframe').getBoundingClientRect().top"))

    def inside(self, expression: str) -> object:
        return self.page.frames[1].evaluate(expression)


@pytest.fixture(params=[1280, 390])
def framed(request: pytest.FixtureRequest, browser: Browser, site: RunningSite, chromium_path: str) -> Iterator[Framed]:
    """The form in a page of another site, put there by the one line."""
    page = """<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
        <title>Partner</title><main><h1>Our partner</h1><p>Before. <a href="#after" id="before">A link</a></p>
        <script src="{site}/static/js/embed.js" data-action="{site}/embed/{key}/" data-title="Write" async></script>
        <p id="after"><a href="#before" id="last">After</a></p></main></html>"""
    key = _allow(site, "")["key"]
    with partner(page.format(site=site.url, key=key)) as origin:
        _allow(site, origin)
        strict = browser.browser_type.launch(executable_path=chromium_path, args=NO_FOREIGN_COOKIES)
        context = strict.new_context(viewport={"width": request.param, "height": 800}, locale="en-US")
        found = Framed(context.new_page(), None, [])  # type: ignore[arg-type]
        found.page.on(
            "request",
            lambda sent: (
                found.cookies_sent.append(sent.headers["cookie"])
                if sent.url.startswith(site.url) and sent.headers.get("cookie")
                else None
            ),
        )
        found.page.goto(origin)
        found.frame = found.page.frame_locator("iframe")
        found.frame.get_by_role("button", name="Continue").wait_for()
        yield found
        context.close()
        strict.close()


def test_the_whole_way_in_a_frame_without_a_cookie_as_high_as_it_is_and_with_the_focus_led(framed: Framed) -> None:
    page, frame = framed.page, framed.frame
    fits = "document.documentElement.scrollHeight <= innerHeight + 1"
    expect(page.locator("iframe")).to_have_attribute("title", "Write")
    page.frames[1].wait_for_function(fits)
    assert framed.inside("document.documentElement.scrollWidth <= innerWidth")

    frame.get_by_role("button", name="Continue").click()
    frame.get_by_role("heading", name="There is a problem").wait_for()
    page.frames[1].wait_for_function("document.activeElement.matches('[data-error-summary]')")
    page.wait_for_function("document.querySelector('iframe').getBoundingClientRect().top >= -2")
    link = frame.locator("[data-error-summary] a").last
    link.click()
    page.wait_for_timeout(300)
    y = framed.top() + float(framed.inside("document.activeElement.getBoundingClientRect().top"))  # type: ignore[arg-type]
    assert 0 <= y <= 800, "the field that a link of the summary leads to has to be seen"

    _fill_in(frame, f"frame{page.viewport_size['width']}@visitor.example")  # type: ignore[index]
    frame.get_by_role("button", name="Continue").click()
    frame.get_by_role("button", name="Send 2 letters").wait_for()
    page.frames[1].wait_for_function("document.activeElement.tagName === 'H1'")
    page.frames[1].wait_for_function(fits)
    frame.get_by_role("button", name="Send 2 letters").click()
    frame.get_by_role("heading", name="Thank you").wait_for()
    page.frames[1].wait_for_function(fits)
    assert "/embed/" in page.frames[1].url
    outward = frame.locator("main a[href^='http'], main a[href^='/']:not([href^='/embed/'])")
    assert {each.get_attribute("target") for each in outward.all()} <= {"_blank"}
    assert framed.cookies_sent == []


def test_the_keyboard_goes_through_a_frame_and_out_again(framed: Framed) -> None:
    page = framed.page
    page.locator("#before").focus()
    for _press in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == "last":
            return
    raise AssertionError("the focus is caught in the frame")


def test_axe_finds_nothing_wrong_with_a_framed_form(visit: Visit, site: RunningSite) -> None:
    key = _allow(site, "https://partner.example")["key"]
    visit.page.goto(f"/embed/{key}/")
    assert violations(visit.page) == []
    assert visit.foreign_requests == []


def test_a_site_that_is_not_listed_shows_nothing(browser: Browser, site: RunningSite) -> None:
    key = _allow(site, "https://partner.example")["key"]
    with partner(f'<iframe src="{site.url}/embed/{key}/"></iframe>') as origin:
        context = browser.new_context()
        page = context.new_page()
        said: list[str] = []
        page.on("console", lambda message: said.append(message.text))
        page.goto(origin)
        page.wait_for_timeout(500)
        assert "frame-ancestors" in " ".join(said)
        context.close()


def test_a_stand_leaves_nothing_behind_and_starts_over(visit: Visit, site: RunningSite) -> None:
    page = visit.page
    page.clock.install()
    page.goto(f"/kiosk/{_allow(site, '')['stand']}/")
    assert violations(page) == []
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("heading", name="There is a problem").wait_for()
    assert page.evaluate("document.activeElement.matches('[data-error-summary]')")
    _fill_in(page, "stand@visitor.example")
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("button", name="Send 2 letters").wait_for()
    page.get_by_role("button", name="Send 2 letters").click()
    page.get_by_role("heading", name="Thank you").wait_for()
    assert violations(page) == []
    assert "Castellane" not in page.content()
    assert page.evaluate("Object.keys(localStorage)") == []
    page.get_by_role("button", name="Give me more time").click()
    page.clock.run_for(60_000)
    expect(page.get_by_role("heading", name="Thank you")).to_be_visible()
    page.clock.run_for(125_000)
    expect(page.get_by_label("Given name", exact=True)).to_have_value("")
    page.go_back()
    page.wait_for_timeout(300)
    assert "Castellane" not in page.content()


def test_a_stand_that_is_left_alone_asks_first(visit: Visit, site: RunningSite) -> None:
    page = visit.page
    page.clock.install()
    page.goto(f"/kiosk/{_allow(site, '')['stand']}/")
    page.get_by_label("Given name", exact=True).fill("Noor")
    page.clock.run_for(91_000)
    expect(page.get_by_role("dialog")).to_be_visible()
    expect(page.get_by_role("button", name="Yes, keep my answers")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_label("Given name", exact=True)).to_have_value("Noor")
    page.clock.run_for(91_000)
    page.clock.run_for(46_000)
    expect(page.get_by_label("Given name", exact=True)).to_have_value("")


def test_a_stand_works_without_a_script(plain_visit: Visit, site: RunningSite) -> None:
    page = plain_visit.page
    page.goto(f"/kiosk/{_allow(site, '')['stand']}/")
    _fill_in(page, "plain-stand@visitor.example")
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("button", name="Send 2 letters").click()
    page.get_by_role("heading", name="Thank you").wait_for()
    page.get_by_role("link", name="Start over for the next person").click()
    expect(page.get_by_label("Given name", exact=True)).to_have_value("")


def test_a_closed_tab_loses_nothing_that_may_be_kept(phone_visit: Visit) -> None:
    page, context = phone_visit.page, phone_visit.page.context
    page.goto(FORM)
    _fill_in(page, "draft@visitor.example")
    boxes = page.locator("[data-no-draft] input")
    boxes.first.check()
    expect(page.locator("form-draft")).to_contain_text("is kept on this device until")
    kept = page.evaluate("Object.values(localStorage).join()")
    assert "csrf" not in kept
    assert violations(page) == []
    page.close()
    again = context.new_page()
    again.goto(FORM)
    # Whoever sits here now may be somebody else.
    expect(again.locator("form-draft")).to_contain_text("somebody began to fill in this form")
    expect(again.get_by_label("Given name", exact=True)).to_have_value("")
    assert violations(again) == []
    again.get_by_role("button", name="Put back what was typed").click()
    expect(again.get_by_label("Given name", exact=True)).to_have_value("Noor")
    expect(again.get_by_label("Psychiatry")).to_be_checked()
    expect(again.locator("[data-no-draft] input").first).not_to_be_checked()
    expect(again.locator("form-draft")).to_contain_text("We have put back")
    assert not is_too_wide(again)
    again.get_by_role("button", name="Delete the draft").click()
    expect(again.get_by_label("Given name", exact=True)).to_have_value("")
    assert again.evaluate("Object.keys(localStorage)") == []


def test_a_draft_goes_back_into_edited_letters_and_away_once_they_are_sent(visit: Visit) -> None:
    page = visit.page
    page.goto(FORM)
    _fill_in(page, "draft-letters@visitor.example")
    page.get_by_role("button", name="Continue").click()
    letter = page.locator("textarea[name$=-body]").first
    letter.fill(letter.input_value() + "\nThe ferry again.")
    page.wait_for_timeout(500)
    page.goto(FORM)
    page.get_by_role("button", name="Put back what was typed").click()
    page.get_by_role("button", name="Continue").click()
    expect(letter).to_have_value(re.compile(r"The ferry again\.$"))
    page.get_by_role("button", name="Send 2 letters").click()
    page.get_by_role("heading", name="Thank you").wait_for()
    page.wait_for_function("Object.keys(localStorage).length === 0")


def test_a_draft_overrides_nothing_that_the_server_wrote(visit: Visit) -> None:
    page = visit.page
    page.goto(FORM)
    page.get_by_label("Given name", exact=True).fill("Old")
    page.wait_for_timeout(500)
    page.evaluate("document.querySelector('form-draft').isOff = true")
    page.get_by_label("Given name", exact=True).fill("New")
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("heading", name="There is a problem").wait_for()
    expect(page.get_by_label("Given name", exact=True)).to_have_value("New")


def test_what_is_typed_instead_of_a_draft_takes_its_place(visit: Visit) -> None:
    page, name = visit.page, visit.page.get_by_label("Given name", exact=True)
    page.goto(FORM)
    name.fill("Earlier")
    page.wait_for_timeout(500)
    page.reload()
    expect(name).to_have_value("")
    page.get_by_label("Family name", exact=True).fill("Later")
    page.wait_for_timeout(500)
    assert "Earlier" not in page.evaluate("Object.values(localStorage).join()")
    # As long as the page is open, the offer stands.
    page.get_by_role("button", name="Put back what was typed").click()
    expect(name).to_have_value("Earlier")
    expect(page.get_by_label("Family name", exact=True)).to_have_value("Later")
    page.reload()
    page.get_by_role("button", name="Delete the draft").click()
    expect(name).to_have_value("")
    assert page.evaluate("Object.keys(localStorage)") == []


def test_details_are_filled_in_only_after_somebody_has_asked_for_it(visit: Visit) -> None:
    page = visit.page
    page.goto(FORM)
    _fill_in(page, "remember@visitor.example")
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("button", name="Send 2 letters").click()
    choice = page.get_by_label("Fill in my details next time on this device")
    expect(choice).not_to_be_checked()
    assert violations(page) == []
    choice.check()
    page.get_by_role("button", name="Save this choice").click()
    expect(page.get_by_role("button", name="Forget my details on this device")).to_be_visible()
    page.goto(FORM)
    expect(page.get_by_label("Family name", exact=True)).to_have_value("Castellane")
    assert violations(page) == []
    assert page.evaluate("document.cookie").find("remembered") == -1
    page.get_by_role("button", name="Not you? Clear the form").click()
    expect(page.get_by_label("Family name", exact=True)).to_have_value("")
