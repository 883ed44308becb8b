"""Letters over a real SMTP conversation: hostile input, and a server that misbehaves."""

import pytest
from django.core.mail import get_connection
from pytest_django import Settings

from delivery.adapters import mail
from delivery.adapters.carriers import NotAccepted
from delivery.adapters.mail import BackendMailer
from delivery.engine.addressing import OutgoingMail, address_mail
from delivery.engine.failures import Fate
from delivery.records.messages import OutboxMessage
from delivery.services import dispatch, outbox
from tests.delivery.sink import Sink
from tests.factories.delivery import make_draft, make_message

State = OutboxMessage.State
pytestmark = pytest.mark.django_db(transaction=True)

HOSTILE = [
    "Joe\r\nBcc: victim@elsewhere.example\r\n\r\nOwned",
    'Joe" <victim@elsewhere.example>, "Other',
    "Joe, victim@elsewhere.example; other@elsewhere.example",
    "<script>alert(1)</script>",
    "=?utf-8?q?Joe=0D=0ABcc=3A_victim=40elsewhere.example?=",
    "Ñandú " * 2_000,
    "x" * 10_240,
    ".\r\n.\r\nRCPT TO:<victim@elsewhere.example>",
]


def _mail(**changes: str) -> OutgoingMail:
    values = {
        "reference": "00000000-0000-0000-0000-000000000001",
        "from_address": "letters@society.example",
        "sender_name": "Ada Quill",
        "recipient_name": "Senator Poe",
        "recipient_address": "poe@senate.example",
        "reply_to_address": "ada@clinic.example",
        "subject": "Hello",
        "body": "Dear Senator",
    }
    return address_mail(**{**values, **changes}, is_automatic=False)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_in_every_field_arrives_as_text(smtp_sink: Sink, text: str) -> None:
    outbox.enqueue(
        drafts=[
            make_draft(
                sender_name=text, recipient_name=text, subject=text, body=text, recipient_address="poe@senate.example"
            )
        ]
    )
    dispatch.drain()
    [received] = smtp_sink.received
    assert received.recipients == ["poe@senate.example"]
    assert received.envelope_sender == "letters@alder-medical.example"
    message = received.message
    assert [address.addr_spec for address in message["From"].addresses] == ["letters@alder-medical.example"]
    assert [address.addr_spec for address in message["To"].addresses] == ["poe@senate.example"]
    assert [address.addr_spec for address in message["Reply-To"].addresses] == ["ada.quill@clinic.example"]
    assert set(message.keys()) == {
        "Content-Type", "MIME-Version", "Content-Transfer-Encoding", "Subject", "From", "To", "Reply-To", "Date",
        "Message-ID",
    }  # fmt: skip
    assert message.get_content_type() == "text/plain"
    body = str(message.get_content()).replace("\r\n", "\n").rstrip("\n")
    assert body == text.replace("\r\n", "\n").rstrip("\n")


def test_a_letter_is_readable_in_spanish(smtp_sink: Sink) -> None:
    outbox.enqueue(
        drafts=[make_draft(sender_name="Dra. Inés Ñandú", subject="Más salud", body="Estimada señora: ¡sí!")]
    )
    dispatch.drain()
    message = smtp_sink.received[0].message
    assert message["From"].addresses[0].display_name == "Dra. Inés Ñandú"
    assert message["Subject"] == "Más salud"
    assert "¡sí!" in message.get_content()


def test_many_letters_go_over_one_connection(smtp_sink: Sink) -> None:
    for _ in range(25):
        make_message()
    dispatch.drain()
    assert (len(smtp_sink.received), smtp_sink.sessions) == (25, 1)


@pytest.mark.parametrize(
    ("reply", "state"),
    [("451 4.7.1 Greylisted", State.QUEUED), ("550 5.1.1 No such user", State.NEEDS_HANDOFF)],
)
def test_what_the_server_says_of_the_recipient(smtp_sink: Sink, reply: str, state: str) -> None:
    smtp_sink.rcpt_reply = reply
    message = make_message()
    dispatch.drain()
    message.refresh_from_db()
    assert message.state == state
    assert message.recipient_address not in message.events.last().detail  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("reply", "state"),
    [("452 4.3.1 Full", State.QUEUED), ("421 4.3.2 Closing", State.QUEUED), ("554 5.7.1 Spam", State.NEEDS_HANDOFF)],
)
def test_what_the_server_says_of_the_text(smtp_sink: Sink, reply: str, state: str) -> None:
    smtp_sink.data_reply = reply
    message = make_message()
    dispatch.drain()
    message.refresh_from_db()
    assert message.state == state


