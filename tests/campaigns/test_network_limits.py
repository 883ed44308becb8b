"""Limits by network where many people share one: an event, a hospital, a stand."""

import pytest
from django.core.cache import cache
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from wagtail.models import Site

from campaigns.content.action_page import ActionPage
from campaigns.content.protection_settings import ProtectionSettings
from campaigns.engine.actions import Answers
from campaigns.engine.addresses import AddressKind, StatedAddress
from campaigns.engine.composing import Constituent
from campaigns.engine.networks import is_within, networks_in, wrong_networks
from campaigns.engine.protection import BY_RISK, Rules
from campaigns.records.submissions import Submission
from campaigns.services import protection
from legislators.engine.resolution import PostalAddress
from tests.campaigns.test_stands import address as stand_address
from tests.campaigns.test_stands import send as send_at_a_stand
from tests.factories import campaigns as make
from tests.factories import participation


@pytest.fixture
def one_an_hour(db: None) -> ProtectionSettings:
    found = ProtectionSettings.for_site(Site.objects.get(is_default_site=True))
    found.network_an_hour = found.network_a_day = 1
    found.save()
    cache.clear()
    return found


def _page(slug: str = "petition", **fields: object) -> ActionPage:
    return participation.page(participation.action("petition"), slug=slug, **fields)


def _standings(page: ActionPage, count: int, *, at: str = "203.0.113.7", first: int = 0) -> list[str]:
    client = Client(REMOTE_ADDR=at)
    emails = [f"p{number}@clinic.example" for number in range(first, first + count)]
    return [participation.sent(page, email=email, client=client).standing for email in emails]


# --- The rules -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("site", "own", "expected"),
    [
        ((60, 300), None, (60, 300)),
        ((60, 300), 200, (200, 1000)),
        ((60, 300), 10, (10, 300)),
        ((60, 300), 0, (0, 0)),
        ((0, 300), 200, (200, 300)),
        ((60, 0), 200, (200, 0)),
        ((0, 0), 5, (5, 0)),
    ],
)
def test_an_action_has_the_limit_that_its_editor_set(
    site: tuple[int, int], own: int | None, expected: tuple[int, int]
) -> None:
    rules = Rules(network_an_hour=site[0], network_a_day=site[1]).for_action(own)
    assert (rules.network_an_hour, rules.network_a_day) == expected


@given(st.integers(0, 500), st.integers(0, 5000), st.integers(1, 5000))
def test_a_day_never_has_less_than_an_hour_of_an_action(an_hour: int, a_day: int, own: int) -> None:
    a_day = max(a_day, an_hour) if a_day else 0
    rules = Rules(network_an_hour=an_hour, network_a_day=a_day).for_action(own)
    assert rules.network_an_hour == own
    assert rules.network_a_day >= max(own, a_day) if a_day else rules.network_a_day == 0


def test_networks_are_read_as_staff_type_them() -> None:
    found = networks_in(" 203.0.113.7 \n\n2001:db8::/32\n10.1.2.3/8\nhospital")
    assert [str(network) for network in found] == ["203.0.113.7/32", "2001:db8::/32", "10.0.0.0/8"]
    assert wrong_networks("203.0.113.7\nhospital\n0.0.0.0/0") == ["hospital", "0.0.0.0/0"]
    assert is_within("::ffff:203.0.113.7", found)
    assert is_within("2001:db8:9::1", found)
    assert not is_within("203.0.113.8", found)
    assert not is_within("", found)


# --- At the form -----------------------------------------------------------------------------------------


def test_an_action_can_be_given_a_higher_limit_than_the_site(one_an_hour: ProtectionSettings) -> None:
    assert _standings(_page("usual"), 2, at="198.51.100.7") == ["clear", "quarantined"]
    assert _standings(_page("event", network_an_hour=3), 4) == ["clear", "clear", "clear", "quarantined"]


def test_an_event_uses_up_nothing_of_what_its_network_may_do_elsewhere(one_an_hour: ProtectionSettings) -> None:
    assert _standings(_page("event", network_an_hour=3), 3) == ["clear"] * 3
    assert _standings(_page("usual"), 1, first=9) == ["clear"]


def test_an_action_can_be_without_a_limit(one_an_hour: ProtectionSettings) -> None:
    assert _standings(_page("event", network_an_hour=0), 4) == ["clear"] * 4


def test_networks_that_the_staff_name_have_no_limit_and_their_forms_are_still_told_apart(
    one_an_hour: ProtectionSettings,
) -> None:
    one_an_hour.trusted_networks = "203.0.113.0/24"
    one_an_hour.save()
    cache.clear()
    page = _page()
    assert _standings(page, 3) == ["clear"] * 3
    assert len(set(Submission.objects.values_list("network", flat=True)) - {""}) == 1
    assert _standings(page, 2, at="198.51.100.7", first=5) == ["clear", "quarantined"]


def test_a_stand_uses_up_nothing_of_what_its_network_may_do_elsewhere(
    alder: object, one_an_hour: ProtectionSettings
) -> None:
    page = make.action_page(has_kiosk_mode=True)
    for number in range(4):
        send_at_a_stand(Client(enforce_csrf_checks=True), stand_address(page), email=f"p{number}@clinic.example")
    assert set(Submission.objects.values_list("standing", flat=True)) == {"clear"}
    make.send(page, Client(), email="p9@clinic.example")
    assert Submission.objects.order_by("-pk")[0].standing == "clear"


def test_hundreds_may_practice_at_one_address(db: None) -> None:
    rules = Rules(address_a_day=1)
    counted = {}
    for kind in AddressKind:
        stated = StatedAddress(kind, PostalAddress("1 Hospital Way", "Port Alder", "AX", "69901"))
        for number in range(2):
            person = Constituent("Ana", "Poe", f"{kind}{number}@clinic.example", addresses=(stated,))
            answers = Answers(constituent=person, form_data={}, texts={}, consents=())
            visit = protection.Visit(seconds=60.0)
            found = protection.assess(visit=visit, answers=answers, rules=rules, confirmation=BY_RISK)
        counted[kind] = found.reasons
    assert counted == {AddressKind.HOME: ("address_limit",), AddressKind.PRACTICE: ()}
