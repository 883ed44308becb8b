"""Reads committees and who sits on them, of Open States (state legislatures) and congress-legislators (Congress)."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from legislators.engine.people import MalformedRecordError, Refusal, mappings, required, text, web_address

_STATE_CHAMBERS = {"upper": "state_upper", "lower": "state_lower", "legislature": "state_joint"}
_US_CHAMBERS = {"house": "us_house", "senate": "us_senate", "joint": "us_joint"}
_JURISDICTION = re.compile(r"ocd-jurisdiction/country:us(?:/(?:state|district|territory):([a-z]{2}))?/government")
#: Their one chamber is what the source calls the legislature.
_ONE_CHAMBER = frozenset({"ne", "dc"})
CONGRESS = "us"


@dataclass(frozen=True, slots=True)
class MemberFact:
    """`person_id` is the source's own id of the official; empty where it gives only the name."""

    name: str
    role: str
    person_id: str
    rank: int


@dataclass(frozen=True, slots=True)
class CommitteeFact:
    """`state` is a two-letter code, or `us`; `chamber` as `Committee.Chamber`; `parent_id` of a subcommittee."""

    source_id: str
    state: str
    chamber: str
    name: str
    where: str
    parent_id: str = ""
    website_url: str = ""
    members: tuple[MemberFact, ...] = ()


def read_openstates(record: object, where: str) -> tuple[CommitteeFact, list[Refusal]]:
    """One committee of one file, and who of its members could not be taken.

    :raises MalformedRecordError: naming `where`, for what is no committee or was cut off.
    """
    if not isinstance(record, dict):
        raise MalformedRecordError(f"{where}: not a committee's record")
    source_id, name = required(record, "id", where)[:100], text(record, "name", 300)
    found = _JURISDICTION.fullmatch(text(record, "jurisdiction"))
    chamber = text(record, "chamber")
    if not name or found is None or chamber not in _STATE_CHAMBERS or not isinstance(record.get("members"), list):
        raise MalformedRecordError(f"{where}: name, jurisdiction, chamber or members are missing or unknown")
    state = found[1] or CONGRESS
    if state == CONGRESS:
        stored = {"upper": "us_senate", "lower": "us_house"}.get(chamber, "us_joint")
    elif state in _ONE_CHAMBER:
        stored = "state_upper"
    else:
        stored = _STATE_CHAMBERS[chamber]
    refused: list[Refusal] = []
    members = [
        MemberFact(text(item, "name"), text(item, "role", 100).lower() or "member", text(item, "person_id", 100), rank)
        for rank, item in enumerate(mappings(record, "members"), start=1)
    ]
    links = [web_address(text(link, "url", 600)) for link in mappings(record, "links")]
    committee = CommitteeFact(
        source_id=source_id,
        state=state,
        chamber=stored,
        name=name,
        where=where,
        parent_id=text(record, "parent", 100),
        website_url=next(filter(None, links), ""),
        members=_once(members, where, name, refused),
    )
    return committee, refused


def read_congress(committees: object, memberships: object, where: str) -> tuple[list[CommitteeFact], list[Refusal]]:
    """The committees and subcommittees of `committees-current.yaml` with the members of the other file.

    `memberships` is the parsed `committee-membership-current.yaml`: members by the committee's THOMAS id, to which a
    subcommittee's own two digits are added.

    :raises MalformedRecordError: naming `where`, for what is no such file or was cut off.
    """
    if not isinstance(committees, list) or not committees:
        raise MalformedRecordError(f"{where}: not a list of committees")
    if not isinstance(memberships, dict) or not memberships:
        raise MalformedRecordError(f"{where}: the members of committees are missing")
    found: list[CommitteeFact] = []
    refused: list[Refusal] = []
    for place, record in enumerate(committees, start=1):
        if not isinstance(record, dict):
            raise MalformedRecordError(f"{where} committee {place}: not a committee's record")
        at = f"{where} committee {place}"
        chamber = _US_CHAMBERS.get(text(record, "type"))
        if chamber is None:
            raise MalformedRecordError(f"{at}: {text(record, 'type')[:20]!r} is no chamber")
        thomas = required(record, "thomas_id", at)
        whole = _of_congress(record, thomas, chamber, memberships, at, refused)
        found.append(whole)
        for part in mappings(record, "subcommittees"):
            number = thomas + required(part, "thomas_id", at)
            found.append(_of_congress(part, number, chamber, memberships, at, refused, whole.source_id))
    known = {one.source_id for one in found}
    unknown = [str(key) for key in memberships if f"congress/{key}" not in known]
    refused += [Refusal(where, f"members of {key[:20]!r}, which is no committee of the list") for key in unknown]
    return found, refused


def _of_congress(
    record: dict[str, Any],
    thomas: str,
    chamber: str,
    memberships: Mapping[str, Any],
    where: str,
    refused: list[Refusal],
    parent_id: str = "",
) -> CommitteeFact:
    name = text(record, "name", 300)
    if not name:
        raise MalformedRecordError(f"{where}: a name is missing")
    listed = memberships.get(thomas)
    members = [
        MemberFact(
            name=text(item, "name"),
            role=text(item, "title", 100).lower() or "member",
            person_id=f"bioguide/{text(item, 'bioguide', 50)}" if text(item, "bioguide") else "",
            rank=place,
        )
        for place, item in enumerate(sorted(mappings({"members": listed}, "members"), key=_seniority), start=1)
    ]
    return CommitteeFact(
        source_id=f"congress/{thomas}",
        state=CONGRESS,
        chamber=chamber,
        name=name,
        where=where,
        parent_id=parent_id,
        website_url=web_address(text(record, "url", 600)),
        members=_once(members, where, name, refused),
    )


def _seniority(item: dict[str, Any]) -> tuple[bool, int]:
    """The two parties are ranked apart: the majority first, as the committees themselves list them."""
    rank = item.get("rank")
    return item.get("party") != "majority", rank if isinstance(rank, int) else 0


def _once(members: list[MemberFact], where: str, committee: str, refused: list[Refusal]) -> tuple[MemberFact, ...]:
    """Nobody twice: of two mentions the one with a role counts. A member without a name is refused."""
    kept: dict[str, MemberFact] = {}
    for member in members:
        if not member.name:
            refused.append(Refusal(where, f"{committee}: a member has no name"))
            continue
        key = member.person_id or name_key(member.name)
        known = kept.setdefault(key, member)
        if known is not member:
            refused.append(Refusal(where, f"{committee}: {member.name} is listed twice"))
            if known.role == "member":
                kept[key] = member
    return tuple(kept.values())


def name_key(name: str) -> str:
    """The same key for one name in capitals, with accents or with points: "J. Peñón" and "j penon"."""
    plain = "".join(mark for mark in unicodedata.normalize("NFKD", name) if not unicodedata.combining(mark))
    return " ".join(re.findall(r"\w+", plain.lower().replace("'", "").replace("’", "")))
