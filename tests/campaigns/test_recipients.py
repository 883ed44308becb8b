"""Between queueing and leaving: who left office, moved or changed the address gets no letter that is not theirs."""

from datetime import timedelta

import pytest
from django.utils import timezone

from campaigns.records.submissions import Letter
from campaigns.services import recipients
from delivery.engine.rulings import GO, Verdict
from delivery.records.messages import OutboxMessage
from delivery.services import dispatch
from legislators.records.contacts import ContactOverride
from tests.delivery.fakes import FakeMailer
from tests.factories import campaigns as make
from tests.factories import legislators
from tests.factories.delivery import make_message

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("alder")]


@pytest.fixture
def letter(client):
    """To Senator Tidewater of Harbor, confirmed and not sent."""
    make.send(make.action_page(targets=[("state_upper", None)]), client)
    return Letter.objects.select_related("official", "outbox_message", "submission").get()


def ruling(letter):
    return recipients.rule(messages=[OutboxMessage.objects.get(pk=letter.outbox_message_id)])[letter.outbox_message_id]


def override(letter, **values):
    expires = timezone.localdate() + timedelta(days=30)
    return ContactOverride.objects.create(
        official=letter.official, reason="They told us.", expires_on=expires, **values
    )


def test_nothing_has_changed_and_it_goes(letter):
    assert ruling(letter) == GO


def test_an_official_who_retired_is_not_written_to(letter):
    letter.official.retired_at = timezone.now()
    letter.official.save()
    found = ruling(letter)
    assert (found.verdict, found.reason) == (Verdict.HOLD, "left_office")


def test_an_official_whose_term_has_ended_is_not_written_to(letter):
    letter.official.terms.update(end=timezone.localdate())
    found = ruling(letter)
    assert (found.verdict, found.reason) == (Verdict.HOLD, "left_office")


def test_a_successor_never_gets_the_letter_that_names_the_predecessor(letter):
    seat = letter.official.terms.get()
    letter.official.terms.update(end=timezone.localdate())
    legislators.term(legislators.official("Nova Successor"), seat.division)
    found = ruling(letter)
    assert (found.verdict, found.reason, found.recipient_address) == (Verdict.HOLD, "left_office", "")


@pytest.mark.parametrize("kind", ["sldl", "sldu"])
def test_an_official_who_sits_elsewhere_now_is_not_written_to_as_before(letter, kind):
    letter.official.terms.update(end=timezone.localdate())
    legislators.term(letter.official, legislators.division(kind, "new", "New Place"))
    found = ruling(letter)
    assert (found.verdict, found.reason) == (Verdict.HOLD, "seat_changed")


def test_a_district_that_a_loader_calls_otherwise_is_still_the_same(letter):
    division = letter.official.terms.get().division
    type(division).objects.filter(pk=division.pk).update(name="Harbor and Bay")
    assert ruling(letter) == GO


def test_a_new_address_of_the_same_office_is_followed(letter):
    override(letter, email="new.office@legislature.alder.example")
    found = ruling(letter)
    assert (found.verdict, found.reason) == (Verdict.READDRESS, "address_changed")
    assert found.recipient_address == "new.office@legislature.alder.example"


def test_capitals_in_an_address_are_no_change(letter):
    letter.official.email = letter.official.email.upper()
    letter.official.save()
    assert ruling(letter) == GO


def test_an_office_that_takes_no_e_mail_any_more_gets_it_another_way(letter):
    override(letter, stops_email=True)
    found = ruling(letter)
    assert (found.verdict, found.reason) == (Verdict.NEXT_CHANNEL, "no_address")


def test_an_address_that_became_unusable_is_not_tried(letter):
    letter.official.email = "senator@localhost"
    letter.official.save()
    found = ruling(letter)
    assert (found.verdict, found.reason) == (Verdict.NEXT_CHANNEL, "unusable_address")


def test_what_goes_another_way_than_by_e_mail_is_not_stopped_for_an_address(letter):
    override(letter, stops_email=True)
    OutboxMessage.objects.filter(pk=letter.outbox_message_id).update(channel="cwc", congress={"office": "HMA05"})
    assert ruling(letter) == GO


