"""Writes mail to files instead of sending it: what every machine does that was not told to send."""

import itertools
import os
import time
from collections.abc import Sequence
from pathlib import Path

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

_counter = itertools.count()


class CapturedMailBackend(BaseEmailBackend):
    """One `.eml` file a message, in `CAPTURED_MAIL_DIR`; any mail program opens it."""

    #: A file that could not be written reached nobody, so the message may be tried again.
    has_begun_content = False

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        folder = Path(settings.CAPTURED_MAIL_DIR)
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        for message in email_messages:
            # Several processes write here: the process and its count tell apart what one moment brings.
            stamp = f"{time.strftime('%Y%m%d-%H%M%S')}-{time.time_ns() % 10**9:09d}"
            name = f"{stamp}-{os.getpid()}-{next(_counter)}"
            unfinished = folder / f".{name}.part"
            # Letters are private: only the account that runs the site reads them, whatever its umask.
            descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "wb") as file:
                file.write(message.message().as_bytes())
            unfinished.rename(folder / f"{name}.eml")
        return len(email_messages)
