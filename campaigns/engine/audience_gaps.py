"""Texts and questions that nobody would ever get on a page as it stands, and why."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from campaigns.engine.audiences import NOT_KNOWN, Audience, Condition, LetterText, hidden_by


class Gap(StrEnum):
    """Why nobody gets a text."""

    #: A text before it is for all of the same.
    HIDDEN = "hidden"
    ROLE_NOT_ASKED = "role_not_asked"
    NOT_ADDRESSED = "not_addressed"
    EMPTY_LIST = "empty_list"
    NOTHING_NOTED = "nothing_noted"
    NO_SPONSOR = "no_sponsor"


@dataclass(frozen=True, slots=True)
class Reach:
    """Whom the letters of a page may come from and go to, as far as audiences ask about it."""

    #: `campaigns.engine.roles.Role` values that the form offers; empty where it does not ask.
    roles: frozenset[str] = frozenset()
    #: Of those whom the page addresses; empty where it addresses nobody in office.
    chambers: frozenset[str] = frozenset()
    #: `OfficialPosition.Position` values that are noted of anybody in the campaign.
    positions: frozenset[str] = frozenset()
    has_sponsors: bool = False


@dataclass(frozen=True, slots=True)
class Unreached:
    text: LetterText
    gap: Gap
    #: The input of the audience that asks for what there is not; empty where it is not one input.
    field: str = ""
    #: The name of the text that is used instead.
    instead: str = ""


def unreached(texts: Sequence[LetterText], reach: Reach) -> Iterator[Unreached]:
    """Each text that nobody gets, once, with the first reason for it; in the editor's order."""
    hidden = hidden_by(texts)
    for place, text in enumerate(texts):
        if found := _gap(text.audience, reach):
            yield Unreached(text, *found)
        elif place in hidden:
            yield Unreached(text, Gap.HIDDEN, instead=hidden[place].name)


def _gap(audience: Audience, reach: Reach) -> tuple[Gap, str] | None:
    asked = audience.conditions
    if Condition.ROLE in asked and audience.roles.isdisjoint(reach.roles):
        return Gap.ROLE_NOT_ASKED, "roles"
    if Condition.CHAMBER in asked and audience.chambers.isdisjoint(reach.chambers):
        return Gap.NOT_ADDRESSED, "chambers"
    if asked - {Condition.ROLE} and not reach.chambers:
        return Gap.NOT_ADDRESSED, ""
    if Condition.LIST in asked and not audience.official_ids:
        return Gap.EMPTY_LIST, "officials"
    if Condition.POSITION in asked and audience.positions.isdisjoint(reach.positions | {NOT_KNOWN}):
        return Gap.NOTHING_NOTED, "positions"
    if audience.is_cosponsor and not reach.has_sponsors:
        return Gap.NO_SPONSOR, "cosponsor"
    return None
