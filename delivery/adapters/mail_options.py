"""What goes along with a mail for the service alone, as far as the service in use knows it."""

import copy

from anymail.backends.base import AnymailBaseBackend
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from delivery.engine.addressing import OutgoingMail

#: Services that can be told not to watch who opens a mail; Anymail refuses a mail that says so to any other.
_CAN_LEAVE_UNWATCHED = frozenset(
    {"Mailgun", "Mailjet", "Mandrill", "MailerSend", "Postmark", "SendGrid", "SparkPost", "Test", "Unisender Go"}
)
#: Services that send returned mail to an address of each mail's own. Mailgun and Mandrill would take its domain for
#: that of the account, Mailjet would show it to the reader, and Anymail refuses the mail at any other.
TAKES_RETURN_ADDRESS = frozenset({"Amazon SES", "Postal", "SparkPost", "Test"})


def add(message: EmailMessage, outgoing: OutgoingMail, connection: BaseEmailBackend) -> None:
    """Adds our id, the stream's options, the address for returned mail, and that nobody is to be watched."""
    # Nothing but an opaque id: services show metadata to whoever has an account.
    message.metadata = {"message": outgoing.reference}  # type: ignore[attr-defined]
    if isinstance(connection, AnymailBaseBackend):
        _add_for_service(message, outgoing, connection.esp_name)
    elif outgoing.envelope_sender:
        # Django takes the envelope from here, and the header from there.
        message.extra_headers["From"] = message.from_email
        message.from_email = outgoing.envelope_sender


def _add_for_service(message: EmailMessage, outgoing: OutgoingMail, service: str) -> None:
    if service in _CAN_LEAVE_UNWATCHED:
        message.track_opens = message.track_clicks = False  # type: ignore[attr-defined]
    if outgoing.envelope_sender and service in TAKES_RETURN_ADDRESS:
        message.envelope_sender = outgoing.envelope_sender  # type: ignore[attr-defined]
    if outgoing.service_options:
        # Some of Anymail's backends take parts out of what they are given.
        message.esp_extra = copy.deepcopy(outgoing.service_options)  # type: ignore[attr-defined]
