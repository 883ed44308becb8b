"""Making a draft of an action from a starter, a template or another page's content."""

import json
import uuid
from collections.abc import Mapping
from typing import Any

from django.db import models, transaction
from wagtail.blocks import Block, ListBlock, StreamBlock, StructBlock
from wagtail.fields import StreamField
from wagtail.log_actions import log
from wagtail.models import Page

from campaigns.content.action_page import ActionPage
from campaigns.content.campaign_page import CampaignPage
from campaigns.content.form_templates import ActionTemplate
from campaigns.engine.action_templates import ONE_TIME_FIELDS, cleaned, with_fresh_ids
from home.content.base_page import BasePage

#: What a template can hold: what the page adds to what every page has.
_OF_EVERY_PAGE = {field.name for field in (*Page._meta.get_fields(), *BasePage._meta.get_fields())}


def content_of(page: ActionPage) -> dict[str, Any]:
    """What a template keeps of a page, as JSON: no date, no slug, nothing that is this page's own."""
    data = page.serializable_data()
    found = {}
    for field in _kept_fields():
        value = data.get(field.name)
        found[field.name] = json.loads(value) if isinstance(field, StreamField) and isinstance(value, str) else value
    return cleaned(found)


@transaction.atomic
def save_as_template(*, page: ActionPage, name: str, description: str, user: Any) -> ActionTemplate:
    """Keeps the page's content to begin others from; the page and its template have no tie."""
    template = ActionTemplate.objects.create(name=name, description=description, content=content_of(page))
    log(template, "wagtail.create", user=user)
    return template


@transaction.atomic
def start(*, parent: Page, title: str, content: Mapping[str, Any], user: Any) -> ActionPage:
    """A new draft below the parent, in the parent's language, with blocks of its own.

    :param content: by field, a stream as its JSON or as children of type and value; fields that are not known, as
        in a template that an older version saved, are left out.
    """
    page = ActionPage(title=title, live=False, locale=parent.locale, owner=user)
    # What is not said yet is found by the checklist, and keeps it from being published.
    page.is_draft_allowed_incomplete = True
    for field in _kept_fields():
        if field.name in content:
            setattr(page, field.name, _value(field, content[field.name]))
    parent.add_child(instance=page)
    log(page, "wagtail.create", user=user, content_changed=True)
    page.save_revision(user=user, log_action=True)
    return page


@transaction.atomic
def start_campaign(*, parent: Page, title: str, user: Any) -> CampaignPage:
    """A new draft of a campaign, to put an action into."""
    campaign = CampaignPage(title=title, live=False, locale=parent.locale, owner=user)
    parent.add_child(instance=campaign)
    log(campaign, "wagtail.create", user=user, content_changed=True)
    campaign.save_revision(user=user, log_action=True)
    return campaign


def show_form(*, campaign: CampaignPage, action: ActionPage, user: Any) -> None:
    """Puts the action's form into a campaign that has none yet, in its newest draft."""
    draft = campaign.get_latest_revision_as_object()
    if not draft.has_form:
        draft.body.append(("action_form", {"heading": "", "action_page": action.page_ptr}))
        draft.save_revision(user=user, log_action=True)


def _kept_fields() -> list[models.Field[Any, Any]]:
    left_out = _OF_EVERY_PAGE | ONE_TIME_FIELDS
    return [field for field in ActionPage._meta.local_fields if field.editable and field.name not in left_out]


def _value(field: models.Field[Any, Any], value: Any) -> Any:
    if not isinstance(field, StreamField):
        return value if value is not None or field.null else field.get_default()
    raw = [item if isinstance(item, dict) else {"type": item[0], "value": item[1]} for item in value or ()]
    block = field.stream_block
    known = [
        {**item, "value": _filled(block.child_blocks[item["type"]], item["value"])}
        for item in raw
        if item.get("type") in block.child_blocks
    ]
    return block.to_python(with_fresh_ids({"": _with_ids(known)})[""])


def _filled(block: Block, value: Any) -> Any:
    """The value with the defaults of inputs that it does not name: no text may be None."""
    if isinstance(block, StructBlock) and isinstance(value, dict):
        parts = block.get_prep_value(block.get_default())
        said = {
            name: _filled(block.child_blocks[name], part)
            for name, part in value.items()
            if name in block.child_blocks and part is not None
        }
        return {**parts, **said}
    if isinstance(block, ListBlock) and isinstance(value, list):
        return [
            {**item, "value": _filled(block.child_block, item["value"])}
            if isinstance(item, dict) and "value" in item and "type" in item
            else {"type": "item", "value": _filled(block.child_block, item)}
            for item in value
        ]
    if isinstance(block, StreamBlock) and isinstance(value, list):
        return [
            {**item, "value": _filled(block.child_blocks[item["type"]], item["value"])}
            for item in value
            if item.get("type") in block.child_blocks
        ]
    return value


def _with_ids(value: Any) -> Any:
    """Each block with an id, so that all of them are made anew in one way."""
    if isinstance(value, list):
        return [_with_ids(item) for item in value]
    if isinstance(value, dict):
        parts = {name: _with_ids(part) for name, part in value.items()}
        if "type" in value and "value" in value:
            parts.setdefault("id", str(uuid.uuid4()))
        return parts
    return value
