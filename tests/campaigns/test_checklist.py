"""The checklist of an editor: what blocks does block, what is advice never does, each line leads to its input."""

import datetime
from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import GroupPagePermission, Page
from wagtail.test.utils.form_data import nested_form_data

from campaigns.content.action_page import ActionPage
from campaigns.content.campaign_page import CampaignPage
from campaigns.content.checklists import checklist_of
from campaigns.engine import checklist as engine
from campaigns.engine.checklist import Rule, action_advice, campaign_advice, claims_to_live_there
from campaigns.engine.congress import CongressTerms
from campaigns.selectors.checklist_words import sentence
from delivery.engine.cwc.content import Bill
from tests.factories import campaigns, home
from tests.factories import legislators as people
from tests.factories.forms import empty_streams

LONG = (
    "Notwithstanding considerable administrative modernization, authorization methodologies disadvantage populations "
)


def action_facts(**changes: Any) -> engine.ActionFacts:
    """A page on which there is nothing to say."""
    values: dict[str, Any] = {
        "language": "en",
        "asks_something": True,
        "writes_letters": True,
        "addresses_anybody": True,
        "has_thank_you": True,
        "has_last_day": True,
        "is_last_day_past": False,
        "is_letter_locked": False,
        "congress": None,
        "reading_target": 10,
    }
    return engine.ActionFacts(**{**values, **changes})


def rules_of(facts: engine.ActionFacts) -> list[tuple[Rule, str]]:
    return [(advice.rule, advice.path) for advice in action_advice(facts)]


# --- The rules, without a database -------------------------------------------------------------


def test_a_finished_page_gets_no_advice() -> None:
    assert rules_of(action_facts()) == []


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"asks_something": False}, (Rule.NOBODY_ADDRESSED, "actions")),
        ({"has_thank_you": False}, (Rule.NO_THANK_YOU, "thank_you")),
        ({"has_last_day": False}, (Rule.NO_LAST_DAY, "closes_on")),
        ({"is_last_day_past": True}, (Rule.LAST_DAY_PAST, "closes_on")),
        ({"is_letter_locked": True, "talking_point": "guidance.a"}, (Rule.POINTS_IN_LOCKED_LETTER, "guidance.a")),
        ({"addresses_congress": True}, (Rule.CONGRESS_NOT_SET, "congress")),
        ({"addresses_congress": True, "congress": CongressTerms()}, (Rule.NO_BILL, "congress")),
        (
            {"addresses_congress": True, "congress": CongressTerms(bills=(Bill(congress=119, kind="hr", number=7),))},
            (Rule.NO_POSITION, "congress"),
        ),
        ({"unreachable": (("targets.a.official", "Vera Lind"),)}, (Rule.CHOSEN_UNREACHABLE, "targets.a.official")),
        ({"is_in_campaign": False}, (Rule.NOT_IN_CAMPAIGN, "title")),
        ({"campaign_draft": (7, "Telehealth")}, (Rule.CAMPAIGN_IS_DRAFT, "title")),
        ({"translations": (engine.TranslationFacts("es"),)}, (Rule.NOT_TRANSLATED, "title")),
        (
            {"translations": (engine.TranslationFacts("es", exists=True, missing=3),)},
            (Rule.PARTLY_TRANSLATED, "title"),
        ),
        ({"pictures": (engine.Picture("body.a.image", "Ferry"),)}, (Rule.NO_ALT_TEXT, "body.a.image")),
        (
            {"texts": (engine.PageText("letter_body", "Letter", LONG * 8, is_letter=True),)},
            (Rule.HARD_TO_READ, "letter_body"),
        ),
        (
            {
                "takes_practice_address": True,
                "texts": (engine.PageText("letter_body", "Letter", "I live in Alderton.", is_letter=True),),
            },
            (Rule.LIVES_FROM_PRACTICE, "letter_body"),
        ),
    ],
)
def test_each_rule_speaks_of_its_own_input(changes: dict[str, Any], expected: tuple[Rule, str]) -> None:
    assert rules_of(action_facts(**changes)) == [expected]


