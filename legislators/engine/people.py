"""A person in office as a source describes them, whichever source it is, checked and in one form."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from legislators.engine import phones


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
class Leadership:
    """A position of leadership, as the source says it, for one stretch of time."""

    title: str
    start: date | None = None
    end: date | None = None

    def is_current(self, on: date) -> bool:
        return (self.start is None or self.start <= on) and (self.end is None or on < self.end)


@dataclass(frozen=True, slots=True)
class OfficeFact:
    """`name` tells several offices apart: the town."""

    kind: str
    address: str
    phone: str
    name: str = ""


class Remark(StrEnum):
    """What a source does often enough that a load counts it instead of naming everybody."""

    FORM_FOR_EMAIL = "web forms where the e-mail address belongs, taken as contact forms: {count}"
    HOME_ADDRESS = "offices that are somebody’s home, left out: {count}"
    UNKNOWN_HANDLE = "accounts of social media that cannot be linked as they are written, left out: {count}"


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
    leadership: tuple[Leadership, ...] = ()
    #: Handles without @ or address, by service.
    social_handles: Mapping[str, str] = field(default_factory=dict)
    remarks: tuple[Remark, ...] = ()
    #: False where the part of the source that would say is not there: then what is stored stays.
    knows_social: bool = True
    knows_district_offices: bool = True

    def leadership_title(self, on: date) -> str:
        """Every position held on the day, each once."""
        titles = dict.fromkeys(position.title for position in self.leadership if position.is_current(on))
        return ", ".join(titles)[:200]

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


def phone_number(value: str) -> str:
    """`617-555-0123`, or `617-555-0123 ext. 4`; empty for what is no one number of the United States."""
    digits, _, extension = phones.dialable(value).removeprefix("tel:+1").partition(";ext=")
    if not digits:
        return ""
    return f"{digits[:3]}-{digits[3:6]}-{digits[6:]}" + (f" ext. {extension}" if extension else "")


def checked_phone(record: dict[str, Any], key: str, where: str, name: str, refused: list[Refusal]) -> str:
    """The number in one form; one that cannot be dialled is added to `refused`."""
    value = text(record, key)
    number = phone_number(value)
    if value and not number:
        refused.append(Refusal(where, f"{name}: the phone number {value[:60]!r} cannot be dialled and was left out"))
    return number


_HANDLE = re.compile(r"[\w.\-]{1,100}")
_CHANNEL = re.compile(r"UC[\w\-]{22}")


def handles(record: dict[str, Any], services: Mapping[str, str]) -> tuple[dict[str, str], int]:
    """Accounts by service, without @, address or query, and how many could not be understood.

    `services` says under which service each key of the record is kept.
    """
    found: dict[str, str] = {}
    unknown = 0
    for key, service in services.items():
        value = re.split(r"[?#]", text(record, key, 300))[0].rstrip("/").rpartition("/")[2].removeprefix("@")
        if _HANDLE.fullmatch(value) or (service == "mastodon" and re.fullmatch(r"[\w.\-]+@[\w.\-]+", value)):
            # YouTube's own number of a channel is addressed in another way than a name.
            found["youtube_id" if service == "youtube" and _CHANNEL.fullmatch(value) else service] = value
        else:
            unknown += bool(text(record, key))
    return found, unknown
