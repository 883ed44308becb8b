"""Campaigns and action pages as visitors and editors meet them."""

import datetime

import pytest
import time_machine
from django.core.exceptions import ValidationError
from wagtail.models import Locale

from campaigns.content.campaign_page import CampaignPage
from campaigns.engine.lifecycle import Phase
from campaigns.selectors import pages
from tests.factories import campaigns as make
from tests.factories import home

pytestmark = pytest.mark.django_db


def _publish_body(campaign, *blocks):
    campaign.body = list(blocks)
    campaign.save()
    return campaign


@pytest.mark.usefixtures("alder")
def test_the_form_stands_in_the_campaign_and_posts_to_the_action_page(client):
    campaign = make.campaign_page()
    action = make.action_page(campaign)
    _publish_body(campaign, ("action_form", {"heading": "Write now", "action_page": action}))
    response = client.get(campaign.url)
    assert f'action="{action.url}"'.encode() in response.content
    assert b'name="address__street"' in response.content
    assert b'href="#take-action"' in response.content
    assert b'id="take-action"' in response.content
    assert b"csrfmiddlewaretoken" in response.content
    assert response["Cache-Control"] == "private, no-store"


def test_a_campaign_without_a_form_may_be_cached(client):
    assert "no-store" not in client.get(make.campaign_page().url).get("Cache-Control", "")


def test_the_form_of_an_unpublished_action_page_is_not_shown(client):
    campaign = make.campaign_page()
    action = make.action_page(campaign)
    _publish_body(campaign, ("action_form", {"heading": "", "action_page": action}))
    action.unpublish()
    response = client.get(campaign.url)
    assert response.status_code == 200
    assert b"address__street" not in response.content


@pytest.mark.parametrize(
    ("status", "words"),
    [("closed", b"This campaign is closed"), ("won", b"This campaign has been won"), ("draft", b"not opened yet")],
)
def test_a_campaign_that_is_not_open_says_so_and_its_form_is_gone(client, status, words):
    campaign = make.campaign_page(status=status)
    action = make.action_page(campaign)
    _publish_body(campaign, ("action_form", {"heading": "", "action_page": action}))
    for page in (campaign, action):
        content = client.get(page.url).content
        assert words in content
        assert b"address__street" not in content


def test_a_closed_campaign_points_to_the_page_that_the_editor_chose(client):
    other = make.campaign_page(title="Prior authorization")
    campaign = make.campaign_page(status="closed", instead_page=other)
    assert f'href="{other.url}"'.encode() in client.get(campaign.url).content


def test_without_a_choice_a_closed_campaign_points_to_those_that_are_open(client):
    make.campaign_page(title="Open one")
    make.campaign_page(title="Ended one", status="won")
    campaign = make.campaign_page(title="This one", status="closed")
    assert [page.title for page in campaign.instead()] == ["Open one"]


def test_the_last_campaign_that_closes_points_to_the_list_of_campaigns(client):
    campaign = make.campaign_page(status="closed")
    assert [page.pk for page in campaign.instead()] == [campaign.get_parent().pk]
    assert b"What you can do instead" in client.get(campaign.url).content


def test_a_closed_campaign_in_spanish_points_to_one_that_is_open_in_english_rather_than_to_none():
    other = make.campaign_page(title="Open one")
    campaign = make.campaign_page(title="This one", status="closed")
    index = campaign.get_parent().specific
    spanish = Locale.objects.get(language_code="es")
    index.copy_for_translation(spanish, copy_parents=True).save_revision().publish()
    translated = campaign.copy_for_translation(spanish)
    assert [page.pk for page in translated.instead()] == [other.pk]


def test_dates_open_and_close_a_campaign():
    campaign = make.campaign_page(opens_on=datetime.date(2026, 5, 1), closes_on=datetime.date(2026, 6, 1))
    for day, phase in [("2026-04-30", Phase.UPCOMING), ("2026-05-15", Phase.OPEN), ("2026-06-03", Phase.CLOSED)]:
        with time_machine.travel(f"{day} 16:00Z", tick=False):
            assert CampaignPage.objects.get(pk=campaign.pk).phase is phase


def test_an_action_page_can_close_before_its_campaign():
    page = make.action_page(closes_on=datetime.date(2026, 5, 1))
    with time_machine.travel("2026-05-03 16:00Z", tick=False):
        assert page.phase is Phase.CLOSED


