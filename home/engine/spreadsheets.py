"""Text that a spreadsheet shows as text, whatever it begins with."""

import re

#: What makes Excel, LibreOffice or Google Sheets take a cell for a formula (OWASP, CSV injection; ASVS 5.0, 1.2.10),
#: in the ordinary and the full width that Excel reads as the same.
_FORMULA = re.compile(r"[\s\x00-\x1f]*[=+\-@＝＋－＠]|[\t\r\n\x00]")
#: Characters that XML 1.0 cannot hold, and that openpyxl refuses with an exception.
_NOT_IN_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def safe_cell(text: str) -> str:
    """The text with an apostrophe before it where a spreadsheet would calculate it, and without what XML forbids."""
    printable = _NOT_IN_XML.sub("", text)
    return f"'{printable}" if _FORMULA.match(text) or _FORMULA.match(printable) else printable
