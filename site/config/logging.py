"""Keeps personal data out of the log, whoever writes it."""

import logging
import re

_EMAIL = re.compile(r"[\w.+'-]+@[\w-]+(?:\.[\w-]+)+")
#: Anything after a question mark: a query string can carry what a person typed.
_QUERY = re.compile(r"(?<=\S)\?\S+")


class PersonalDataFilter(logging.Filter):
    """Masks e-mail addresses and query strings in the finished line."""

    def filter(self, record: logging.LogRecord) -> bool:
        message = record.getMessage()
        masked = _QUERY.sub("?…", _EMAIL.sub("[e-mail]", message))
        if masked != message:
            record.msg, record.args = masked, ()
        return True