def test_a_chamber_without_data_is_told_apart_from_one_with_vacancies() -> None:
    nobody = engine.ChamberFacts("state_upper", "State senate", states=())
    some = engine.ChamberFacts(
        "state_lower",
        "State house",
        states=("Alder",),
        without=("Maine", "Ohio"),
        vacancies=("1st Harbor",),
        unreachable=2,
    )
    congress = engine.ChamberFacts("us_house", "U.S. House", states=("Alder",))
    assert [rule for rule, _path in rules_of(action_facts(chambers=(nobody, some, congress)))] == [
        Rule.NO_DATA,
        Rule.SOME_STATES_ONLY,
        Rule.VACANT,
        Rule.UNREACHABLE,
    ]


def test_of_a_nearly_whole_country_the_states_that_are_missing_are_named() -> None:
    most = engine.ChamberFacts("state_upper", "State senate", states=("Maine", "Ohio"), without=("Utah",))
    whole = engine.ChamberFacts("state_lower", "State house", states=("Maine", "Ohio", "Utah"))
    (advice,) = action_advice(action_facts(chambers=(most, whole)))
    assert advice.rule is Rule.SOME_STATES_MISSING
    assert sentence(advice) == "State senate: no members are loaded for Utah. People there reach nobody in it."


@pytest.mark.parametrize("text", ["I live in Alderton", "I have long lived; I still live here", "Vivo en su distrito"])
def test_a_letter_that_says_where_its_writer_lives_is_noticed(text: str) -> None:
    assert claims_to_live_there(text)


@pytest.mark.parametrize("text", ["{standing}.", "My patients live in Alderton", "We live in hope", "El centro vive"])
def test_a_letter_that_says_something_else_is_not(text: str) -> None:
    assert not claims_to_live_there(text)


def test_an_easy_text_and_a_page_that_takes_only_homes_are_fine() -> None:
    easy = engine.PageText("letter_body", "Letter", "I live in Alderton. Please help us now. " * 12, is_letter=True)
    assert rules_of(action_facts(texts=(easy,))) == []


def test_a_campaign_wants_a_form_and_a_last_day() -> None:
    facts = engine.CampaignFacts(language="en", has_form=False, has_last_day=False, is_last_day_past=False)
    assert [advice.rule for advice in campaign_advice(facts)] == [Rule.NO_LAST_DAY, Rule.NO_FORM]


# --- Of a page ---------------------------------------------------------------------------------


def blocking(page: Any) -> dict[str, str]:
    return {item.path: item.message for item in checklist_of(page).blocking}


def advisory(page: Any) -> dict[str, str]:
    return {item.path: item.message for item in checklist_of(page).advisory}


@pytest.mark.django_db
def test_a_page_that_can_be_published_has_nothing_that_blocks(alder: Any) -> None:
    page = campaigns.action_page(thank_you="<p>Thank you.</p>")
    assert blocking(page) == {}
    page.full_clean()


@pytest.mark.django_db
def test_what_blocks_is_what_publishing_refuses(alder: Any) -> None:
    page = campaigns.action_page()
    page.letter_body = "Dear {senator_name},"
    page.letter_subject = ""
    page.form_fields = [("name", {"label": "Name", "key": "name", "is_required": True})]
    found = blocking(page)
    assert set(found) == {"letter_body", "letter_subject", "form_fields"}
    assert "{senator_name} is not a merge field" in found["letter_body"]
    with pytest.raises(ValidationError) as refused:
        page.full_clean()
    assert set(refused.value.error_dict) == set(found)


@pytest.mark.django_db
def test_a_placeholder_of_a_template_blocks_wherever_it_stands(alder: Any) -> None:
    page = campaigns.action_page()
    page.introduction = "⟦Say in two sentences what is at stake⟧"
    page.form_fields = [*campaigns.FIELDS, ("text", {"label": "⟦A question⟧", "key": "q", "is_required": False})]
    page.thank_you = "<p>Thanks. ⟦What now?⟧</p>"
    found = blocking(page)
    block_id = page.form_fields[len(campaigns.FIELDS)].id
    assert set(found) == {"introduction", "thank_you", f"form_fields.{block_id}.label"}
    assert "⟦A question⟧" in found[f"form_fields.{block_id}.label"]
    with pytest.raises(ValidationError):
        page.full_clean()


