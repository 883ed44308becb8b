"""Beginning an action: every kind has a starter, none can be published by mistake, and copies share nothing."""

import datetime
import json
from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import NoReverseMatch, reverse
from wagtail.models import Page

from campaigns.blocks.kinds import KINDS
from campaigns.content import starting
from campaigns.content.action_page import ActionPage
from campaigns.content.campaign_page import CampaignPage
from campaigns.content.checklists import checklist_of
from campaigns.content.form_templates import ActionTemplate
from campaigns.content.starters import STARTERS, content_for
from campaigns.engine import action_templates
from campaigns.engine.placeholders import first_placeholder
from tests.campaigns.test_checklist import editor_of
from tests.factories import campaigns, home

START = "/admin/start-action/"


@pytest.fixture
def user(db: Any) -> User:
    return User.objects.create_superuser("boss", "boss@society.example", "x")


def test_every_kind_of_action_has_a_starter() -> None:
    assert set(STARTERS) == set(KINDS)


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("kind", sorted(KINDS))
def test_each_starter_becomes_a_draft_that_waits_for_the_editors_words(
    kind: str, language: str, alder: Any, user: User
) -> None:
    campaign = campaigns.campaign_page()
    parent = campaign if language == "en" else home.translation(campaign)
    page = starting.start(parent=parent, title=kind, content=content_for(kind, language), user=user)
    draft = ActionPage.objects.get(pk=page.pk).get_latest_revision_as_object()
    assert not draft.live
    assert [child.block_type for child in draft.actions] == [kind]
    assert {"name", "email"} <= {spec.field_type for spec in draft.form_specs if spec.required}
    assert draft.get_form_class()().as_div
    blocking = checklist_of(draft).blocking
    assert blocking
    # What is left to do is only to write: nothing else is wrong with it.
    assert [item.message for item in blocking if "⟦" not in item.message and not _is_a_gap(item.message)] == []
    with pytest.raises(ValidationError):
        ActionPage.objects.get(pk=page.pk).full_clean()


def _is_a_gap(message: str) -> bool:
    """A day, an hour or a place that only the editor knows."""
    return message.endswith(("This field is required.", "Este campo es obligatorio.")) or "handed in" in message


@pytest.mark.django_db
def test_a_starter_speaks_the_language_of_its_campaign(alder: Any) -> None:
    assert content_for("letter", "en")["form_fields"][0][1]["label"] == "Your name"


@pytest.mark.parametrize(
    ("kind", "label"),
    [
        ("letter", "I am writing as"),
        ("testimony", "I am writing as"),
        ("call", "I am calling as"),
        ("pledge", "I am a"),
    ],
)
def test_the_role_is_asked_in_words_that_fit_what_people_do(kind: str, label: str) -> None:
    fields = dict(content_for(kind, "en")["form_fields"])
    assert fields["role"]["label"] == label


@pytest.mark.parametrize("kind", sorted(set(STARTERS) - {"letter", "testimony"}))
def test_nobody_is_said_to_write_who_does_not(kind: str) -> None:
    labels = [str(field["label"]) for _name, field in content_for(kind, "en")["form_fields"]]
    assert not any("writing" in label for label in labels)


@pytest.mark.django_db
def test_a_letter_whose_placeholders_are_replaced_can_be_published(alder: Any, user: User) -> None:
    page = starting.start(
        parent=campaigns.campaign_page(), title="Write", content=_written(content_for("letter", "en")), user=user
    )
    page.is_draft_allowed_incomplete = False
    page.full_clean()
    assert checklist_of(page).blocking == ()


