"""Reads a legislator of the Open States people data (openstates/people, schema.md)."""

import re
from datetime import date
from typing import Any

from legislators.engine.people import (
    Leadership,
    MalformedRecordError,
    OfficeFact,
    Person,
    Refusal,
    Remark,
    Role,
    checked_phone,
    day,
    handles,
    mailbox,
    mappings,
    merged_roles,
    required,
    text,
    web_address,
)
from legislators.engine.states import normalise_state

_STATE_CHAMBERS = {"upper": "state_upper", "lower": "state_lower", "legislature": "state_upper"}
_JURISDICTION = re.compile(r"ocd-jurisdiction/country:us(?:/(?:state|district|territory):([a-z]{2}))?/government")
_OFFICE_KINDS = {"capitol": "capitol", "capitol-mail": "capitol"}
_SOCIAL = {name: name for name in ("twitter", "facebook", "instagram", "youtube")}
#: The schema has no field for leadership; many states' scrapers keep the title that their site prints. Where a site
#: prints other titles there as well ("Chairman, Ethics"), these words tell them apart.
_LEADERSHIP = re.compile(r"\b(?:leader|whip|speaker|president|caucus)\b", re.IGNORECASE)


def read_person(record: object, where: str) -> tuple[Person, list[Refusal]]:
    """One person, and what of theirs could not be taken.

    `record` is the parsed YAML of one file. A person without an id, a name or roles means that the file is
    not a person's, or was cut off.

    :raises MalformedRecordError: naming `where`.
    """
    if not isinstance(record, dict):
        raise MalformedRecordError(f"{where}: not a person's record")
    source_id, name = required(record, "id", where)[:100], required(record, "name", where)
    if not isinstance(record.get("roles"), list):
        raise MalformedRecordError(f"{where}: roles are missing")
    refused: list[Refusal] = []
    roles = [role for item in mappings(record, "roles") if (role := _role(item, where, name, refused))]
    email, contact_form = _email(text(record, "email", 500), where, name, refused)
    social_handles, unknown_handles = handles(_mapping(record, "ids"), _SOCIAL)
    homes = sum(item.get("classification") == "home" for item in mappings(record, "offices"))
    links = [text(link, "url", 600) for link in mappings(record, "links")]
    person = Person(
        source_id=source_id if not _is_congress(roles) else _bioguide(record) or source_id,
        name=name,
        where=where,
        given_name=text(record, "given_name", 100),
        family_name=text(record, "family_name", 100),
        party=_party(record),
        email=email,
        contact_form_url=contact_form,
        website_url=next(filter(None, map(web_address, links)), ""),
        photo_source_url=web_address(text(record, "image", 600)),
        roles=merged_roles(roles),
        offices=_offices(record, where, name, refused),
        leadership=_leadership(record),
        social_handles=social_handles,
        remarks=(
            *[Remark.FORM_FOR_EMAIL] * bool(contact_form),
            *[Remark.HOME_ADDRESS] * homes,
            *[Remark.UNKNOWN_HANDLE] * unknown_handles,
        ),
    )
    return person, refused


def _is_congress(roles: list[Role]) -> bool:
    return bool(roles) and all(role.chamber.startswith("us_") for role in roles)


def _bioguide(record: dict[str, Any]) -> str:
    """The id that congress-legislators has for the same person, so that the two sources meet in one official."""
    for item in mappings(record, "other_identifiers"):
        if item.get("scheme") == "bioguide" and text(item, "identifier"):
            return f"bioguide/{text(item, 'identifier', 20)}"
    return ""


def _email(value: str, where: str, name: str, refused: list[Refusal]) -> tuple[str, str]:
    """Members of Congress, and some states, give a web form where the e-mail address belongs."""
    if not value:
        return "", ""
    if "://" in value:
        return "", web_address(value)
    address = mailbox(value)
    if not address:
        refused.append(Refusal(where, f"{name}: the e-mail address {value[:100]!r} is malformed and was left out"))
    return address, ""


def _role(item: dict[str, Any], where: str, name: str, refused: list[Refusal]) -> Role | None:
    """A seat in a legislature; other offices (mayor, governor) are not loaded."""
    kind = item.get("type")
    if kind not in _STATE_CHAMBERS:
        return None
    found = _JURISDICTION.fullmatch(text(item, "jurisdiction"))
    if found is None:
        refused.append(Refusal(where, f"{name}: unknown jurisdiction {text(item, 'jurisdiction')[:80]!r}"))
        return None
    start, end = day(item.get("start_date"), where), day(item.get("end_date"), where)
    if start and end and end <= start:
        # Common in the source for a seat held long ago: when it ended is right, when it began is not known.
        start = None
    district = text(item, "district")
    if found[1]:
        return Role(_STATE_CHAMBERS[kind], found[1], district, start, end)
    return _congress_role(kind, district, start, end)


def _congress_role(kind: str, district: str, start: date | None, end: date | None) -> Role:
    """Representatives sit for "FL-4" or "VT-AL", senators for "Florida"."""
    if kind == "upper":
        return Role("us_senate", normalise_state(district), "", start, end)
    state, _, number = district.lower().partition("-")
    return Role("us_house", state, "0" if number == "al" else number, start, end)


def _party(record: dict[str, Any]) -> str:
    current = [text(item, "name", 100) for item in mappings(record, "party") if not item.get("end_date")]
    return ", ".join(filter(None, current))[:100]


def _offices(record: dict[str, Any], where: str, name: str, refused: list[Refusal]) -> tuple[OfficeFact, ...]:
    """Without homes: where somebody lives is not where they receive constituents, even if the source says so."""
    found = []
    for item in mappings(record, "offices"):
        if item.get("classification") == "home":
            continue
        office = OfficeFact(
            kind=_OFFICE_KINDS.get(text(item, "classification"), "district"),
            address=text(item, "address", 300),
            phone=checked_phone(item, "voice", where, name, refused),
            name=text(item, "name", 100),
        )
        if office.address or office.phone:
            found.append(office)
    return tuple(dict.fromkeys(found))


def _leadership(record: dict[str, Any]) -> tuple[Leadership, ...]:
    title = text(_mapping(record, "extras"), "title")
    return (Leadership(title),) if _LEADERSHIP.search(title) else ()


def _mapping(record: dict[str, Any], key: str) -> dict[str, Any]:
    value = record.get(key)
    return value if isinstance(value, dict) else {}