@pytest.mark.django_db
def test_a_draft_may_keep_its_placeholders(alder: Any) -> None:
    page = campaigns.action_page(live=False)
    page.introduction = "⟦Later⟧"
    page.is_draft_allowed_incomplete = True
    page.full_clean()


@pytest.mark.django_db
def test_an_official_who_left_office_blocks_and_is_named(alder: Any) -> None:
    gone = people.official("Vera Lindqvist")
    page = campaigns.action_page(targets=[("official", {"official": gone})])
    assert blocking(page) == {}
    gone.retired_at = timezone.now()
    gone.save()
    found = blocking(ActionPage.objects.get(pk=page.pk))
    assert list(found) == [f"targets.{page.targets[0].id}.official"]
    assert "Vera Lindqvist is no longer in office" in next(iter(found.values()))


@pytest.mark.django_db
def test_vacant_seats_are_named_and_do_not_block(alder: Any) -> None:
    from legislators.records.officials import Term

    page = campaigns.action_page()
    term = Term.objects.filter(chamber="state_lower").select_related("division").first()
    Term.objects.filter(division=term.division, chamber="state_lower").delete()
    messages = [item.message for item in checklist_of(page).advisory if item.path == "targets"]
    assert any(term.division.name in message and "vacant" in message for message in messages)
    assert any("loaded for" in message for message in messages)
    page.full_clean()


@pytest.mark.django_db
def test_advice_never_blocks(alder: Any) -> None:
    home.locale("es")
    page = campaigns.action_page()
    page.letter_body = LONG * 10
    found = advisory(page)
    assert {"thank_you", "closes_on", "letter_body", "title"} <= set(found)
    assert "Spanish" in found["title"]
    page.full_clean()


@pytest.mark.django_db
def test_the_aim_of_the_society_decides_what_is_hard_to_read(alder: Any) -> None:
    page = campaigns.action_page(letter_body="A visit takes the same training and the same responsibility. " * 12)
    home.organisation(reading_level=16)
    assert "letter_body" not in advisory(page)
    home.organisation(reading_level=3)
    assert "grade 3 at most" in advisory(page)["letter_body"]


@pytest.mark.django_db
def test_the_last_day_of_the_campaign_is_enough(alder: Any) -> None:
    tomorrow = timezone.localdate() + datetime.timedelta(days=1)
    page = campaigns.action_page(campaigns.campaign_page(closes_on=tomorrow))
    assert "closes_on" not in advisory(page)


@pytest.mark.django_db
def test_an_image_without_a_description_in_the_campaign_leads_to_the_campaign(alder: Any) -> None:
    image = home.image()
    value = {"image": image.pk, "alt_text": "", "decorative": False}
    body = [{"type": "picture", "id": "pic", "value": {"image": value, "caption": "", "credit": ""}}]
    parent = campaigns.campaign_page()
    CampaignPage.objects.filter(pk=parent.pk).update(body=body)
    parent = CampaignPage.objects.get(pk=parent.pk)
    page = campaigns.action_page(parent)
    found = [item for item in checklist_of(page).advisory if "no description" in item.message]
    assert [item.url for item in found] == [
        f"{reverse('wagtailadmin_pages:edit', args=[parent.pk])}#:w:contentpath=body.pic.image"
    ]
    assert image.title in found[0].message


# --- In the admin ------------------------------------------------------------------------------


def test_a_draft_is_named_where_visitors_would_miss_it(alder: Any) -> None:
    page = campaigns.action_page()
    campaign = page.campaign
    campaign.body = [("action_form", {"heading": "", "action_page": page.page_ptr})]
    campaign.save_revision().publish()
    assert not any("is a draft" in item.message for at in (page, campaign) for item in checklist_of(at).advisory)
    campaign.unpublish()
    page.unpublish()
    # Both are read anew: a page remembers its parent.
    page, campaign = ActionPage.objects.get(pk=page.pk), CampaignPage.objects.get(pk=campaign.pk)
    (of_page,) = [item for item in checklist_of(page).advisory if "is a draft" in item.message]
    assert of_page.url.startswith(reverse("wagtailadmin_pages:edit", args=[campaign.pk]))
    (of_campaign,) = [item for item in checklist_of(campaign).advisory if "is a draft" in item.message]
    assert of_campaign.path == f"body.{campaign.body[0].id}.action_page"


