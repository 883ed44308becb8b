"""What the system checks and the command say about the settings for letters to Congress."""

from typing import Any

import pytest
from django.core import checks
from django.core.management import CommandError, call_command
from django.utils import timezone
from pytest_django import Settings

from delivery.engine.cwc.chambers import HOUSE, RULES
from delivery.engine.cwc.validation import Code, Problem, problems
from delivery.records.cwc_offices import CwcOffice
from delivery.selectors import cwc
from delivery.services import cwc_trials
from delivery.services.cwc_readiness import check_cwc_settings
from tests.delivery.cwc.samples import make_content
from tests.delivery.cwc.server import HOUSE_KEY, SENATE_KEY, CwcServer


def _ids() -> list[str]:
    # The addresses of the test's server are no https, which the last test is about.
    return [message.id for message in check_cwc_settings(None) if message.id != "delivery.W021"]


def test_nothing_is_said_while_it_is_off(settings: Settings) -> None:
    assert settings.CWC_MODE == "off"
    assert check_cwc_settings(None) == []


@pytest.mark.parametrize("mode", ["validate", "test", "live"])
def test_nothing_is_wrong_with_complete_settings(congress: CwcServer, settings: Settings, mode: str) -> None:
    settings.CWC_MODE = mode
    assert _ids() == []


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"CWC_MODE": "Live"}, ["delivery.E020"]),
        ({"DELIVERY_MODE": "capture"}, ["delivery.E021"]),
        ({"CWC_HOUSE_KEY": "", "CWC_SENATE_KEY": " "}, ["delivery.E022"]),
        ({"CWC_SENATE_KEY": ""}, ["delivery.W020"]),
        ({"CWC_SENATE_RULES": {"colour": "blue"}}, ["delivery.E023"]),
        ({"CWC_HOUSE_DELIVERY_AGENT": ""}, ["delivery.E024"]),
        ({"CWC_ACK_ADDRESS": "acks"}, ["delivery.E024"]),
        ({"CWC_CONTACT_NAME": "Grace"}, ["delivery.E024"]),
        ({"CWC_CONTACT_EMAIL": ""}, ["delivery.E024"]),
        ({"CWC_CONTACT_PHONE": "617 555 0100"}, ["delivery.E024"]),
        ({"CWC_ORGANIZATION": ""}, ["delivery.E024"]),
        ({"CWC_ORGANIZATION": "", "CWC_HOUSE_KEY": ""}, ["delivery.W020"]),
    ],
)
def test_each_setting_that_would_be_refused_is_told(
    congress: CwcServer, settings: Settings, changes: dict[str, str], expected: list[str]
) -> None:
    for name, value in changes.items():
        setattr(settings, name, value)
    assert _ids() == expected


def test_capturing_mail_is_no_problem_where_nothing_would_be_sent(congress: CwcServer, settings: Settings) -> None:
    settings.CWC_MODE, settings.DELIVERY_MODE = "test", "capture"
    assert _ids() == []


def test_a_setting_is_told_by_its_name_and_no_key_is(congress: CwcServer, settings: Settings) -> None:
    settings.CWC_CONTACT_NAME, settings.CWC_SENATE_DELIVERY_AGENT = "Bo", ""
    said = " ".join(f"{message.msg} {message.hint}" for message in check_cwc_settings(None))
    assert "CWC_CONTACT_NAME has fewer than 6 characters" in said
    assert "CWC_SENATE_DELIVERY_AGENT is not set" in said
    assert HOUSE_KEY not in said
    assert SENATE_KEY not in said


def test_an_address_without_tls_is_told(congress: CwcServer, settings: Settings) -> None:
    settings.CWC_HOUSE_URL = settings.CWC_HOUSE_TEST_URL = "https://cwc.example"
    found = [message.msg for message in check_cwc_settings(None)]
    assert found == ["CWC_SENATE_URL is no https:// address."]


def test_the_checks_are_registered(congress: CwcServer, settings: Settings) -> None:
    settings.CWC_CONTACT_PHONE = ""
    assert "delivery.E024" in [message.id for message in checks.run_checks()]


@pytest.fixture
def offices(db: None) -> None:
    now = timezone.now()
    CwcOffice.objects.create(code="HMA05", chamber="us_house", seen_at=now)
    CwcOffice.objects.create(code="SMA01", chamber="us_senate", seen_at=now)


@pytest.mark.usefixtures("offices")
@pytest.mark.parametrize("mode", ["validate", "test"])
def test_a_sample_letter_is_tried_on_the_test_systems_of_both_chambers(
    congress: CwcServer, settings: Settings, capsys: pytest.CaptureFixture[str], mode: str
) -> None:
    settings.CWC_MODE = mode
    # Addresses without TLS are told as a problem, so the command ends badly here.
    with pytest.raises(CommandError):
        call_command("check_cwc", "--ask")
    out = capsys.readouterr().out
    assert "us_house: a sample letter to HMA05 was taken by the test system; nothing was sent" in out
    assert "us_senate: a sample letter to SMA01 was taken by the test system; nothing was sent" in out
    assert len(congress.asked) == 2
    assert congress.delivered == []


@pytest.mark.usefixtures("offices")
def test_no_sample_letter_is_ever_sent_live(congress: CwcServer) -> None:
    trial = cwc_trials.ask(chamber=HOUSE, delivery_id="0" * 32)
    assert not trial.is_taken
    assert congress.asked == []


@pytest.mark.usefixtures("offices")
def test_a_sample_letter_that_is_refused_says_why(congress: CwcServer, settings: Settings) -> None:
    settings.CWC_MODE = "validate"
    congress.complaints = ["Element Zip is invalid"]
    trial = cwc_trials.ask(chamber=HOUSE, delivery_id="0" * 32)
    assert (trial.is_taken, trial.words) == (False, "not taken: HTTP 400: Element Zip is invalid")


@pytest.mark.django_db
def test_the_command_says_that_it_is_off(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("check_cwc")
    out = capsys.readouterr().out
    assert "CWC_MODE is off." in out
    assert "us_senate: off, 0 offices, list of never" in out


@pytest.mark.parametrize(
    ("problem", "words"),
    [
        (Problem("prefix", Code.MISSING), "Form of address: Congress’s system asks for this."),
        (Problem("subject", Code.TOO_LONG, 500), "Subject: at most 500 characters."),
        (Problem("city", Code.TOO_SHORT, 3), "City: at least 3 characters."),
        (Problem("state", Code.NOT_ONE_OF), "State: Congress’s system takes certain values only."),
        (Problem("phone", Code.MALFORMED), "Phone: Congress’s system does not take it in this form."),
        (Problem("own_words", Code.NO_TEXT), "The letter has no text."),
    ],
)
def test_a_problem_is_said_in_a_sentence(problem: Problem, words: str) -> None:
    assert cwc.describe(problem) == words


def test_every_field_that_can_be_wrong_has_a_name(settings: Settings) -> None:
    nothing: dict[str, Any] = dict.fromkeys(
        ("office", "campaign_id", "prefix", "first_name", "last_name", "address1", "city", "state", "zip_code"), ""
    )
    broken = make_content(
        **nothing, email="", subject="", topics=(), statement="", own_words="", phone="x", position="x"
    )
    from delivery.adapters.cwc import configuration
    from delivery.engine.cwc.validation import society_problems

    found = [*problems(broken, RULES[HOUSE]), *society_problems(configuration.society(HOUSE), RULES[HOUSE])]
    assert len(found) > 15
    assert all(cwc.describe(problem) for problem in found)
