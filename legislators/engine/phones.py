"""Telephone numbers of the United States, as a `tel:` address takes them."""

import re

_SEPARATORS = r"[\s().\-\u2010-\u2015/]*"
# North American Numbering Plan: neither the area nor the exchange begins with 0 or 1.
_NUMBER = re.compile(
    rf"\s*(?:\+?1{_SEPARATORS})?\(?([2-9]\d\d)\)?{_SEPARATORS}([2-9]\d\d){_SEPARATORS}(\d{{4}})"
    r"\s*,?\s*(?:(?:ext(?:ension)?|x)\.?\s*#?\s*(\d{1,7}))?\s*\.?\s*",
    re.IGNORECASE,
)


def dialable(phone: str) -> str:
    """`(617) 555-0123 ext. 4` as `tel:+16175550123;ext=4` (RFC 3966); empty for what is no one number to dial."""
    found = _NUMBER.fullmatch(phone) if len(phone) <= 60 else None
    if found is None:
        return ""
    area, exchange, line, extension = found.groups()
    return f"tel:+1{area}{exchange}{line}" + (f";ext={extension}" if extension else "")
