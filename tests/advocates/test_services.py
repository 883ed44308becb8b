"""Knowing a person again, and keeping what they agreed to."""

import uuid

import pytest

from advocates.engine.emails import NotAnAddress
from advocates.engine.people import Consent
from advocates.records.advocates import Advocate
from advocates.records.consents import ConsentEvent
from advocates.services import consents
from tests.factories.advocates import advocate

pytestmark = pytest.mark.django_db
NEWS = Consent(purpose="news", text="Send me news.", is_granted=True)


def test_one_mailbox_is_one_person_however_it_is_written():
    assert advocate("Maria@Clinic.Example") == advocate("maria@clinic.example")
    assert Advocate.objects.get().email == "Maria@Clinic.Example"


def test_what_is_typed_into_a_form_overwrites_nothing_that_is_known():
    advocate(given="Maria")
    assert advocate(given="Mallory").given_name == "Maria"


def test_what_is_typed_into_a_form_fills_what_is_blank():
    advocate(title="")
    assert advocate(title="Dr.").title == "Dr."
    assert Advocate.objects.get().title == "Dr."


def test_what_is_no_address_makes_no_person():
    with pytest.raises(NotAnAddress):
        advocate("nonsense")
    assert Advocate.objects.count() == 0


def test_a_box_that_was_not_ticked_is_kept_too_with_its_words():
    refused = Consent(purpose="stories", text="Publish my story.", is_granted=False)
    source = uuid.uuid4()
    consents.record(advocate=advocate(), consents=[NEWS, refused], source_key=source, language="en")
    events = list(ConsentEvent.objects.filter(source_key=source))
    assert [(event.purpose, event.is_granted, event.text) for event in events] == [
        ("news", True, "Send me news."),
        ("stories", False, "Publish my story."),
    ]
    assert len(events[0].text_hash) == 64


def test_the_same_form_recorded_twice_is_one_agreement():
    source, person = uuid.uuid4(), advocate()
    for _time in range(2):
        consents.record(advocate=person, consents=[NEWS], source_key=source, language="en")
    assert ConsentEvent.objects.count() == 1


def test_another_form_is_another_event_and_the_first_one_stays():
    person = advocate()
    withdrawn = Consent(purpose="news", text="Send me news.", is_granted=False)
    for consent in (NEWS, withdrawn):
        consents.record(advocate=person, consents=[consent], source_key=uuid.uuid4(), language="en")
    assert list(ConsentEvent.objects.values_list("is_granted", flat=True)) == [True, False]
