"""From the demonstration's texts to the blocks that show them, with the same ids on every machine."""

import datetime
import uuid
from collections.abc import Iterable
from typing import Any

from django.utils.html import escape
from wagtail.blocks import StreamBlock, StreamValue, StructValue
from wagtail.blocks.list_block import ListValue
from wagtail.models import Page

from config.demo.pictures import ALT_TEXTS, picture
from config.demo.texts import ActionText, CampaignText, LessonText, PageText

Child = tuple[str, Any]
SAMPLE_FIGURES = "Sample figures, invented for this demonstration"

_SPECIALTIES = (
    ("family_medicine", "Family medicine"),
    ("internal_medicine", "Internal medicine"),
    ("pediatrics", "Pediatrics"),
    ("psychiatry", "Psychiatry"),
    ("emergency_medicine", "Emergency medicine"),
    ("surgery", "Surgery"),
    ("other", "Another field"),
)


def stream(block: StreamBlock, name: str, children: Iterable[Child]) -> StreamValue:
    """A stream value.

    :param name: what the ids of the blocks are made from: the same name, the same ids.
    """

    parts = []
    for place, (kind, value) in enumerate(children):
        path = f"{name}/{place}"
        normal = block.child_blocks[kind].normalize(value)
        _name_items(normal, path)
        parts.append((kind, normal, _block_id(path)))
    return StreamValue(block, parts, is_lazy=False)


def _block_id(path: str) -> str:
    return str(uuid.uuid5(uuid.NAMESPACE_URL, path))


def _name_items(value: Any, path: str) -> None:
    """Gives the items of every list inside the value their ids too: otherwise they are random."""
    if isinstance(value, StructValue):
        for key, part in value.items():
            _name_items(part, f"{path}/{key}")
    elif isinstance(value, ListValue):
        for place, item in enumerate(value.bound_blocks):
            item.id = _block_id(f"{path}/{place}")
            _name_items(item.value, f"{path}/{place}")


def paragraphs(texts: Iterable[str]) -> str:
    return "".join(f"<p>{escape(text)}</p>" for text in texts)


def hero(heading: str, text: str, scene: str, links: Iterable[tuple[str, Page]] = (), eyebrow: str = "") -> Child:
    return (
        "hero",
        {
            "eyebrow": eyebrow,
            "heading": heading,
            "text": text,
            "image": _image(scene),
            "links": [{"label": label, "target_page": page, "address": ""} for label, page in links],
        },
    )


def _image(scene: str) -> Any:
    image = picture(scene)
    image.contextual_alt_text = ALT_TEXTS[scene]
    image.decorative = False
    return image


def campaign_body(text: CampaignText, *, action: Page, related: list[Page]) -> list[Child]:
    name, role = text.quote[1], text.quote[2]
    return [
        hero(text.title, text.lead, text.scene),
        ("prose", paragraphs(text.paragraphs)),
        ("statistics", _statistics(text)),
        ("quote", {"quotation": text.quote[0], "name": name, "role": role, "portrait": None}),
        ("progress", {"heading": "Together so far"}),
        ("action_form", {"heading": "", "action_page": action}),
        ("questions", {"heading": "Questions", "questions": _questions(text)}),
        ("updates", {"heading": "What has happened", "updates": _updates(text)}),
        ("share", {"heading": "Ask a colleague to write too", "text": ""}),
        ("related_campaigns", {"heading": "Other campaigns", "campaigns": related}),
    ]


def _statistics(text: CampaignText) -> dict[str, Any]:
    figures = [
        {"figure": figure, "meaning": meaning, "source": SAMPLE_FIGURES, "source_address": ""}
        for figure, meaning in text.statistics
    ]
    return {"heading": "", "figures": figures}


def _questions(text: CampaignText) -> list[dict[str, Any]]:
    return [{"question": question, "answer": paragraphs([answer])} for question, answer in text.questions]


def _updates(text: CampaignText) -> list[dict[str, Any]]:
    return [
        {"date": datetime.date.fromisoformat(day), "heading": heading, "text": paragraphs([words])}
        for day, heading, words in text.updates
    ]


def form_fields(text: ActionText) -> list[Child]:
    fields: list[Child] = [
        ("name", {"label": "Your name", "key": "name", "is_required": True, "has_title": not text.is_for_patients}),
        (
            "email",
            {
                "label": "E-mail address",
                "help_text": "We send your receipt here, and offices reply to it.",
                "key": "email",
                "is_required": True,
            },
        ),
        (
            "address",
            {
                "label": "Your home address",
                "help_text": "Offices answer the people they represent, so your letter carries your address.",
                "key": "address",
                "is_required": True,
            },
        ),
    ]
    if text.asks_for_practice:
        fields.append(("address", _practice()))
    if "specialty" in text.questions:
        options = [{"label": label, "value": value} for value, label in _SPECIALTIES]
        specialty = {"label": "Your specialty", "key": "specialty", "is_required": True, "control": "radios"}
        fields.append(("choice", {**specialty, "help_text": "", "options": options}))
    if "story" in text.questions:
        fields.append(("long_text", _story(text)))
    consent = "Keep me informed about this campaign by e-mail. I can stop at any time."
    fields.append(
        (
            "consent",
            {"label": "News", "help_text": "", "text": consent, "purpose": "news", "key": "news", "is_required": False},
        )
    )
    return fields


def _practice() -> dict[str, Any]:
    hint = "Leave this out, or give it too: the legislators of the district in which you practice get a letter as well."
    return {
        "label": "Where you practice",
        "help_text": hint,
        "key": "practice",
        "is_required": False,
        "address_kind": "practice",
    }


def _story(text: ActionText) -> dict[str, Any]:
    if text.is_for_patients:
        hint = "In your own words. Share only what you are content for your legislators’ offices to read."
        return {"label": "What happened?", "help_text": hint, "key": "story", "is_required": True}
    hint = "Two or three sentences in your own words. Leave out anything that could identify a patient."
    return {"label": "What have you seen?", "help_text": hint, "key": "story", "is_required": False}


def targets(text: ActionText) -> list[Child]:
    recipients = [
        ("recipient", {"name": name, "office": office, "email": email}) for name, office, email in text.recipients
    ]
    return [(chamber, None) for chamber in text.chambers] + recipients


def plain_body(text: PageText) -> list[Child]:
    return [("prose", paragraphs(text.paragraphs))] if text.paragraphs else []


def lesson_body(text: LessonText, *, campaign: Page) -> list[Child]:
    return [
        ("prose", paragraphs(text.paragraphs)),
        (
            "steps",
            {"heading": "Step by step", "steps": [{"heading": a, "text": paragraphs([b])} for a, b in text.steps]},
        ),
        ("takeaways", {"heading": "To remember", "points": list(text.takeaways)}),
        ("do_next", {"heading": "Do it now", "text": text.do_this, "target_page": campaign, "label": campaign.title}),
    ]