def test_a_campaign_cannot_end_before_it_begins():
    with pytest.raises(ValidationError) as caught:
        make.campaign_page(opens_on=datetime.date(2026, 5, 2), closes_on=datetime.date(2026, 5, 1))
    assert caught.value.message_dict.keys() == {"closes_on"}


def test_the_list_shows_open_campaigns_before_those_that_are_over(client):
    make.campaign_page(title="Ended one", status="won")
    make.campaign_page(title="Open one")
    content = client.get(make.index_page().url).content.decode()
    assert content.index("Open one") < content.index("Closed and won") < content.index("Ended one")


@pytest.mark.usefixtures("alder")
def test_progress_counts_each_person_once(client):
    campaign = make.campaign_page(goal=4)
    action = make.action_page(campaign)
    _publish_body(campaign, ("progress", {"heading": ""}))
    make.send(action, client)
    make.send(action, client)
    make.send(action, client, email="noor@clinic.example")
    assert pages.supporters(campaign.translation_key) == 2
    assert b"2 people have taken part" in client.get(campaign.url).content
    assert b'value="50"' in client.get(campaign.url).content


def test_related_campaigns_are_those_that_are_open_unless_chosen(client):
    make.campaign_page(title="Open one")
    ended = make.campaign_page(title="Ended one", status="won")
    campaign = make.campaign_page(title="This one")
    assert [page.title for page in pages.related([], page=campaign)] == ["Open one"]
    assert [page.title for page in pages.related([ended, campaign], page=campaign)] == ["Ended one"]


# --- What an editor is told --------------------------------------------------------------------


def _errors(**fields):
    with pytest.raises(ValidationError) as caught:
        make.action_page(**fields)
    return caught.value.message_dict


def test_an_unknown_merge_field_is_an_error_at_its_field_that_names_it_and_lists_the_known():
    errors = _errors(letter_body="Dear {legislator_nmae}, {answer.unknown}")
    assert errors.keys() == {"letter_body"}
    assert "{legislator_nmae}, {answer.unknown}" in errors["letter_body"][0]
    assert "{legislator_name}" in errors["letter_body"][0]
    assert "{answer.story}" in errors["letter_body"][0]


def test_an_unknown_merge_field_in_the_subject_is_an_error_there():
    assert _errors(letter_subject="{town} {x}").keys() == {"letter_subject"}


def test_letters_by_address_need_an_address_a_name_and_an_e_mail_address():
    assert len(_errors(form_fields=make.FIELDS[3:])["form_fields"]) == 3


def test_a_page_with_targets_needs_a_letter():
    assert _errors(letter_subject=" ", letter_body="").keys() == {"letter_subject", "letter_body"}


def test_a_form_without_targets_needs_no_address_and_no_letter():
    make.action_page(form_fields=make.FIELDS[:2], targets=[], letter_subject="", letter_body="")


def test_a_draft_may_be_half_done_but_an_unknown_merge_field_is_said_at_once(admin_client):
    page = make.action_page()
    page.is_draft_allowed_incomplete = True
    page.form_fields, page.letter_subject, page.letter_body = [], "", ""
    page.full_clean()
    page.letter_subject = "{x}"
    with pytest.raises(ValidationError):
        page.full_clean()


@pytest.mark.parametrize("mode", ["form", "landing"])
def test_an_editor_can_preview_the_form_and_the_receipt(mode):
    response = make.action_page().make_preview_request(preview_mode=mode)
    assert response.status_code == 200


@pytest.mark.parametrize("model", ["campaignindexpage", "campaignpage", "actionpage"])
def test_an_editor_can_begin_a_page_of_each_type(admin_client, model):
    parents = {"campaignindexpage": home.home_page, "campaignpage": make.index_page, "actionpage": make.campaign_page}
    response = admin_client.get(f"/admin/pages/add/campaigns/{model}/{parents[model]().pk}/")
    assert response.status_code == 200


def test_the_editor_opens_and_lists_the_merge_fields_of_this_form(admin_client):
    page = make.action_page()
    content = admin_client.get(f"/admin/pages/{page.pk}/edit/").content
    assert b"{legislator_salutation}" in content
    assert b"{answer.story}" in content
