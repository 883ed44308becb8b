"""How a visitor gets through the action form."""

from playwright.sync_api import Page

TELEHEALTH = "/campaigns/telehealth-payment-parity/"

CONSTITUENT = {
    "Given name": "Noor",
    "Family name": "Castellane",
    "Street address": "21 Main Street",
    "City or town": "Port Alder",
    "ZIP code": "69901",
}


def tab_to(page: Page, selector: str, *, limit: int = 150) -> None:
    """Presses Tab until the focus is there. Fails where the keyboard does not get there."""
    for _press in range(limit):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"{selector} is not reached by {limit} presses of Tab")


def fill_details(page: Page, *, email: str, **changes: str) -> None:
    """Fills the telehealth form by its labels; `changes` replace what the sample constituent says."""
    for label, value in (CONSTITUENT | changes).items():
        page.get_by_label(label, exact=True).fill(value)
    page.get_by_label("E-mail address", exact=True).fill(email)
    page.get_by_label("State", exact=True).select_option("AX")
    page.get_by_label("Psychiatry").check()
    page.get_by_label("What have you seen?").fill("My patient gave up the visit because the ferry did not run.")
