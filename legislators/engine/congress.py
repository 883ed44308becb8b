"""Reads a member of Congress of the unitedstates/congress-legislators data (legislators-current.yaml)."""

from collections.abc import Mapping
from dataclasses import dataclass
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
    mappings,
    merged_roles,
    required,
    text,
    web_address,
)

_CHAMBERS = {"rep": "us_house", "sen": "us_senate"}
#: The source's numbers of accounts say nothing to a reader, except YouTube's.
_SOCIAL = {name: name for name in ("twitter", "facebook", "instagram", "youtube", "youtube_id", "mastodon")}


@dataclass(frozen=True, slots=True)
class Beside:
    """What the other files of the source say of members, by bioguide id, as they say it; None without the file."""

    offices: Mapping[str, list[dict[str, Any]]] | None = None
    social: Mapping[str, dict[str, Any]] | None = None


_NOTHING_BESIDE = Beside()


def beside(offices: object, social: object) -> Beside:
    """From the parsed `legislators-district-offices.yaml` and `legislators-social-media.yaml`; None for no file.

    :raises MalformedRecordError: where one is no list of members.
    """
    return Beside(
        offices=None
        if offices is None
        else {number: mappings(item, "offices") for number, item in _by_bioguide(offices, "district offices")},
        social=None
        if social is None
        else {number: item["social"] for number, item in _by_bioguide(social, "social media") if _has_social(item)},
    )


def _by_bioguide(records: object, what: str) -> list[tuple[str, dict[str, Any]]]:
    if not isinstance(records, list) or not records:
        raise MalformedRecordError(f"{what}: not a list of members")
    return [
        (text(item["id"], "bioguide", 50), item)
        for item in records
        if isinstance(item, dict) and isinstance(item.get("id"), dict)
    ]


def _has_social(item: dict[str, Any]) -> bool:
    return isinstance(item.get("social"), dict)


def read_person(record: object, where: str, known: Beside = _NOTHING_BESIDE) -> tuple[Person, list[Refusal]]:
    """One member, with every term, and what of theirs could not be taken. `known` is what other files add.

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
    social_handles, unknown_handles = handles((known.social or {}).get(bioguide, {}), _SOCIAL)
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
        offices=(
            *_capitol_office(latest, where, name, refused),
            *_district_offices((known.offices or {}).get(bioguide, []), where, name, refused),
        ),
        leadership=_leadership(record, where),
        social_handles=social_handles,
        remarks=(Remark.UNKNOWN_HANDLE,) * unknown_handles,
        knows_social=known.social is not None,
        knows_district_offices=known.offices is not None,
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


def _leadership(record: dict[str, Any], where: str) -> tuple[Leadership, ...]:
    found = [
        Leadership(title, day(item.get("start"), where), day(item.get("end"), where))
        for item in mappings(record, "leadership_roles")
        if (title := text(item, "title"))
    ]
    return tuple(found)


def _capitol_office(term: dict[str, Any], where: str, name: str, refused: list[Refusal]) -> tuple[OfficeFact, ...]:
    address, phone = text(term, "address", 300), checked_phone(term, "phone", where, name, refused)
    return (OfficeFact("capitol", address, phone),) if address or phone else ()


def _district_offices(
    items: list[dict[str, Any]], where: str, name: str, refused: list[Refusal]
) -> tuple[OfficeFact, ...]:
    """Named by their town: "29 Crafts St., Suite 375, Newton, MA 02458"."""
    found = []
    for item in items:
        town, state = text(item, "city", 100), text(item, "state", 2)
        suite = text(item, "suite", 60)
        place = f"{town}, {state} {text(item, 'zip', 10)}".strip(", ") if town else ""
        # "247" alone would read as a house number.
        suite = f"Suite {suite}" if suite.isdigit() else suite
        parts = [text(item, "address", 120), suite, text(item, "building", 80), place]
        office = OfficeFact(
            kind="district",
            address=", ".join(filter(None, parts))[:300],
            phone=checked_phone(item, "phone", where, name, refused),
            name=town,
        )
        if text(item, "address") or office.phone:
            found.append(office)
    return tuple(dict.fromkeys(found))
