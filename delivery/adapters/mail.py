"""Hands one mail after another to the mail service over one connection."""

import contextlib

from django.conf import settings
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend

from delivery.adapters import mail_errors, mail_options, mail_services, relay
from delivery.adapters.carriers import Answer, Carrier, NotAccepted
from delivery.engine.addressing import OutgoingMail
from delivery.engine.failures import Failure, Fate

#: The mode in which mail leaves; any other captures it.
SEND = "send"
CAPTURE = "capture"
CAPTURE_BACKEND = "delivery.adapters.capture.CapturedMailBackend"
#: Backends that cannot reach anybody.
HARMLESS_BACKENDS = frozenset(
    {
        CAPTURE_BACKEND,
        "django.core.mail.backends.console.EmailBackend",
        "django.core.mail.backends.dummy.EmailBackend",
        "django.core.mail.backends.filebased.EmailBackend",
        "django.core.mail.backends.locmem.EmailBackend",
        "anymail.backends.console.EmailBackend",
        "anymail.backends.test.EmailBackend",
    }
)
#: Of these, the ones under which the outbox would call mail captured that nobody could find.
_KEPT_WHEN_CAPTURING = frozenset({CAPTURE_BACKEND, "django.core.mail.backends.locmem.EmailBackend"})


class BackendMailer:
    """Any Django mail backend: SMTP, one of Anymail's, or the one that captures."""

    def __init__(self, connection: BaseEmailBackend) -> None:
        self._connection = connection

    def open(self) -> None:
        try:
            self._connection.open()
        except Exception as error:
            self.close()
            raise NotAccepted(mail_errors.on_opening(error)) from error

    def send(self, outgoing: OutgoingMail, /) -> Answer:
        try:
            message = _email(outgoing, self._connection)
        except Exception as error:
            # Nothing has left; somebody else's mail that is passed on may hold what no parser was made for.
            raise NotAccepted(Failure(Fate.RETRY, type(error).__name__)) from None
        try:
            accepted = self._connection.send_messages([message])
        except Exception as error:
            has_begun = getattr(self._connection, "has_begun_content", True)
            failure = mail_errors.on_sending(error, has_begun_content=has_begun)
            if failure.is_service_wide or failure.fate is Fate.UNCERTAIN:
                self.close()
            raise NotAccepted(failure) from error
        if not accepted:
            raise NotAccepted(Failure(Fate.UNCERTAIN, "no answer"))
        return _answer(message, outgoing)

    def close(self) -> None:
        with contextlib.suppress(Exception):
            self._connection.close()


def backend_path() -> str:
    """The dotted path of the backend that mail leaves through: one that only captures unless told to send.

    The second lock on the door: EMAIL_BACKEND alone sends nothing to anybody.
    """
    if settings.DELIVERY_MODE == SEND or settings.EMAIL_BACKEND in _KEPT_WHEN_CAPTURING:
        return mail_services.backend_path(str(settings.EMAIL_BACKEND))
    return CAPTURE_BACKEND


def connect() -> Carrier[OutgoingMail]:
    """A mailer for one drain of the outbox. No connection is made before it is needed.

    :raises NotAccepted: the backend is misconfigured.
    """
    try:
        return BackendMailer(mail.get_connection(backend_path()))
    except Exception as error:
        raise NotAccepted(mail_errors.on_opening(error)) from error


def is_sending() -> bool:
    """Whether mail leaves this machine."""
    return bool(settings.DELIVERY_MODE == SEND and settings.EMAIL_BACKEND not in HARMLESS_BACKENDS)


def _email(outgoing: OutgoingMail, connection: BaseEmailBackend) -> mail.EmailMessage:
    headers = {
        "Message-ID": outgoing.message_id,
        **mail_services.key_headers(outgoing.reference),
        **outgoing.headers,
    }
    message: mail.EmailMessage
    if outgoing.original:
        message = relay.email(outgoing, connection, headers)
    else:
        message = mail.EmailMessage(
            subject=outgoing.subject,
            body=outgoing.body,
            from_email=outgoing.from_,
            to=[outgoing.to],
            reply_to=[outgoing.reply_to] if outgoing.reply_to else [],
            headers=headers,
            connection=connection,
        )
    mail_options.add(message, outgoing, connection)
    return message


def _answer(message: mail.EmailMessage, outgoing: OutgoingMail) -> Answer:
    status = getattr(message, "anymail_status", None)
    if status is None or status.status is None:
        return Answer(outgoing.message_id)
    if status.status <= {"rejected", "invalid", "failed"}:
        raise NotAccepted(Failure(Fate.FAILED, "refused by the mail service"))
    if status.status <= {"unknown"} and not status.message_id:
        # Postmark's 422 without an address in its words ends here: that is no acceptance.
        raise NotAccepted(Failure(Fate.UNCERTAIN, "no clear answer"))
    # Said by a service that knows the key of a try of which we never heard the answer.
    reason = "accepted_before" if getattr(message, "was_accepted_before", False) else ""
    return Answer(str(status.message_id or outgoing.message_id)[:300], reason=reason)
