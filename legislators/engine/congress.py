"""Reads a member of Congress of the unitedstates/congress-legislators data (legislators-current.yaml)."""

from typing import Any

from legislators.engine.people import (
    MalformedRecordError,
    OfficeFact,
    Person,
    Refusal,
    Role,
    day,
    mappings,
    merged_roles,
    required,
    text,
    web_address,
)

_CHAMBERS = {"rep": "us_house", "sen": "us_senate"}


def read_person(record: object, where: str) -> tuple[Person, list[Refusal]]:
    """One member, with every term, and what of theirs could not be taken.

    The source has no e-mail address at all, by design: Congress has no public mailboxes.

    :raises MalformedRecordError: naming `where`, if the record lacks what every member has.
    """
    if not isinstance(record, dict):
        raise MalformedRecordError(f"{where}: not a member's record")
    ids, names = record.get("id"), record.get("name")
    if not isinstance(ids, dict) or not isinstance(names, dict):
        raise MalformedRecordError(f"{where}: id or name is missing")
    terms = mappings(record, "terms")
    if not terms:
        raise MalformedRecordError(f"{where}: terms are missing")
    bioguide = required(ids, "bioguide", where)[:50]
    given, family = required(names, "first", where)[:100], required(names, "last", where)[:100]
    name = text(names, "official_full") or f"{given} {family}"
    refused: list[Refusal] = []
    roles = [role for term in terms if (role := _role(term, where, name, refused))]
    latest = terms[-1]
    person = Person(
        source_id=f"bioguide/{bioguide}",
        name=name,
        where=where,
        given_name=given,
        family_name=family,
        party=text(latest, "party", 100),
        contact_form_url=web_address(text(latest, "contact_form", 600)),
        website_url=web_address(text(latest, "url", 600)),
        photo_source_url=f"https://www.congress.gov/img/member/{bioguide.lower()}_200.jpg",
        roles=merged_roles(roles),
        offices=_offices(latest),
    )
    return person, refused


def _role(term: dict[str, Any], where: str, name: str, refused: list[Refusal]) -> Role | None:
    kind = required(term, "type", where)
    if kind not in _CHAMBERS:
        raise MalformedRecordError(f"{where}: {kind[:20]!r} is no kind of term")
    state = required(term, "state", where).lower()
    start, end = day(term.get("start"), where), day(term.get("end"), where)
    if start is None or end is None:
        raise MalformedRecordError(f"{where}: a term has no start or no end")
    if end <= start:
        refused.append(Refusal(where, f"{name}: a term ends on {end} before it starts on {start}"))
        return None
    district = "" if kind == "sen" else required(term, "district", where)
    return Role(_CHAMBERS[kind], state, district, start, end)


def _offices(term: dict[str, Any]) -> tuple[OfficeFact, ...]:
    address, phone = text(term, "address", 300), text(term, "phone", 40)
    return (OfficeFact("capitol", address, phone),) if address or phone else ()
