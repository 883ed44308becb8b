"""Django's SMTP backend, which also knows whether a letter's text had begun to go out when the line broke."""

import smtplib
from collections.abc import Sequence
from typing import Any

from django.core.mail import EmailMessage
from django.core.mail.backends.smtp import EmailBackend


class _Watched:
    """Remembers how far the message at hand has come."""

    has_begun_content = False

    def mail(self, sender: str, options: Any = ()) -> Any:
        self.has_begun_content = False
        return super().mail(sender, options)  # type: ignore[misc]

    def data(self, msg: Any) -> Any:
        self.has_begun_content = True
        return super().data(msg)  # type: ignore[misc]


class _WatchedSMTP(_Watched, smtplib.SMTP):
    pass


class _WatchedSMTPS(_Watched, smtplib.SMTP_SSL):
    pass


class SmtpBackend(EmailBackend):
    """Use it as EMAIL_BACKEND in production: with Django's own, every broken line leaves a letter uncertain."""

    @property
    def connection_class(self) -> type[smtplib.SMTP]:
        return _WatchedSMTPS if self.use_ssl else _WatchedSMTP

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        if self.connection is not None:
            # What is said of the message before must not be read as said of this one.
            self.connection.has_begun_content = False  # type: ignore[attr-defined]
        return super().send_messages(email_messages)

    @property
    def has_begun_content(self) -> bool:
        return getattr(self.connection, "has_begun_content", False)
