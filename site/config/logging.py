"""Keeps personal data out of the log, whoever writes it."""

import logging
import re

#: What is recognised, and what stands in its place. A name or a street cannot be told from other words, so code of
#: ours logs ids only; these catch what libraries, tracebacks and the database's own messages carry. None of them
#: reads the same run of characters again from each of its places: a long address of nonsense would cost seconds.
MASKS = (
    (re.compile(r"[\w.+'%-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+"), "[e-mail]"),
    # Anything after a question mark: a query string can carry what a person typed.
    (re.compile(r"(?<=\S)\?[^\s\"']+"), "?…"),
    # A receipt's link opens for whoever has it; so does whatever else is signed.
    (re.compile(r"(?<=/receipt/)[^/\s]+"), "[token]"),
    (re.compile(r"(?<=/)(?=[\w.=-]*:[\w:.=-]{20})[\w:.=-]+(?=/|\s|$)"), "[token]"),
    (re.compile(r"(?<![\w-])(?:\+?1[ .-]?)?(?:\(\d{3}\) ?|\d{3}[ .-])\d{3}[ .-]\d{4}(?![\w-])"), "[phone]"),
    # PostgreSQL quotes the row that broke a rule: Key (email)=(…) already exists.
    (re.compile(r"\)=\([^\n]*\)"), ")=([value])"),
    (re.compile(r"(Failing row contains )\([^\n]*\)"), r"\1([values])"),
)


def mask(text: str) -> str:
    """The text without what MASKS recognise."""
    for pattern, replacement in MASKS:
        text = pattern.sub(replacement, text)
    return text


class MaskingFormatter(logging.Formatter):
    """Masks the finished line, so that arguments and tracebacks are covered as well as the message."""

    def format(self, record: logging.LogRecord) -> str:
        return mask(super().format(record))