def test_what_blocks_stands_in_the_order_of_the_editor(alder: Any) -> None:
    page = campaigns.action_page()
    page.thank_you, page.letter_subject, page.introduction = "<p>⟦Thanks⟧</p>", "⟦What⟧", "⟦Why⟧"
    assert [item.path for item in checklist_of(page).blocking] == ["introduction", "letter_subject", "thank_you"]


def editor_of(page: Page, name: str = "ed") -> Client:
    """May add and change below one page, and nothing elsewhere."""
    group = Group.objects.create(name=name)
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    for codename in ("add_page", "change_page", "publish_page"):
        GroupPagePermission.objects.create(group=group, page=page, permission=Permission.objects.get(codename=codename))
    user = User.objects.create_user(name, f"{name}@society.example", "x")
    user.groups.add(group)
    client = Client()
    client.force_login(user)
    return client


@pytest.mark.django_db
def test_the_panel_stands_in_the_editor_and_a_save_asks_for_it_again(alder: Any) -> None:
    page = campaigns.action_page(thank_you="")
    client = editor_of(page.get_parent())
    shown = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    assert "Nothing keeps the page from being published" in shown
    assert 'href="#:w:contentpath=thank_you"' in shown
    page.letter_body = ""
    page.save_revision(clean=False)
    answer = client.get(reverse("publish_checklist:list", args=[page.pk]))
    assert {"private", "no-store"} <= set(answer["Cache-Control"].split(", "))
    assert "1 thing keeps the page from being published" in answer.content.decode()
    assert 'data-checklist-link="letter_body"' in answer.content.decode()


@pytest.mark.django_db
def test_the_checklist_is_only_for_who_may_edit_the_page(alder: Any) -> None:
    mine, other = campaigns.action_page(), campaigns.action_page(campaigns.campaign_page(title="Other"))
    client = editor_of(mine.get_parent())
    assert client.get(reverse("publish_checklist:list", args=[mine.pk])).status_code == 200
    assert client.get(reverse("publish_checklist:list", args=[other.pk])).status_code == 302
    assert Client().get(reverse("publish_checklist:list", args=[mine.pk])).status_code == 302
    assert client.get(reverse("publish_checklist:list", args=[0])).status_code == 404


@pytest.mark.django_db
def test_a_page_without_rules_has_no_checklist(alder: Any) -> None:
    page = home.standard_page()
    assert editor_of(page).get(reverse("publish_checklist:list", args=[page.pk])).status_code == 404


@pytest.mark.django_db
def test_publishing_from_the_editor_is_refused_and_saving_a_draft_is_not(alder: Any) -> None:
    page = campaigns.action_page(live=False)
    client = editor_of(page.get_parent())
    data = nested_form_data(
        {
            **empty_streams(ActionPage),
            "title": "Write",
            "slug": "write",
            "introduction": "⟦What is at stake⟧",
            "confirmation": "by_risk",
            "explanation": "null",
            "thank_you": "null",
            "moderation": "none",
            "letter_subject": "",
            "letter_body": "",
            "comments-TOTAL_FORMS": "0",
            "comments-INITIAL_FORMS": "0",
        }
    )
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    client.post(address, data)
    assert ActionPage.objects.get(pk=page.pk).get_latest_revision_as_object().introduction == "⟦What is at stake⟧"
    refused = client.post(address, {**data, "action-publish": "action-publish"})
    assert refused.status_code == 200
    assert "Replace “⟦What is at stake⟧” with your own words." in refused.content.decode()
    assert not ActionPage.objects.get(pk=page.pk).live


def test_every_field_of_an_action_page_stands_in_the_editor_once() -> None:
    own = {field.name for field in ActionPage._meta.local_fields if field.editable}
    shown = [name for panel in ActionPage.content_panels for name in _fields_of(panel)]
    promoted = {name for panel in ActionPage.promote_panels for name in _fields_of(panel)}
    assert len(shown) == len(set(shown))
    assert own - {"page_ptr"} <= set(shown) | promoted


def _fields_of(panel: Any) -> list[str]:
    children = getattr(panel, "children", None)
    if children is not None:
        return [name for child in children for name in _fields_of(child)]
    return [panel.field_name] if hasattr(panel, "field_name") else []
