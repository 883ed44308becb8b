"""The staff's rules: what is refused and why, and that letters which wait follow a change."""

import logging
import uuid
from datetime import time

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.utils import timezone
from pytest_django import Settings

from delivery.engine.pacing import USUAL, Rules
from delivery.records.messages import OutboxMessage
from delivery.records.pacing import PacingRule
from delivery.selectors import pacing
from delivery.services import pacing_rules, planning
from tests.factories.delivery import make_message

pytestmark = pytest.mark.django_db
CAMPAIGN = uuid.UUID(int=7)
ALL_DAY = Rules(opens_at=time(0), closes_at=time(23, 59), is_weekdays_only=False)


def _save(campaign_key: uuid.UUID | None = None, **values) -> PacingRule:
    return pacing_rules.save(campaign_key=campaign_key, rules=Rules(**values), by=None)


def _refused(campaign_key: uuid.UUID | None = None, **values) -> dict[str, list[str]]:
    with pytest.raises(ValidationError) as caught:
        _save(campaign_key, **values)
    return caught.value.message_dict


def test_without_a_rule_the_usual_one_counts():
    assert pacing.site_rules() == USUAL
    assert pacing.campaign_rules(CAMPAIGN) == Rules()


def test_a_rule_of_the_site_and_one_of_a_campaign_are_kept_apart_and_once_each():
    user = User.objects.create_user("erin")
    for limit in (10, 12):
        pacing_rules.save(campaign_key=None, rules=Rules(official_per_hour=limit), by=user)
        _save(CAMPAIGN, official_per_hour=limit - 6, closes_at=time(16))
    assert PacingRule.objects.count() == 2
    assert PacingRule.objects.get(campaign_key=None).changed_by == user
    book = pacing.rule_book([CAMPAIGN], [])
    assert (book.site.official_per_hour, book.site.domain_per_hour) == (12, USUAL.domain_per_hour)
    merged = book.for_campaign(CAMPAIGN)
    assert (merged.official_per_hour, merged.opens_at, merged.closes_at) == (6, time(8), time(16))


def test_a_field_that_is_emptied_is_as_above_again():
    _save(official_per_hour=10)
    _save()
    assert pacing.site_rules() == USUAL


@pytest.mark.parametrize("name", pacing_rules.LIMITS)
@pytest.mark.parametrize("number", [0, -1, 1_000_001])
def test_a_limit_that_makes_no_sense_is_refused_at_its_field(name, number):
    assert list(_refused(**{name: number})) == [name]
    assert not PacingRule.objects.exists()


def test_a_campaign_that_would_be_faster_than_the_site_is_refused_with_the_number():
    [sentence] = _refused(CAMPAIGN, official_per_hour=21)["official_per_hour"]
    assert "20 an hour" in sentence


def test_hours_that_end_before_they_begin_are_refused_where_one_can_act():
    assert list(_refused(opens_at=time(9), closes_at=time(9))) == ["closes_at"]
    assert list(_refused(opens_at=time(19))) == ["opens_at"]
    assert list(_refused(CAMPAIGN, closes_at=time(7))) == ["closes_at"]


def test_a_spread_of_more_than_two_weeks_is_refused():
    assert list(_refused(spread_hours=24 * 14 + 1)) == ["spread_hours"]


def test_saving_moves_letters_that_wait_and_logs_no_person(settings: Settings, caplog: pytest.LogCaptureFixture):
    settings.PACE_LETTERS = True
    pacing_rules.save(campaign_key=None, rules=ALL_DAY, by=None)
    for _number in range(30):
        make_message(
            planned_at=None, campaign_key=CAMPAIGN, recipient_key="official:1", recipient_domain="house.example"
        )
    planning.plan()
    before = pacing.expected_finish(campaign_key=CAMPAIGN)
    with caplog.at_level(logging.INFO):
        _save(CAMPAIGN, total_per_hour=2)
    after = pacing.expected_finish(campaign_key=CAMPAIGN)
    assert OutboxMessage.objects.filter(planned_at=None).count() == 0
    assert (after.at - before.at).total_seconds() > 12 * 3600
    assert after.at > timezone.now()
    assert "total_per_hour=2" in caplog.text
    assert "legislature.example" not in caplog.text
