"""A person in office as a source describes them, whichever source it is, checked and in one form."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import validate_email


class MalformedRecordError(ValueError):
    """A record lacks what every record of its source has: the file is not what it says, or half written."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """What was left out of a load, and why. `where` is a file, and a line or a person in it."""

    where: str
    why: str


@dataclass(frozen=True, slots=True, order=True)
class Role:
    """One seat for one stretch of time. `district` is as the source writes it; empty for a whole state."""

    chamber: str
    state: str
    district: str
    start: date | None
    #: First day no longer in office.
    end: date | None

    def is_current(self, on: date) -> bool:
        return (self.start is None or self.start <= on) and (self.end is None or on < self.end)

    def is_over(self, on: date) -> bool:
        return self.end is not None and self.end <= on


@dataclass(frozen=True, slots=True)
class OfficeFact:
    kind: str
    address: str
    phone: str


@dataclass(frozen=True, slots=True)
class Person:
    """`where` names the place in the source that it was read from, for messages."""

    source_id: str
    name: str
    where: str
    given_name: str = ""
    family_name: str = ""
    party: str = ""
    email: str = ""
    contact_form_url: str = ""
    website_url: str = ""
    photo_source_url: str = ""
    roles: tuple[Role, ...] = ()
    offices: tuple[OfficeFact, ...] = ()

    def current_roles(self, on: date) -> tuple[Role, ...]:
        return tuple(role for role in self.roles if role.is_current(on))


def text(record: dict[str, Any], key: str, longest: int = 200) -> str:
    """The value as one line of text; a number as its digits, anything else as empty."""
    value = record.get(key)
    if isinstance(value, bool) or not isinstance(value, (str, int)):
        return ""
    return " ".join(str(value).split())[:longest]


def required(record: dict[str, Any], key: str, where: str) -> str:
    """:raises MalformedRecordError: where the value is missing."""
    value = text(record, key)
    if not value:
        raise MalformedRecordError(f"{where}: {key} is missing")
    return value


def mappings(record: dict[str, Any], key: str) -> list[dict[str, Any]]:
    """The value as a list of records; what is no record in it is left out."""
    value = record.get(key)
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def day(value: object, where: str) -> date | None:
    """A date from YAML's own type, "2023-01-04", "2023-01" or "2023"; None where there is none.

    :raises MalformedRecordError: where there is something else.
    """
    if value is None or value == "":
        return None
    if isinstance(value, date):
        return date(value.year, value.month, value.day)
    found = re.fullmatch(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?", str(value))
    try:
        if found:
            return date(int(found[1]), int(found[2] or 1), int(found[3] or 1))
    except ValueError:
        pass
    raise MalformedRecordError(f"{where}: {str(value)[:40]!r} is no date")


def web_address(value: str) -> str:
    """The address if it is one of a web page, else empty: it is going to be a link on a page."""
    try:
        parts = urlsplit(value)
    except ValueError:
        return ""
    is_web = parts.scheme in {"http", "https"} and "." in (parts.hostname or "") and not re.search(r"[\s<>\"]", value)
    return value if is_web and len(value) <= 500 else ""


def mailbox(value: str) -> str:
    """The e-mail address if it is a well-formed one, else empty."""
    try:
        validate_email(value)
    except ValidationError:
        return ""
    return value if len(value) <= 254 else ""


def merged_roles(roles: list[Role]) -> tuple[Role, ...]:
    """Each seat once per start: of two ends the later one, of which "not ended" is the latest."""
    kept: dict[tuple[str, str, str, date | None], Role] = {}
    for role in roles:
        key = (role.chamber, role.state, role.district, role.start)
        known = kept.get(key)
        if known is None or (known.end is not None and (role.end is None or role.end > known.end)):
            kept[key] = role
    return tuple(kept.values())
