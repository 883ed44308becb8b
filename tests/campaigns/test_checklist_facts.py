"""What the checklist reads beyond the page: audiences, goals, and seats, in a number of queries that does not grow."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail_localize.models import StringTranslation

from campaigns.content.action_page import ActionPage
from campaigns.content.checklists import checklist_of
from campaigns.engine.checklist import Item
from campaigns.engine.targeting import Chamber
from campaigns.records.positions import OfficialPosition
from campaigns.selectors import checklist as facts
from legislators.records.officials import Official
from legislators.selectors import reachability
from tests.factories import campaigns, home
from tests.factories import legislators as people

CHAMBERS = [chamber.value for chamber in Chamber]
ROLE = (
    "role",
    {"label": "As", "key": "role", "is_required": True, "roles": [{"role": "student"}, {"role": "patient"}]},
)


def text(name: str, **audience: Any) -> tuple[str, dict[str, Any]]:
    block = ActionPage._meta.get_field("letter_texts").stream_block.child_blocks["text"].child_blocks["audience"]
    value = {"name": name, "is_thanks": False, "subjects": ["Hi"], "body": "Please."}
    return "text", {**value, "audience": {**block.get_default(), **audience}}


def about(page: Any, words: str) -> list[Item]:
    return [item for item in checklist_of(page).advisory if words in item.message]


# --- Texts that nobody gets --------------------------------------------------------------------


@pytest.mark.django_db
def test_a_text_that_nobody_gets_is_advice_that_leads_to_its_input(alder: Any) -> None:
    page = campaigns.action_page(form_fields=[*campaigns.FIELDS, ROLE])
    page.letter_texts = [
        text("For senators", chambers=["state_upper"]),
        text("For students", chambers=["state_upper"], roles=["student"]),
        text("For doctors", roles=["physician"]),
        text("For Congress", chambers=["us_house"]),
        text("For patients", roles=["patient"]),
    ]
    page.save()
    page = ActionPage.objects.get(pk=page.pk)
    found = {item.path: item.message for item in about(page, "nobody gets this text")}
    ids = [child.id for child in page.letter_texts]
    assert set(found) == {
        f"letter_texts.{ids[1]}",
        f"letter_texts.{ids[2]}.audience.roles",
        f"letter_texts.{ids[3]}.audience.chambers",
    }
    assert "“For senators” above it" in found[f"letter_texts.{ids[1]}"]
    page.full_clean()


@pytest.mark.django_db
def test_a_text_for_those_in_support_waits_until_somebody_is_noted(alder: Any) -> None:
    page = campaigns.action_page()
    page.letter_texts = [text("Thanks", positions=["supports"]), text("To sponsors", cosponsor="yes")]
    assert len(about(page, "Positions of officials")) == 2
    OfficialPosition.objects.create(
        campaign_key=page.campaign.translation_key,
        official=Official.objects.first(),
        position="supports",
        is_cosponsor=True,
        noted_on=timezone.localdate(),
    )
    assert about(page, "Positions of officials") == []


@pytest.mark.django_db
def test_a_question_for_a_role_that_the_form_does_not_offer_is_pointed_out(alder: Any) -> None:
    page = campaigns.action_page(form_fields=[*campaigns.FIELDS, ROLE])
    question = {"label": "How long have you practised?", "hint": "", "is_short": False}
    page.guidance = [
        ("question", {**question, "roles": ["physician"]}),
        ("question", {**question, "roles": ["student"]}),
        ("question", {**question, "roles": []}),
    ]
    assert [item.path for item in about(page, "nobody is asked it")] == [f"guidance.{page.guidance[0].id}.roles"]


@pytest.mark.django_db
def test_texts_of_a_page_that_sends_no_letters_are_not_judged(alder: Any) -> None:
    page = campaigns.action_page(actions=[("call", {"script": "Hello.", "voicemail": ""})])
    page.letter_texts = [text("For doctors", roles=["physician"])]
    assert about(page, "nobody gets this text") == []


# --- Campaigns ---------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_goal_that_no_block_shows_is_pointed_out(alder: Any) -> None:
    campaign = campaigns.campaign_page(goal=500)
    (item,) = about(campaign, "Progress")
    assert (item.path, item.is_blocking) == ("goal", False)
    campaign.body = [("progress", {"heading": ""})]
    assert about(campaign, "“Progress”") == []
    campaign.body, campaign.goal = [], None
    assert about(campaign, "“Progress”") == []


# --- Seats -------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_what_is_read_of_officials_does_not_grow_with_their_number(alder: Any) -> None:
    with CaptureQueriesContext(connection) as few:
        before = facts.chambers(CHAMBERS)
    for number in range(60):
        division = people.division(slug=f"more_{number}", name=f"District {number}")
        if number % 2:
            people.member(division, f"Member {number}", email="")
    with CaptureQueriesContext(connection) as many:
        after = facts.chambers(CHAMBERS)
    assert len(many) == len(few) <= 7
    lower = CHAMBERS.index("state_lower")
    assert len(after[lower].vacancies) == len(before[lower].vacancies) + 30
    assert after[lower].unreachable == before[lower].unreachable + 30
    reach = [row for row in reachability.by_chamber() if row.chamber == "state_lower"]
    assert after[lower].unreachable == sum(row.with_nothing for row in reach)


@pytest.mark.django_db
def test_twenty_chosen_officials_cost_no_more_queries_than_one(alder: Any) -> None:
    chosen = [people.official(f"Chair {number}") for number in range(20)]
    with CaptureQueriesContext(connection) as one:
        facts.unreachable({"targets.a.official": chosen[0].pk})
    with CaptureQueriesContext(connection) as all_of_them:
        found = facts.unreachable({f"targets.{each.pk}.official": each.pk for each in chosen})
    assert len(all_of_them) == len(one)
    assert {path for path, _name in found} <= {f"targets.{each.pk}.official" for each in chosen}


# --- Translations ------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_missing_translation_leads_to_where_it_is_made_and_one_behind_to_itself(alder: Any) -> None:
    home.locale("es")
    page = campaigns.action_page()
    (item,) = about(page, "There is no version in Spanish")
    assert item.url == reverse("wagtail_localize:submit_page_translation", args=[page.pk])
    home.localize(page.get_parent())
    spanish = home.localize(page)
    assert about(page, "Spanish:") == []
    StringTranslation.objects.filter(translation_of__data=page.title).delete()
    (behind,) = about(page, "Spanish:")
    assert behind.url.startswith(reverse("wagtailadmin_pages:edit", args=[spanish.pk]))
