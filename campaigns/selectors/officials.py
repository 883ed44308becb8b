"""Reads what a letter needs to know of officials, and the words for their chambers."""

import re
from collections.abc import Collection, Sequence

from campaigns.engine.composing import ChamberWords
from campaigns.engine.targeting import OfficialFacts, Target
from legislators.engine.contacts import Contact
from legislators.engine.titles import title_for
from legislators.records.officials import Official, Term
from legislators.selectors.contacts import contact_of
from legislators.selectors.seats import officials_by_id, seat_of

_STATE = re.compile(r"/(?:state|district|territory):([a-z]{2})")


def facts(ids: Collection[int]) -> dict[int, OfficialFacts]:
    """By id; an id that nobody has is left out."""
    return {number: _facts(official) for number, official in officials_by_id(ids).items()}


def contacts(ids: Collection[int]) -> dict[int, Contact]:
    """How each can be reached today, by id."""
    return {number: contact_of(official) for number, official in officials_by_id(ids).items()}


def congress_offices(targets: Sequence[Target]) -> dict[str, str]:
    """What Congress's own system calls the office of each target, by the target's key; of those that have one."""
    return {}


def chamber_words(target: Target) -> ChamberWords:
    """In the active language; empty for somebody who sits in no chamber."""
    if not target.chamber:
        return ChamberWords("", "")
    title = title_for(chamber=target.chamber, state=target.state)
    return ChamberWords(chamber_name(target.chamber), title)


def chamber_name(chamber: str) -> str:
    """As a person reads it in the active language."""
    return str(Term.Chamber(chamber).label) if chamber in Term.Chamber.values else chamber


def _facts(official: Official) -> OfficialFacts:
    seat = seat_of(official)
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