def test_an_inbox_of_nobody_s_goes_as_it_was_chosen_also_when_the_page_has_it_no_more(client):
    recipient = {"name": "Committee on Health", "office": "", "email": "health@alder.example"}
    page = make.action_page(targets=[("recipient", recipient)], letter_body="Dear {legislator_name},")
    make.send(page, client)
    page.targets = []
    page.save()
    assert ruling(Letter.objects.get()) == GO


def test_a_message_that_no_letter_belongs_to_is_let_go(letter):
    message = make_message()
    assert recipients.rule(messages=[message]) == {message.pk: GO}


def test_an_official_without_a_seat_who_was_picked_goes_until_they_retire(client):
    governor = legislators.official("Gale Governor")
    make.send(make.action_page(targets=[("official", {"official": governor})]), client)
    letter = Letter.objects.get()
    assert letter.chamber == ""
    assert ruling(letter) == GO
    governor.retired_at = timezone.now()
    governor.save()
    assert ruling(letter).reason == "left_office"


def test_many_letters_take_three_queries(client, letter, django_assert_num_queries):
    page = make.action_page(targets=make.UPPER_AND_LOWER)
    for number in range(3):
        make.send(page, client, email=f"person{number}@clinic.example")
    messages = list(OutboxMessage.objects.filter(stream="letter"))
    assert len(messages) == 7
    with django_assert_num_queries(3):
        recipients.rule(messages=messages)


# --- Through a real drain -----------------------------------------------------------------------------------------


@pytest.fixture
def drain(settings, monkeypatch):
    """Sends what is due to nobody; gives back the mails that would have left."""
    settings.SEND_THREADS, settings.PACE_LETTERS = 1, False
    settings.DELIVERY_MODE, settings.EMAIL_BACKEND = "send", "delivery.adapters.smtp.SmtpBackend"
    monkeypatch.setattr("delivery.adapters.queue.wake", lambda *_names: True)
    monkeypatch.setattr("delivery.adapters.queue.acknowledge", lambda *_names: None)

    def run():
        mailer = FakeMailer()
        dispatch.drain(connect=lambda: mailer)
        return {str(mail.to) for mail in mailer.sent}

    return run


@pytest.fixture
def unsent(drain, client):
    """A letter that waits, confirmed while letters leave as soon as they are written."""
    make.send(make.action_page(targets=[("state_upper", None)]), client)
    return Letter.objects.select_related("official", "outbox_message", "submission").get()


def state_of(letter):
    return OutboxMessage.objects.values_list("state", "hold_reasons").get(pk=letter.outbox_message_id)


def test_a_drain_holds_the_letter_to_who_left_office_and_sends_it_to_nobody(unsent, drain):
    unsent.official.terms.update(end=timezone.localdate())
    legislators.term(legislators.official("Nova Successor"), unsent.official.terms.get().division)
    assert not any("legislature" in mail for mail in drain())
    assert state_of(unsent) == ("held", ["left_office"])


def test_a_drain_holds_the_letter_to_who_sits_elsewhere(unsent, drain):
    unsent.official.terms.update(end=timezone.localdate())
    legislators.term(unsent.official, legislators.division("sldl", "new", "New Place"))
    assert not any("legislature" in mail for mail in drain())
    assert state_of(unsent) == ("held", ["seat_changed"])


def test_a_drain_sends_to_the_new_address_of_the_same_office(unsent, drain):
    override(unsent, email="new.office@legislature.alder.example")
    assert any("new.office@legislature.alder.example" in mail for mail in drain())
    assert state_of(unsent) == ("accepted", [])


def test_a_drain_makes_a_hand_off_of_a_letter_to_who_takes_no_e_mail_any_more(unsent, drain, client):
    override(unsent, stops_email=True)
    assert not any("legislature" in mail for mail in drain())
    assert state_of(unsent)[0] == "needs_handoff"
