"""Staff set how fast letters leave: for the site, for a campaign, and see when the last one goes."""

import uuid

import pytest
from django.contrib.auth.models import Permission, User
from django.urls import reverse
from django.utils.html import escape
from pytest_django import Settings
from wagtail.models import ModelLogEntry

from campaigns.services import staff
from delivery.records.messages import OutboxMessage
from delivery.records.pacing import PacingRule
from tests.factories import campaigns, home
from tests.factories.letters import CAMPAIGN, make_letter

pytestmark = pytest.mark.django_db
SITE = "/admin/pacing/"
EMPTY = dict.fromkeys(
    ["official_per_hour", "domain_per_hour", "total_per_hour", "opens_at", "closes_at", "spread_hours"], ""
)


@pytest.fixture(autouse=True)
def site(db, settings: Settings, monkeypatch):
    home.fresh_site()
    settings.PACE_LETTERS = True
    monkeypatch.setattr("delivery.adapters.queue.wake", lambda: True)


@pytest.fixture
def member(client):
    group, _given = staff.set_up_group()
    user = User.objects.create_user("erin", "erin@alder-medical.example", "x")
    user.groups.add(group)
    client.force_login(user)
    return client


def _page(client, path: str = SITE, **posted: str) -> str:
    response = client.post(path, {**EMPTY, **posted}, follow=True) if posted else client.get(path)
    assert response.status_code == 200
    return response.content.decode()


def test_only_who_may_change_the_pace_gets_there(client):
    user = User.objects.create_user("editor")
    user.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(user)
    for path in (SITE, f"{SITE}{CAMPAIGN}/"):
        assert client.get(path).status_code == 302
        assert client.post(path, {**EMPTY, "official_per_hour": "1"}).status_code == 302
    assert not PacingRule.objects.exists()
    assert SITE not in client.get("/admin/").content.decode()


def test_an_empty_field_says_what_counts_instead(member):
    shown = _page(member)
    assert 'placeholder="20"' in shown
    assert "Empty: as usual, 20." in shown
    assert SITE in member.get("/admin/").content.decode()


def test_a_campaign_s_page_says_what_the_site_says(member):
    letter = make_letter(state="queued")
    PacingRule.objects.create(official_per_hour=7)
    shown = _page(member, reverse("pacing:campaign", args=[CAMPAIGN]))
    assert letter.submission.campaign_title in shown
    assert 'placeholder="7"' in shown
    assert "Empty: as for the site, 7." in shown
    assert reverse("pacing:campaign", args=[CAMPAIGN]) in _page(member)


def test_saving_says_when_the_last_letter_leaves_before_and_after_and_is_logged(member):
    make_letter(state="queued")
    OutboxMessage.objects.update(campaign_key=CAMPAIGN, planned_at=None)
    shown = _page(member, f"{SITE}{CAMPAIGN}/", total_per_hour="3", is_weekdays_only="false")
    assert "Saved. The last letter that waits leaves" in shown
    assert "before, it was" in shown
    rule = PacingRule.objects.get(campaign_key=CAMPAIGN)
    assert (rule.total_per_hour, rule.is_weekdays_only, rule.official_per_hour) == (3, False, None)
    assert rule.changed_by.username == "erin"
    entry = ModelLogEntry.objects.get(action="delivery.change_pacing")
    assert entry.user.username == "erin"


def test_a_mistake_stands_at_its_field_and_what_was_typed_is_kept(member):
    shown = _page(member, opens_at="18:00", closes_at="08:00", official_per_hour="0", spread_hours="999")
    assert "Enter 1 or more. To stop letters altogether, pause them." in shown
    assert "Ensure this value is less than or equal to 336." in shown
    assert 'value="999"' in shown
    shown = _page(member, opens_at="18:00", closes_at="08:00")
    assert escape("Letters would have to leave between 18:00 and 08:00. Let the second be later.") in shown
    assert 'value="18:00"' in shown
    assert not PacingRule.objects.exists()


def test_a_campaign_that_would_be_faster_than_the_site_is_told_so(member):
    make_letter(state="queued")
    shown = _page(member, f"{SITE}{CAMPAIGN}/", official_per_hour="50")
    assert "The site lets out 20 an hour; a campaign can only be slower." in shown
    assert not PacingRule.objects.exists()


def test_a_campaign_in_which_nobody_has_taken_part_has_a_page_too(member):
    page = campaigns.campaign_page()
    shown = _page(member, reverse("pacing:campaign", args=[page.translation_key]))
    assert page.title in shown
    assert "No letter waits." in shown


def test_a_campaign_that_is_none_is_not_found(member):
    assert member.get(f"{SITE}{uuid.uuid4()}/").status_code == 404


def test_where_pacing_is_off_the_page_says_so(member, settings: Settings):
    settings.PACE_LETTERS = False
    assert "Pacing is switched off on this server" in _page(member)
