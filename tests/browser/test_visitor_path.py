"""A visitor's whole path in a real browser."""

import email
import email.policy
import time

from playwright.sync_api import expect

from tests.browser.conftest import RunningSite, Visit
from tests.browser.forms import TELEHEALTH, fill_details, tab_to


def _letters_of(site: RunningSite, name: str, count: int) -> list[email.message.EmailMessage]:
    """The captured letters from that constituent, as soon as there are `count` of them."""
    deadline = time.monotonic() + 60
    found: list[email.message.EmailMessage] = []
    while time.monotonic() < deadline:
        messages = [email.message_from_bytes(raw, policy=email.policy.default) for raw in site.captured()]
        found = [message for message in messages if name in message["From"]]
        if len(found) >= count:
            return found
        time.sleep(0.5)
    raise AssertionError(f"{len(found)} of {count} letters from {name} were captured within a minute")


def test_a_physician_writes_to_both_legislators_by_keyboard_alone(visit: Visit, site: RunningSite) -> None:
    page = visit.page
    page.goto(TELEHEALTH)
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_attribute("href", "#main")
    page.keyboard.press("Enter")
    typed = {
        "title": "Dr.",
        "given": "Tabitha",
        "family": "Keyes",
        "street": "21 Main Street",
        "city": "Port Alder",
        "state": "Alder",
        "zip_code": "69901",
    }
    for part in ("title", "given", "family"):
        tab_to(page, f"[name$='name__{part}']")
        page.keyboard.type(typed[part])
    tab_to(page, "input[type=email]")
    page.keyboard.type("tabitha@keyes.example")
    for part in ("street", "city", "state", "zip_code"):
        tab_to(page, f"[name$='address__{part}']")
        page.keyboard.type(typed[part])
    tab_to(page, "input[name=specialty]")
    page.keyboard.press("ArrowDown")
    tab_to(page, "textarea[name=story]")
    page.keyboard.type("The ferry stopped, and my patient stopped coming.")
    tab_to(page, "button[name=stage]")
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", level=1)).to_have_text("Read your letters")
    expect(page.get_by_role("heading", name="Marisol Tidewater")).to_be_visible()
    expect(page.get_by_role("heading", name="Ines Quayle")).to_be_visible()
    tab_to(page, "textarea[name$=body]")
    page.keyboard.press("Control+Home")
    page.keyboard.type("A word of my own. ")
    tab_to(page, "button[value=confirm]")
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you")
    assert "keyes" not in page.url.lower()
    letters = _letters_of(site, "Tabitha Keyes", 2)
    assert len(letters) == 2
    assert any("A word of my own." in letter.get_content() for letter in letters)
    assert all("The ferry stopped" in letter.get_content() for letter in letters)
    assert {letter["Reply-To"] for letter in letters}
    assert all("tabitha@keyes.example" in letter["Reply-To"] for letter in letters)
    page.reload()
    expect(page.locator(".receipt-list").first).to_contain_text("Not sent: this is a test site")
    assert visit.foreign_requests == []
    assert visit.console_errors == []


def test_an_incomplete_form_moves_the_focus_to_a_summary_whose_links_lead_to_the_fields(visit: Visit) -> None:
    page = visit.page
    page.goto(TELEHEALTH)
    page.get_by_role("button", name="Continue to your letters").click()
    summary = page.get_by_role("alert")
    expect(summary).to_be_focused()
    assert page.title().startswith("Error: ")
    summary.get_by_role("link", name="Enter your given name.").click()
    expect(page.get_by_label("Given name", exact=True)).to_be_focused()
    expect(page.get_by_label("Given name", exact=True)).to_have_attribute("aria-invalid", "true")


def test_what_was_typed_is_kept_when_something_is_missing(visit: Visit) -> None:
    page = visit.page
    page.goto(TELEHEALTH)
    fill_details(page, email="not-an-address")
    page.get_by_role("button", name="Continue to your letters").click()
    expect(page.get_by_label("Family name", exact=True)).to_have_value("Castellane")
    expect(page.get_by_label("E-mail address", exact=True)).to_have_value("not-an-address")
    expect(page.get_by_label("Psychiatry")).to_be_checked()


def test_the_path_works_without_scripts(plain_visit: Visit, site: RunningSite) -> None:
    page = plain_visit.page
    page.goto(TELEHEALTH)
    fill_details(page, email="plain@visitor.example", **{"Given name": "Plain", "Family name": "Visitor"})
    page.get_by_role("button", name="Continue to your letters").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Read your letters")
    page.get_by_role("button", name="Send 2 letters").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you")
    assert len(_letters_of(site, "Plain Visitor", 2)) == 2


def test_going_back_and_confirming_again_sends_nothing_twice(visit: Visit, site: RunningSite) -> None:
    page = visit.page
    page.goto(TELEHEALTH)
    fill_details(page, email="again@visitor.example", **{"Given name": "Again", "Family name": "Visitor"})
    page.get_by_role("button", name="Continue to your letters").click()
    confirm = page.get_by_role("button", name="Send 2 letters")
    form = "button => [button.form.action, Object.fromEntries(new FormData(button.form, button))]"
    address, fields = confirm.evaluate(form)
    confirm.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you")
    _letters_of(site, "Again Visitor", 2)
    # What a browser does when the person goes back and agrees to send the form again.
    again = page.context.request.post(address, form=fields, headers={"Referer": page.url, "Origin": site.url})
    assert again.status == 200
    assert "Thank you" in again.text()
    time.sleep(3)
    assert len(_letters_of(site, "Again Visitor", 2)) == 2


def test_an_address_near_a_district_line_is_asked_about(visit: Visit) -> None:
    page = visit.page
    page.goto(TELEHEALTH)
    changes = {"Street address": "101 Line Road", "City or town": "Birchfield", "ZIP code": "69903"}
    fill_details(page, email="line@visitor.example", **changes)
    page.get_by_role("button", name="Continue to your letters").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Choose your district")
    page.get_by_role("radio", name="2nd Birch").check()
    page.get_by_role("button", name="Continue to your letters").click()
    expect(page.get_by_role("heading", name="Hector Elmore")).to_be_visible()
    expect(page.get_by_role("heading", name="Bronwyn Lindqvist")).to_have_count(0)


def test_congress_is_handed_over_to_the_person_and_never_called_sent(visit: Visit) -> None:
    page = visit.page
    page.goto("/campaigns/medicare-payment-cuts/")
    for label, value in {"Given name": "Hana", "Family name": "Dover", "ZIP code": "69901"}.items():
        page.get_by_label(label, exact=True).fill(value)
    page.get_by_label("Street address", exact=True).fill("21 Main Street")
    page.get_by_label("City or town", exact=True).fill("Port Alder")
    page.get_by_label("E-mail address", exact=True).fill("hana@dover.example")
    page.get_by_label("State", exact=True).select_option("AX")
    page.get_by_role("button", name="Continue to your letters").click()
    page.get_by_role("button", name="Keep my letters").click()
    expect(page.get_by_role("heading", name="Letters that need you")).to_be_visible()
    expect(page.get_by_role("link", name="555-555-0112")).to_be_visible()
    assert page.get_by_text("Accepted by our mail service").count() == 0
    page.get_by_role("button", name="I did this").first.click()
    expect(page.get_by_text("Done by you")).to_have_count(1)
