"""The two people of every journey: one of the staff in the admin, and a visitor whose browser runs no scripts."""

import base64
import json
from typing import Any

from bs4 import BeautifulSoup, Tag
from django.test import Client
from django.urls import reverse
from wagtail.models import Page
from wagtail.test.utils.form_data import nested_form_data, querydict_from_html, rich_text, streamfield

from campaigns.content.action_page import ActionPage
from campaigns.content.campaign_page import CampaignIndexPage, CampaignPage
from delivery.models import OutboxMessage
from home.content.home_page import HomePage
from tests.factories.forms import editor_data, empty_streams

FORM: tuple[dict[str, Any], ...] = (
    {"type": "name", "label": "Your name", "key": "name", "id": "f-name"},
    {"type": "email", "label": "Your e-mail address", "key": "email", "id": "f-email"},
    {"type": "address", "label": "Your home address", "key": "address", "id": "f-address"},
    {"type": "long_text", "label": "Your story", "key": "story", "id": "f-story", "is_required": False},
)
LETTER = {
    "letter_subject": "Please support {campaign}, from {town}",
    "letter_body": "Dear {legislator_salutation},\n\nI live in {district}. {answer.story}\n\nSincerely,",
}


class Editor:
    """Fills in the admin's own forms, field by field, and sends them."""

    def __init__(self, client: Client) -> None:
        self.client = client

    def campaign(self, **changes: Any) -> CampaignPage:
        """A published campaign below a published list of campaigns; its body has no form yet."""
        home = HomePage.objects.get(locale__language_code="en")
        index = self._add(home, CampaignIndexPage, title="Campaigns", slug="campaigns")
        body = streamfield([("prose", rich_text("<p>Rural patients need video visits.</p>"))])
        values = {"title": "Telehealth parity", "slug": "telehealth", "goal": "50", **changes}
        return self._add(index, CampaignPage, **values, body=body)

    def action(self, campaign: CampaignPage, *, targets: list[str], **changes: Any) -> ActionPage:
        response = self.try_action(campaign, targets=targets, **changes)
        assert response.status_code == 302, response.context["form"].errors
        return ActionPage.objects.child_of(campaign).get()

    def try_action(self, campaign: CampaignPage, *, targets: list[str], **changes: Any) -> Any:
        values = {
            "title": "Write to your legislators",
            "slug": "write",
            **empty_streams(ActionPage),
            "form_fields": editor_data(*FORM),
            "targets": streamfield([(target, "") for target in targets]),
            **LETTER,
            **changes,
        }
        return self._send(_adding(campaign, ActionPage), values)

    def put_form_into(self, campaign: CampaignPage, action: ActionPage) -> CampaignPage:
        blocks: list[tuple[str, Any]] = [
            ("prose", rich_text("<p>Rural patients need video visits.</p>")),
            ("progress", {"heading": "Together so far"}),
            ("action_form", {"heading": "", "action_page": str(action.pk)}),
        ]
        response = self._send(reverse("wagtailadmin_pages:edit", args=[campaign.pk]), {"body": streamfield(blocks)})
        assert response.status_code == 302, response.context["form"].errors
        return CampaignPage.objects.get(pk=campaign.pk)

    def ledger(self, **query: str) -> dict[str, str]:
        """State by recipient, as the ledger of letters shows it."""
        response = self.client.get(reverse("letters:index"), query)
        table = BeautifulSoup(response.content, "html.parser").select_one("table.listing")
        if table is None:
            return {}
        heads = [head.get_text(" ", strip=True) for head in table.select("thead th")]
        who, state = heads.index("Recipient"), heads.index("State")
        cells = [[cell.get_text(" ", strip=True) for cell in row.select("td")] for row in table.select("tbody tr")]
        return {row[who]: row[state] for row in cells}

    def export(self, url: str) -> str:
        response = self.client.get(url, {"export": "csv"})
        assert response.status_code == 200
        return b"".join(response.streaming_content).decode("utf-8-sig")

    def _add(self, parent: Page, model: type[Page], **values: Any) -> Any:
        response = self._send(_adding(parent, model), values)
        assert response.status_code == 302, response.context["form"].errors
        page = model.objects.child_of(parent).get(slug=values["slug"])
        assert page.live
        return page

    def _send(self, url: str, values: dict[str, Any]) -> Any:
        data = querydict_from_html(self.client.get(url).content.decode(), form_id="page-edit-form")
        data.update(nested_form_data({**values, "action-publish": "1"}))
        return self.client.post(url, data)