def test_a_server_that_hangs_up_after_the_text_leaves_the_letter_uncertain(smtp_sink: Sink) -> None:
    smtp_sink.hangs_up_after_data = True
    message = make_message()
    dispatch.drain()
    message.refresh_from_db()
    assert (message.state, len(smtp_sink.received)) == (State.UNCERTAIN, 1)


def test_a_server_that_is_slow_to_answer_the_text_leaves_the_letter_uncertain(
    smtp_sink: Sink, settings: Settings
) -> None:
    settings.EMAIL_TIMEOUT = 0.3
    smtp_sink.delay_seconds = 1.0
    message = make_message()
    dispatch.drain()
    message.refresh_from_db()
    assert message.state == State.UNCERTAIN


def test_a_server_that_hangs_up_before_the_text_has_certainly_not_got_it(smtp_sink: Sink) -> None:
    smtp_sink.hangs_up_at_mail = True
    message = make_message()
    dispatch.drain()
    message.refresh_from_db()
    assert (message.state, message.attempts) == (State.QUEUED, 0)
    smtp_sink.hangs_up_at_mail = False
    OutboxMessage.objects.update(next_attempt_at=message.created_at)
    dispatch.drain()
    message.refresh_from_db()
    assert (message.state, len(smtp_sink.received)) == (State.ACCEPTED, 1)


def test_with_djangos_own_backend_a_broken_line_is_never_taken_for_a_refusal(
    smtp_sink: Sink, settings: Settings
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    smtp_sink.hangs_up_after_data = True
    message = make_message()
    dispatch.drain()
    message.refresh_from_db()
    assert message.state == State.UNCERTAIN


def test_no_server_at_all_keeps_every_letter(settings: Settings) -> None:
    settings.DELIVERY_MODE = "send"
    settings.EMAIL_BACKEND = "delivery.adapters.smtp.SmtpBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", 1, 2
    for _ in range(3):
        make_message()
    assert dispatch.drain().is_service_away
    assert set(OutboxMessage.objects.values_list("state", "attempts")) == {(State.QUEUED, 0)}


def test_a_backend_that_does_not_exist_keeps_every_letter(settings: Settings) -> None:
    settings.DELIVERY_MODE = "send"
    settings.EMAIL_BACKEND = "no.such.Backend"
    message = make_message()
    assert dispatch.drain().is_service_away
    message.refresh_from_db()
    assert message.state == State.QUEUED


def test_in_capture_mode_nothing_reaches_a_server_whatever_the_backend_says(
    smtp_sink: Sink, settings: Settings, tmp_path: object
) -> None:
    settings.DELIVERY_MODE = "capture"
    settings.CAPTURED_MAIL_DIR = tmp_path
    message = make_message()
    dispatch.drain()
    message.refresh_from_db()
    assert (message.state, smtp_sink.received, smtp_sink.sessions) == (State.CAPTURED, [], 0)


def test_an_unknown_mode_sends_nothing(smtp_sink: Sink, settings: Settings, tmp_path: object) -> None:
    settings.DELIVERY_MODE = "Send"
    settings.CAPTURED_MAIL_DIR = tmp_path
    make_message()
    dispatch.drain()
    assert smtp_sink.received == []


def test_the_mailer_opens_again_after_a_broken_line(smtp_sink: Sink) -> None:
    mailer = BackendMailer(get_connection(mail.backend_path()))
    smtp_sink.hangs_up_at_mail = True
    mailer.open()
    with pytest.raises(NotAccepted) as caught:
        mailer.send(_mail())
    assert caught.value.failure.fate is Fate.RETRY
    smtp_sink.hangs_up_at_mail = False
    mailer.open()
    assert mailer.send(_mail()).provider_message_id == _mail().message_id
    mailer.close()
    mailer.close()
