"""Makes campaigns, their forms and what visitors send with them."""

import html
import re
import uuid
from datetime import timedelta
from typing import Any

from django.test import Client
from django.utils import timezone
from wagtail.models import Page

from campaigns.content.action_page import ActionPage
from campaigns.content.campaign_page import CampaignIndexPage, CampaignPage
from campaigns.content.flow import STAMP_INPUT
from campaigns.engine import form_stamps
from tests.factories import home

LETTER = (
    "Dear {legislator_salutation},\n\nI live in {town}. {answer.story}\n\nPlease vote for {campaign}.\n\nSincerely,"
)
FIELDS: list[tuple[str, dict[str, Any]]] = [
    ("name", {"label": "Your name", "key": "name", "is_required": True, "has_title": True}),
    ("email", {"label": "E-mail", "key": "email", "is_required": True}),
    ("address", {"label": "Address", "key": "address", "is_required": True, "is_street_required": False}),
    ("long_text", {"label": "Your story", "key": "story", "is_required": False}),
    ("consent", {"label": "News", "key": "news", "purpose": "news", "text": "Send me news.", "is_required": False}),
]
#: Somebody in Port Alder: 1st Harbor, the Harbor senate district.
PERSON = {
    "name__title": "Dr.",
    "name__given": "Maria",
    "name__family": "Santos",
    "email": "maria.santos@clinic.example",
    "address__street": "12 Main Street",
    "address__unit": "",
    "address__city": "Port Alder",
    "address__state": "AX",
    "address__zip_code": "69901",
    "story": "I see forty patients a week by video.",
    "news": "on",
}
UPPER_AND_LOWER: list[tuple[str, Any]] = [("state_upper", None), ("state_lower", None)]


def index_page() -> CampaignIndexPage:
    found = CampaignIndexPage.objects.first()
    return found or home.home_page().add_child(instance=CampaignIndexPage(title="Campaigns", slug="campaigns"))


def campaign_page(**fields: Any) -> CampaignPage:
    number = CampaignPage.objects.count() + 1
    fields = {"title": "Telehealth parity", "slug": f"campaign-{number}", "status": "live", **fields}
    return index_page().add_child(instance=CampaignPage(**fields))


def action_page(parent: Page | None = None, **fields: Any) -> ActionPage:
    """Letters to both state legislators of the person, unless told otherwise."""
    values = {
        "title": "Write to your legislators",
        "slug": "write",
        "form_fields": FIELDS,
        "targets": UPPER_AND_LOWER,
        "letter_subject": "Please support {campaign}",
        "letter_body": LETTER,
        **fields,
    }
    return (parent or campaign_page()).add_child(instance=ActionPage(**values))


def person(**changes: str) -> dict[str, str]:
    return {**PERSON, **changes}


def details(page: ActionPage, client: Client, **changes: str) -> Any:
    """The first step, sent."""
    typed = {**opened(page), **person(**changes), "stage": "details", "token": str(uuid.uuid4())}
    return client.post(page.url, typed)


def opened(page: ActionPage, seconds: float = 60) -> dict[str, str]:
    """What says that the form was shown before it was sent; without it, what is sent waits for the staff."""
    shown_at = timezone.now() - timedelta(seconds=seconds)
    return {STAMP_INPUT: form_stamps.issue(page_key=page.translation_key, at=shown_at)}


def hidden(response: Any) -> dict[str, Any]:
    """The inputs that a browser would send back from the page's last form, with what stands in its text areas."""
    content = response.content.decode()
    part = content[content.rindex("<form method") if "<form method" in content else content.rindex("<form class") :]
    inputs = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', part)
    areas = re.findall(r'<textarea name="([^"]+)"[^>]*>\n?(.*?)</textarea>', part, re.DOTALL)
    found: dict[str, Any] = {}
    for name, value in [*inputs, *areas]:
        found.setdefault(name, []).append(_unescape(value))
    return {name: values[0] if len(values) == 1 else values for name, values in found.items()}


def confirm(page: ActionPage, client: Client, review: Any, **changes: str) -> Any:
    """The last step: what the review showed, sent back."""
    return client.post(page.url, {**hidden(review), **changes, "stage": "confirm"})


def send(page: ActionPage, client: Client, **changes: str) -> Any:
    """The whole way of somebody whose address is certain; the answer is the redirect to the receipt."""
    return confirm(page, client, details(page, client, **changes))


def _unescape(text: str) -> str:

    return html.unescape(text)
