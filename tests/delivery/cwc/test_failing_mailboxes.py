"""Offices of Congress that are written to by mail first, and whose mailbox returns its mail."""

import pytest
from django.utils import timezone
from pytest_django import Settings

from delivery.records.cwc_offices import CwcOffice
from delivery.records.messages import DeliveryEvent, OutboxMessage
from delivery.records.recipients import RecipientRecord
from delivery.services import dispatch, outbox
from tests.delivery.cwc.samples import make_content
from tests.delivery.cwc.server import CwcServer
from tests.delivery.fakes import FakeMailer
from tests.factories.delivery import make_draft

Reason = DeliveryEvent.Reason
pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture(autouse=True)
def sending(settings: Settings, congress: CwcServer) -> None:
    settings.EMAIL_BACKEND = "delivery.adapters.smtp.SmtpBackend"
    CwcOffice.objects.create(code="HMA05", chamber="us_house", seen_at=timezone.now())


def _by_mail_first() -> OutboxMessage:
    draft = make_draft(
        routes=("email", "cwc", "handoff"),
        recipient_key="official:5",
        recipient_address="Office@congress.example",
        congress=make_content(),
    )
    return outbox.enqueue(drafts=[draft])[0]


def _drain(mailer: FakeMailer) -> dict[str, int]:
    return dict(dispatch.drain(connect=lambda: mailer).by_state)  # type: ignore[arg-type,return-value]


def _failing(address: str) -> None:
    RecipientRecord.objects.create(
        key="official:5", name="Clark", failing_since=timezone.now(), failing_address=address
    )


def test_a_mailbox_that_returns_mail_is_passed_over_for_congresss_own_system(congress: CwcServer) -> None:
    _failing("office@congress.example")
    message = _by_mail_first()
    assert (message.channel, message.state, message.routes) == ("cwc", "queued", ["handoff"])
    mailer = FakeMailer()
    assert _drain(mailer) == {"accepted": 1}
    assert ([received.delivery_id for received in congress.delivered], mailer.sent) == ([message.pk.hex], [])


def test_a_mailbox_that_goes_bad_while_the_letter_waits_is_passed_over_too(congress: CwcServer) -> None:
    message = _by_mail_first()
    assert (message.channel, message.routes) == ("email", ["cwc", "handoff"])
    _failing("office@congress.example")
    mailer = FakeMailer()
    _drain(mailer)
    _drain(mailer)
    message.refresh_from_db()
    assert (message.state, message.channel, message.routes) == ("accepted", "cwc", ["handoff"])
    assert ("queued", Reason.ADDRESS_FAILING) in message.events.values_list("state", "reason")
    assert ([received.delivery_id for received in congress.delivered], mailer.sent) == ([message.pk.hex], [])


def test_another_mailbox_of_the_same_office_is_written_to_as_the_staff_ordered(congress: CwcServer) -> None:
    _failing("former@congress.example")
    message = _by_mail_first()
    mailer = FakeMailer()
    assert _drain(mailer) == {"accepted": 1}
    message.refresh_from_db()
    assert (message.state, message.channel) == ("accepted", "email")
    assert (len(mailer.sent), congress.asked) == (1, [])


def test_where_congress_is_not_open_either_a_failing_mailbox_makes_a_handoff(settings: Settings) -> None:
    settings.CWC_MODE = "off"
    _failing("office@congress.example")
    message = _by_mail_first()
    assert (message.channel, message.state, message.routes) == ("handoff", "needs_handoff", [])
    assert list(message.events.values_list("state", "reason")) == [("needs_handoff", Reason.ADDRESS_FAILING)]