def _adding(parent: Page, model: type[Page]) -> str:
    return reverse("wagtailadmin_pages:add", args=[model._meta.app_label, model._meta.model_name, parent.pk])


class Visitor:
    """Sees pages and sends the forms on them as a browser would, CSRF token and all."""

    def __init__(self) -> None:
        self.client = Client(enforce_csrf_checks=True)
        self.response: Any = None

    @property
    def text(self) -> str:
        """What the page says, on one line."""
        return " ".join(self._soup().main.get_text(" ").split())

    def visit(self, url: str) -> "Visitor":
        self.response = self.client.get(url)
        assert self.response.status_code == 200
        return self

    def send(self, button: str, **typed: str) -> "Visitor":
        """Presses the button with these words, in the form that it stands in, and follows where that leads."""
        form, pressed = self._button(button)
        data = _filled_in(form)
        unknown = typed.keys() - {control["name"] for control in form.select("[name]")}
        assert not unknown, f"the form has no {unknown}"
        data.update(typed)
        if name := pressed.get("name"):
            data[str(name)] = str(pressed.get("value", ""))
        self.response = self.client.post(str(form["action"]), data, follow=True)
        return self

    def choices(self, question: str) -> dict[str, str]:
        """The answers to a question by their words, where one is asked with radio buttons."""
        radios = self._soup().main.select(f'input[type="radio"][name="{question}"]')
        labels = {
            str(label["for"]): label.get_text(" ", strip=True) for label in self._soup().main.select("label[for]")
        }
        return {labels[str(radio["id"])]: str(radio["value"]) for radio in radios}

    def _button(self, words: str) -> tuple[Tag, Tag]:
        buttons = {button.get_text(" ", strip=True): button for button in self._soup().main.select("form button")}
        found = [button for text, button in buttons.items() if words in text]
        assert len(found) == 1, f"no one button “{words}” among {list(buttons)}"
        form = found[0].find_parent("form")
        assert form is not None
        return form, found[0]

    def _soup(self) -> Any:
        return BeautifulSoup(self.response.content, "html.parser")


def _filled_in(form: Tag) -> dict[str, Any]:
    data: dict[str, Any] = {}
    for control in form.select("input[name], textarea[name], select[name]"):
        name = str(control["name"])
        if control.name == "textarea":
            data[name] = control.get_text().removeprefix("\n")
        elif control.name == "select":
            chosen = control.select_one("option[selected]") or control.select_one("option")
            data[name] = chosen.get("value", "") if chosen else ""
        elif control.get("type") in {"checkbox", "radio"} and not control.has_attr("checked"):
            continue
        elif control.get("type") == "hidden" and name in data:
            data[name] = [*(data[name] if isinstance(data[name], list) else [data[name]]), control.get("value", "")]
        else:
            data[name] = control.get("value", "on" if control.get("type") == "checkbox" else "")
    return data


def report(message: OutboxMessage, kind: str) -> None:
    """What Postmark says of a message, by its webhook. :param kind: Delivery or Bounce."""
    payload = {
        "RecordType": kind,
        "MessageID": str(message.pk),
        "Recipient": message.recipient_address,
        "Email": message.recipient_address,
        "Metadata": {"message": str(message.pk)},
        "DeliveredAt": "2026-11-05T16:33:54Z",
        "BouncedAt": "2026-11-05T16:40:00Z",
        "ID": message.pk.int % 10**15,
        "Type": "HardBounce",
        "Details": "smtp;550 5.1.1 user unknown" if kind == "Bounce" else "smtp;250 2.0.0 OK",
        "Description": "",
    }
    authorization = "Basic " + base64.b64encode(b"postmark:sesame").decode()
    response = Client().post(
        "/anymail/postmark/tracking/",
        json.dumps(payload),
        content_type="application/json",
        headers={"authorization": authorization},
    )
    assert response.status_code == 200
