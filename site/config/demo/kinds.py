"""Builds the campaign that shows every kind of action, each from the starter that editors begin with."""

import datetime
import re
import uuid
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.contrib.auth.models import User
from django.utils import timezone
from wagtail.blocks import Block, StructBlock
from wagtail.fields import StreamField

from campaigns.content.action_page import ActionPage
from campaigns.content.campaign_page import CampaignIndexPage, CampaignPage
from campaigns.content.starters import content_for
from campaigns.engine.participation import STORY_NAMING, STORY_TEXT, STORY_USES
from campaigns.records.participation import Story
from campaigns.services import stories
from config.demo import history, streams
from config.demo.pages import kinds as texts
from config.demo.pages.kinds import KindText
from config.demo.pictures import picture

_ASKED = re.compile("⟦([^⟦⟧]*)⟧")


def build(index: CampaignIndexPage) -> CampaignPage:
    """Writes and publishes the campaign and its pages."""
    campaign = CampaignPage(
        **_basics(texts.TITLE, texts.SLUG, texts.SUMMARY),
        introduction=texts.LEAD,
        status=CampaignPage.Status.LIVE,
        listing_image=picture("harbor"),
    )
    index.add_child(instance=campaign)
    pages = [_page(campaign, text.slug, text.title, text.summary, _content(text)) for text in texts.KINDS]
    pages.append(_page(campaign, texts.STEPS_SLUG, texts.STEPS_TITLE, texts.STEPS_SUMMARY, _in_steps()))
    body = [
        streams.hero(texts.TITLE, texts.LEAD, "harbor"),
        ("prose", streams.paragraphs(texts.PARAGRAPHS)),
        ("page_cards", {"heading": texts.CARDS_HEADING, "text": texts.CARDS_TEXT, "pages": pages}),
        ("stories", {"heading": texts.STORIES_HEADING, "text": texts.STORIES_TEXT, "story_page": _story_page(pages)}),
    ]
    campaign.body = streams.stream(CampaignPage.body.field.stream_block, texts.SLUG, body)
    campaign.save_revision().publish()
    return campaign


def tell_stories(editor: User) -> None:
    """Two stories that came in by the page's own form, read and approved by the editor."""
    page = ActionPage.objects.get(slug=texts.STORY_SLUG, locale__language_code="en")
    for told in texts.STORIES:
        data = {
            "name__given": told.given_name,
            "name__family": told.family_name,
            "email": f"{told.given_name}.{told.family_name}@mail.example".lower(),
            "role": told.role,
            STORY_TEXT: told.text,
            STORY_USES["website"]: "on",
            STORY_NAMING: told.naming,
        }
        submission = history.record(page, data, uuid.uuid5(uuid.NAMESPACE_URL, f"story/{told.given_name}"))
        story = Story.objects.get(taken_action__submission=submission)
        stories.judge(story_id=story.pk, is_approved=True, note="", reader=editor)


def _story_page(pages: Iterable[ActionPage]) -> ActionPage:
    return next(page for page in pages if page.slug == texts.STORY_SLUG)


def _basics(title: str, slug: str, summary: str) -> dict[str, object]:
    return {"title": title, "slug": slug, "listing_summary": summary, "search_description": summary}


def _page(campaign: CampaignPage, slug: str, title: str, summary: str, content: Mapping[str, Any]) -> ActionPage:
    page = ActionPage(**_basics(title, slug, summary))
    for name, value in content.items():
        field = ActionPage._meta.get_field(name)
        if isinstance(field, StreamField):
            children = [(kind, _with_defaults(field.stream_block.child_blocks[kind], part)) for kind, part in value]
            value = streams.stream(field.stream_block, f"{slug}/{name}", children)
        setattr(page, name, value)
    campaign.add_child(instance=page)
    page.save_revision().publish()
    return page


def _with_defaults(block: Block, value: Any) -> Any:
    """What an editor would find in the inputs that the value does not name."""
    return {**block.get_default(), **value} if isinstance(block, StructBlock) else value


def _content(text: KindText) -> dict[str, Any]:
    """What the starter gives, with the editors' own words where it asks for them.

    :raises KeyError: where the starter asks for something that nobody has written.
    """
    content = _written(content_for(text.kind, "en"), text.words)
    [(kind, settings)] = content["actions"]
    content["actions"] = [(kind, {**settings, **text.settings, **dict(_days(kind))})]
    return content


def _written(value: Any, words: Mapping[str, str]) -> Any:
    if isinstance(value, str):
        return _ASKED.sub(lambda found: words[found[1]], value)
    if isinstance(value, dict):
        return {key: _written(part, words) for key, part in value.items()}
    if isinstance(value, (list, tuple)):
        return type(value)(_written(part, words) for part in value)
    return value


def _days(kind: str) -> Iterator[tuple[str, Any]]:
    """Days that lie ahead, whenever the demonstration is built."""
    ahead = timezone.localdate() + datetime.timedelta(days=60)
    if kind == "event":
        yield from {"day": ahead, "starts": datetime.time(9), "ends": datetime.time(16)}.items()
    if kind == "testimony":
        yield from {"hearing_on": ahead, "due_on": ahead - datetime.timedelta(days=2)}.items()


def _in_steps() -> dict[str, Any]:
    return {
        "introduction": texts.STEPS_INTRODUCTION,
        "form_fields": texts.STEPS_FIELDS,
        "thank_you": streams.paragraphs(texts.STEPS_THANKS),
    }
