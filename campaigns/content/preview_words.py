"""Why a letter is made of one text and of no other, and what each part of a preview is called, for an editor."""

from django.utils.translation import gettext as _

from campaigns.blocks.fields.role import LABELS
from campaigns.engine.audiences import Audience, Condition, Reader
from campaigns.engine.roles import Role
from campaigns.records.positions import OfficialPosition
from campaigns.selectors import officials
from campaigns.services.previewing import OWN_WORDS


def reasons(audience: Audience) -> dict[Condition, str]:
    """One for each condition, in the active language; none for an audience that asks nothing."""
    said = {
        Condition.CHAMBER: _("sits in: %(names)s"),
        Condition.PARTY: _("is of the party: %(names)s"),
        Condition.COMMITTEE: _("sits on the committee: %(names)s"),
        Condition.POSITION: _("has the noted position: %(names)s"),
        Condition.ROLE: _("the writer is: %(names)s"),
        Condition.COSPONSOR: _("sponsors the bill") if audience.is_cosponsor else _("does not sponsor the bill"),
        Condition.LIST: _("is on a list that the staff keep"),
    }
    names = _names(audience)
    asked = audience.conditions
    return {
        condition: sentence % {"names": _(" or ").join(sorted(names.get(condition, ())))}
        for condition, sentence in said.items()
        if condition in asked
    }


def _names(audience: Audience) -> dict[Condition, list[str]]:
    positions = {value: str(label) for value, label in OfficialPosition.Position.choices}
    return {
        Condition.CHAMBER: [officials.chamber_name(one) for one in audience.chambers],
        Condition.PARTY: list(audience.parties),
        Condition.COMMITTEE: [audience.committee],
        Condition.POSITION: [positions.get(one, one) for one in audience.positions],
        Condition.ROLE: [str(LABELS[Role(role)]) for role in audience.roles if role in set(Role)],
    }


def known(reader: Reader, role: str) -> dict[Condition, str]:
    """What is the case with this office and this person, for what a single word can say; empty for the rest."""
    positions = {value: str(label) for value, label in OfficialPosition.Position.choices}
    found = {
        Condition.CHAMBER: officials.chamber_name(reader.chamber),
        Condition.PARTY: reader.party,
        Condition.POSITION: positions.get(reader.position, ""),
        Condition.ROLE: str(LABELS[Role(role)]) if role in set(Role) else _("does not say"),
    }
    return {condition: words for condition, words in found.items() if words}


def why_not(audience: Audience, missing: frozenset[Condition], reader: Reader, role: str) -> list[str]:
    """What a text asks for and is not so, each with what is so instead."""
    asked, here = reasons(audience), known(reader, role)
    return [
        _("%(asked)s (here: %(known)s)") % {"asked": asked[condition], "known": here[condition]}
        if condition in here
        else asked[condition]
        for condition in asked
        if condition in missing
    ]


def field_name(name: str) -> str:
    """What stands beside a marked part of a text."""
    return _("the person’s own words") if name == OWN_WORDS else f"{{{name}}}"
