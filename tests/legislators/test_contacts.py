"""How an official is reached when staff know better than the source."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from legislators.models import ContactOverride
from legislators.selectors.contacts import contact_of
from tests.factories import legislators as make

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 21)


def _override(official, **values):
    defaults = {"reason": "the office told us", "expires_on": date(2027, 1, 1)} | values
    return ContactOverride.objects.create(official=official, **defaults)


def test_without_a_correction_the_source_counts():
    official = make.official(email="one@legislature.alder.example")
    make.office(official, phone="555-0101")
    found = contact_of(official, TODAY)
    assert (found.email, found.phone, found.is_corrected) == ("one@legislature.alder.example", "555-0101", False)


def test_a_correction_goes_before_the_source_and_leaves_what_it_does_not_name():
    official = make.official(email="old@legislature.alder.example", contact_form_url="https://vale.alder.example/form")
    _override(official, email="new@legislature.alder.example")
    found = contact_of(official, TODAY)
    assert found.email == "new@legislature.alder.example"
    assert found.contact_form_url == "https://vale.alder.example/form"
    assert found.is_corrected


def test_on_its_last_day_a_correction_no_longer_counts():
    official = make.official(email="old@legislature.alder.example")
    _override(official, email="new@legislature.alder.example", expires_on=TODAY)
    assert contact_of(official, TODAY).email == "old@legislature.alder.example"


def test_a_correction_can_stop_mail_without_knowing_a_better_address():
    official = make.official(email="full@legislature.alder.example")
    _override(official, stops_email=True)
    assert contact_of(official, TODAY).email == ""


@pytest.mark.parametrize("values", [{}, {"email": "a@b.example", "stops_email": True}, {"phone": "1", "reason": ""}])
def test_a_correction_that_says_nothing_or_contradicts_itself_is_refused(values):
    with pytest.raises(IntegrityError), transaction.atomic():
        _override(make.official(), **values)
