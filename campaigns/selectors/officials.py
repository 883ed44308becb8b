"""Reads what a letter needs to know of officials, and the words for their chambers."""

import re
from collections.abc import Collection, Sequence

from campaigns.engine.composing import ChamberWords
from campaigns.engine.targeting import OF_CONGRESS, OfficialFacts, Target
from delivery.selectors import cwc
from legislators.engine.contacts import Contact
from legislators.engine.titles import title_for
from legislators.records.officials import Official, Term
from legislators.selectors import cards
from legislators.selectors.contacts import contact_of
from legislators.selectors.seats import current_terms, officials_by_id, seats_of

_DISTRICT = re.compile(r"/cd:([^/]+)\Z")
_STATE = re.compile(r"/(?:state|district|territory):([a-z]{2})")


def facts(ids: Collection[int]) -> dict[int, OfficialFacts]:
    """By id; an id that nobody has is left out."""
    seats = seats_of(ids)
    return {number: _facts(official, seats.get(number)) for number, official in officials_by_id(ids).items()}


def contacts(ids: Collection[int]) -> dict[int, Contact]:
    """How each can be reached today, by id."""
    return {number: contact_of(official) for number, official in officials_by_id(ids).items()}


def congress_offices(targets: Sequence[Target]) -> dict[str, str]:
    """What Congress's own system calls the office of each target, by the target's key; of those that it takes."""
    members = {target.official_id: target for target in targets if target.chamber in OF_CONGRESS and target.official_id}
    offices = cwc.active_offices() if members else None
    if offices is None or not offices.codes:
        return {}
    seats = current_terms().filter(official__in=members, chamber__in=OF_CONGRESS)
    found = {}
    for seat in seats.select_related("division", "official"):
        target = members[seat.official_id]
        if code := offices.code_of(
            chamber=seat.chamber,
            state=_state_of(seat.division.ocd_id),
            district=_number_of(seat.division.ocd_id),
            bioguide_id=_bioguide_id(seat.official.source_id),
        ):
            found[target.key] = code
    return found


def chamber_words(target: Target) -> ChamberWords:
    """In the active language; empty for somebody who sits in no chamber."""
    if not target.chamber:
        return ChamberWords("", "")
    title = title_for(chamber=target.chamber, state=target.state)
    return ChamberWords(cards.chamber_name(target.chamber, target.state), title)


def chamber_name(chamber: str) -> str:
    """As a person reads it in the active language."""
    return str(Term.Chamber(chamber).label) if chamber in Term.Chamber.values else chamber


def _facts(official: Official, seat: Term | None) -> OfficialFacts:
    contact = contact_of(official)
    return OfficialFacts(
        id=official.pk,
        source_id=official.source_id,
        name=official.name,
        family_name=official.family_name,
        party=official.party,
        email=contact.email,
        phone=contact.phone,
        contact_form_url=contact.contact_form_url,
        chamber=seat.chamber if seat else "",
        district=seat.division.name if seat else "",
        state=_state_of(seat.division.ocd_id) if seat else "",
        is_in_office=official.retired_at is None,
    )


def _state_of(ocd_id: str) -> str:
    match = _STATE.search(ocd_id)
    return match.group(1) if match else ""


def _number_of(ocd_id: str) -> str:
    """Of a congressional district; "" for a seat that a whole state, district or territory elects."""
    match = _DISTRICT.search(ocd_id)
    return match.group(1) if match else ""


def _bioguide_id(source_id: str) -> str:
    source, _slash, number = source_id.partition("/")
    return number if source == "bioguide" else ""