def _written(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _written(part) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [_written(item) for item in value]
    return "Please vote for H.1." if isinstance(value, str) and first_placeholder(value) is not None else value


# --- Templates ---------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_page_made_from_a_template_has_its_words_and_none_of_its_identity(alder: Any, user: User) -> None:
    page = campaigns.action_page(introduction="Read this.", closes_on=datetime.date(2026, 12, 31), slug="mine")
    template = starting.save_as_template(page=page, name="Parity", description="", user=user)
    json.dumps(template.content)
    assert not {"closes_on", "slug", "title", "translation_key", "path", "pk"} & set(template.content)
    other = campaigns.campaign_page(title="Another campaign")
    made = starting.start(parent=other, title="Write again", content=template.content, user=user)
    assert (made.introduction, made.letter_body, made.closes_on) == ("Read this.", campaigns.LETTER, None)
    assert [spec.clean_name for spec in made.form_specs] == [spec.clean_name for spec in page.form_specs]
    assert not {child.id for child in made.form_fields} & {child.id for child in page.form_fields}
    assert made.translation_key != page.translation_key
    assert made.slug != page.slug
    # Its keys are its own: the published page's history does not hold them.
    made.form_fields[0].value["key"] = "somebody"
    made.clean()


def test_days_are_left_out_and_ids_are_renamed_wherever_they_stand() -> None:
    content = {
        "closes_on": "2026-12-31",
        "introduction": "a",
        "actions": [
            {"type": "event", "id": "a", "value": {"title": "Day", "day": "2026-12-01", "capacity": 5}},
            {"type": "call", "id": "b", "value": {"script": "a"}},
        ],
        "next_steps": [{"type": "step", "id": "c", "value": {"after": "b"}}],
    }
    kept = action_templates.cleaned(content)
    assert "closes_on" not in kept
    assert kept["actions"][0]["value"] == {"title": "Day", "day": None, "capacity": 5}
    fresh = action_templates.with_fresh_ids({"actions": kept["actions"], "next_steps": kept["next_steps"]})
    ids = [item["id"] for item in fresh["actions"]]
    assert not {"a", "b"} & set(ids)
    assert fresh["next_steps"][0]["value"]["after"] == ids[1]


@pytest.mark.django_db
def test_a_template_of_an_older_version_loses_only_what_is_not_known(alder: Any, user: User) -> None:
    content = {
        "gone": "x",
        "introduction": "Read this.",
        "actions": [{"type": "dance", "id": "a", "value": {}}, {"type": "letter", "id": "b", "value": {"old": 1}}],
    }
    made = starting.start(parent=campaigns.campaign_page(), title="Write", content=content, user=user)
    assert made.introduction == "Read this."
    assert [child.block_type for child in made.actions] == ["letter"]


# --- In the admin ------------------------------------------------------------------------------


def _begin(client: Client, parent: Any, content: str = "starter:call", **more: str) -> Any:
    return client.post(START, {"parent": str(parent), "title": "Call them", "content": content, **more})


@pytest.mark.django_db
def test_an_editor_begins_in_a_campaign_and_lands_in_the_editor(alder: Any) -> None:
    campaign = campaigns.campaign_page()
    client = editor_of(campaign)
    shown = client.get(f"{START}?parent={campaign.pk}").content.decode()
    assert f'value="{campaign.pk}" selected' in shown
    assert shown.count('type="radio"') == len(KINDS)
    answer = _begin(client, campaign.pk)
    page = ActionPage.objects.get(title="Call them")
    assert answer.url == reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert page.get_parent() == campaign.page_ptr
    assert "keep the page from being published" in client.get(answer.url).content.decode()


@pytest.mark.django_db
def test_nobody_begins_where_they_may_not_add_a_page(alder: Any) -> None:
    mine, other = campaigns.campaign_page(), campaigns.campaign_page(title="Other")
    client = editor_of(mine)
    assert "Other" not in client.get(START).content.decode()
    assert _begin(client, other.pk).status_code == 200
    assert _begin(client, f"new-{campaigns.index_page().pk}").status_code == 200
    assert _begin(client, "").status_code == 200
    assert not ActionPage.objects.exists()
    assert Client().get(START).status_code == 302


@pytest.mark.django_db
def test_a_new_campaign_is_made_with_its_first_action_and_shows_its_form(alder: Any) -> None:
    index = campaigns.index_page()
    client = editor_of(index)
    _begin(client, f"new-{index.pk}", campaign_title="Telehealth")
    campaign = CampaignPage.objects.get(title="Telehealth")
    page = ActionPage.objects.get(title="Call them")
    assert page.get_parent() == campaign.page_ptr
    assert not campaign.live
    draft = campaign.get_latest_revision_as_object()
    assert [child.value["action_page"].pk for child in draft.body] == [page.pk]


@pytest.mark.django_db
def test_a_template_is_saved_by_who_may_edit_the_page_and_keep_templates(alder: Any) -> None:
    mine, other = campaigns.action_page(), campaigns.action_page(campaigns.campaign_page(title="Other"))
    client = editor_of(mine.get_parent())
    address = reverse("action_starting:save", args=[mine.pk])
    assert client.get(address).status_code == 302
    group = Group.objects.get(name="ed")
    group.permissions.add(Permission.objects.get(codename="add_actiontemplate"))
    assert address in client.get(reverse("wagtailadmin_pages:edit", args=[mine.pk])).content.decode()
    client.post(address, {"name": "Parity", "description": "For bills on payment"})
    template = ActionTemplate.objects.get()
    assert template.content["letter_body"] == campaigns.LETTER
    assert client.post(reverse("action_starting:save", args=[other.pk]), {"name": "No"}).status_code == 302
    assert ActionTemplate.objects.count() == 1
    assert "For bills on payment" in client.get(START).content.decode()
    _begin(client, mine.get_parent().pk, f"template:{template.pk}")
    assert ActionPage.objects.get(title="Call them").letter_body == campaigns.LETTER


@pytest.mark.django_db
@pytest.mark.parametrize("content", ["starter:dance", "template:999", "template:x", "", "starter"])
def test_what_is_not_on_offer_cannot_be_begun_with(content: str, alder: Any) -> None:
    campaign = campaigns.campaign_page()
    assert _begin(editor_of(campaign), campaign.pk, content).status_code == 200
    assert not Page.objects.filter(title="Call them").exists()


def test_every_starter_notes_where_visits_come_from() -> None:
    for kind in STARTERS:
        fields = content_for(kind, "en")["form_fields"]
        assert [value["parameter"] for name, value in fields if name == "source"] == ["source"], kind


@pytest.mark.django_db
def test_two_pages_of_one_template_have_all_of_it_and_share_nothing(alder: Any, user: User) -> None:
    when = {"field": "role", "test": "is", "value": "student"}
    fields = [
        *campaigns.FIELDS,
        ("role", {"label": "As", "key": "role", "is_required": True, "roles": []}),
        ("text", {"label": "School", "key": "school", "shown_when": {"match": "all", "conditions": [when]}}),
    ]
    guidance = [("talking_point", {"text": "A reason."}), ("usual_questions", None)]
    page = campaigns.action_page(form_fields=fields, guidance=guidance, other_subjects=[("subject", "Another")])
    template = starting.save_as_template(page=page, name="Parity", description="", user=user)
    kept = json.dumps(template.content)
    parent = page.get_parent()
    first, second = (
        ActionPage.objects.get(pk=starting.start(parent=parent, title=title, content=template.content, user=user).pk)
        for title in ("First", "Second")
    )
    for made in (first, second):
        assert made.form_specs[-1].shown_when == page.form_specs[-1].shown_when is not None
        assert [child.value for child in made.other_subjects] == ["Another"]
        assert [child.block_type for child in made.guidance] == ["talking_point", "usual_questions"]
        assert made.letter_body == page.letter_body
    streams = ("form_fields", "guidance", "other_subjects", "targets")
    ids = [{child.id for name in streams for child in getattr(each, name)} for each in (page, first, second)]
    assert all(found and not found & other for found, other in zip(ids, [*ids[1:], ids[0]], strict=True))
    first.form_fields[0].value["label"] = "Changed"
    first.save_revision().publish()
    second, template = ActionPage.objects.get(pk=second.pk), ActionTemplate.objects.get()
    assert second.form_specs[0].label == page.form_specs[0].label
    assert json.dumps(template.content) == kept


@pytest.mark.django_db
def test_nobody_makes_a_template_of_nothing(alder: Any) -> None:
    mine, other = (
        campaigns.action_page(),
        campaigns.action_page(campaigns.campaign_page(title="Other"), title="Not mine"),
    )
    client = editor_of(mine.get_parent())
    group = Group.objects.get(name="ed")
    pages = reverse("action_starting:pages")
    assert client.get(pages).status_code == 302
    group.permissions.add(*Permission.objects.filter(codename__in=["add_actiontemplate", "change_actiontemplate"]))
    index = client.get(reverse("wagtailsnippets_campaigns_actiontemplate:list")).content.decode()
    assert "Save a page as a template" in index
    add = reverse("wagtailsnippets_campaigns_actiontemplate:add")
    for answer in (client.get(add), client.post(add, {"name": "Empty"})):
        assert answer.url == pages
    assert not ActionTemplate.objects.exists()
    shown = client.get(pages).content.decode()
    assert reverse("action_starting:save", args=[mine.pk]) in shown
    assert reverse("action_starting:save", args=[other.pk]) not in shown
    with pytest.raises(NoReverseMatch):
        reverse("wagtailsnippets_campaigns_actiontemplate:copy", args=[1])


# --- What concerns the page --------------------------------------------------------------------


@pytest.mark.django_db
def test_the_panels_of_letters_say_so_where_the_page_sends_none(alder: Any) -> None:
    call = campaigns.action_page(actions=[("call", {"script": "Hello.", "voicemail": ""})])
    client = editor_of(call.get_parent())
    shown = client.get(reverse("wagtailadmin_pages:edit", args=[call.pk])).content.decode()
    assert "The letter: not used" in shown
    assert shown.count("This page sends no letters") == 3
    # What a call may say stands beside it; its inputs are all there, so that nothing is lost by a save.
    assert shown.count("such as {town}") == 2
    assert 'name="letter_body"' in shown
    call.actions.append(("letter", {}))
    call.save_revision()
    both = client.get(reverse("wagtailadmin_pages:edit", args=[call.pk])).content.decode()
    assert "sends no letters" not in both
    assert "The letter: not used" not in both
    assert both.count("such as {town}") == 1
