"""Which of an editor's texts a letter is made of: the first whose audience fits, else the letter of the page."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

#: What `campaigns.records.positions.OfficialPosition` says of somebody on whom nothing is noted.
NOT_KNOWN = "unknown"


class Condition(StrEnum):
    """What an audience may ask about; some of it has to be looked up."""

    CHAMBER = "chamber"
    PARTY = "party"
    COMMITTEE = "committee"
    COSPONSOR = "cosponsor"
    POSITION = "position"
    LIST = "list"
    ROLE = "role"


@dataclass(frozen=True, slots=True)
class Audience:
    """Conditions that must all hold; one that is empty asks nothing, and of several values one is enough."""

    #: As `campaigns.engine.targeting.Chamber` has them.
    chambers: frozenset[str] = frozenset()
    #: As the sources of the legislators' data write them, one of several that share a candidate.
    parties: frozenset[str] = frozenset()
    #: The name of a committee; see `name_key`.
    committee: str = ""
    #: True for those who sponsor the bill, False for those who do not, None for both.
    is_cosponsor: bool | None = None
    #: `OfficialPosition.Position` values.
    positions: frozenset[str] = frozenset()
    #: Officials on a list that the staff keep; an empty list fits nobody, None asks for none.
    official_ids: frozenset[int] | None = None
    #: `campaigns.engine.roles.Role` values, of whoever writes.
    roles: frozenset[str] = frozenset()

    @property
    def conditions(self) -> frozenset[Condition]:
        """What is asked about."""
        asked = {
            Condition.CHAMBER: self.chambers,
            Condition.PARTY: self.parties,
            Condition.COMMITTEE: self.committee.strip(),
            Condition.COSPONSOR: self.is_cosponsor is not None,
            Condition.POSITION: self.positions,
            Condition.LIST: self.official_ids is not None,
            Condition.ROLE: self.roles,
        }
        return frozenset(condition for condition, value in asked.items() if value)


@dataclass(frozen=True, slots=True)
class Reader:
    """What is known of somebody who gets a letter, as far as audiences ask about it."""

    chamber: str = ""
    party: str = ""
    #: Keys of the names of the committees on which they sit; see `name_key`.
    committees: frozenset[str] = frozenset()
    #: None for an inbox that is nobody's in office.
    is_cosponsor: bool | None = None
    #: Empty for an inbox that is nobody's in office.
    position: str = ""
    #: None for an inbox that is nobody's in office.
    official_id: int | None = None


def name_key(name: str) -> str:
    """A committee's name without what does not matter to which one it is: spaces and capitals."""
    return " ".join(name.casefold().split())


def party_keys(party: str) -> frozenset[str]:
    """ "Democratic/Working Families", as a source writes of who ran for both, is either."""
    return frozenset(key for part in (party, *party.split("/")) if (key := name_key(part)))


def missing(audience: Audience, *, reader: Reader, role: str) -> frozenset[Condition]:
    """What the audience asks and is not so.

    :param role: of the person who writes, "" where the form does not ask: then no condition about roles holds.
    """
    holds = {
        Condition.CHAMBER: reader.chamber in audience.chambers,
        Condition.PARTY: not party_keys(reader.party).isdisjoint(map(name_key, audience.parties)),
        Condition.COMMITTEE: name_key(audience.committee) in reader.committees,
        Condition.COSPONSOR: reader.is_cosponsor is audience.is_cosponsor,
        Condition.POSITION: reader.position in audience.positions,
        Condition.LIST: reader.official_id in (audience.official_ids or ()),
        Condition.ROLE: role in audience.roles,
    }
    return frozenset(condition for condition in audience.conditions if not holds[condition])


def fits(audience: Audience, *, reader: Reader, role: str) -> bool:
    """Whether all that the audience asks is so. An audience that asks nothing fits everybody.

    :param role: as for `missing`.
    """
    return not missing(audience, reader=reader, role=role)


def covers(wide: Audience, narrow: Audience) -> bool:
    """Whether whoever fits the narrow audience fits the wide one too, whatever is known of them."""
    holds = {
        Condition.CHAMBER: wide.chambers >= narrow.chambers,
        Condition.PARTY: {*map(name_key, wide.parties)} >= {*map(name_key, narrow.parties)},
        Condition.COMMITTEE: name_key(wide.committee) == name_key(narrow.committee),
        Condition.COSPONSOR: wide.is_cosponsor is narrow.is_cosponsor,
        Condition.POSITION: wide.positions >= narrow.positions,
        Condition.LIST: (wide.official_ids or frozenset()) >= (narrow.official_ids or frozenset()),
        Condition.ROLE: wide.roles >= narrow.roles,
    }
    return wide.conditions <= narrow.conditions and all(holds[condition] for condition in wide.conditions)


@dataclass(frozen=True, slots=True)
class LetterText:
    """One letter as the editor wrote it, with its merge fields."""

    #: A person gets one of them; see `subject_for`.
    subjects: tuple[str, ...] = ("",)
    body: str = ""
    #: In the editor's lists; empty for the letter of the page.
    name: str = ""
    audience: Audience = Audience()
    #: It thanks those who are in support already.
    is_thanks: bool = False
    #: Of the block in the page's stream; empty for the letter of the page.
    block_id: str = ""

    def subject_for(self, lot: int) -> str:
        """The same for the same person at every step, while offices see them all.

        :param lot: the person's number for this page; see `campaigns.engine.tokens.lot`.
        """
        return self.subjects[lot % len(self.subjects)] if self.subjects else ""

    @property
    def version(self) -> str:
        """Changes when the editor's words do."""
        return "\n".join((*self.subjects, self.body))


@dataclass(frozen=True, slots=True)
class LetterTexts:
    """All that a page may say in its letters."""

    default: LetterText = LetterText()
    #: In the editor's order.
    variants: tuple[LetterText, ...] = ()
    is_locked: bool = False

    @property
    def conditions(self) -> frozenset[Condition]:
        """What has to be known of those who get a letter."""
        return frozenset().union(*(text.audience.conditions for text in self.variants))


def choose(texts: LetterTexts, *, reader: Reader, role: str) -> LetterText:
    """The first text whose audience fits, else the letter of the page."""
    fitting = (text for text in texts.variants if fits(text.audience, reader=reader, role=role))
    return next(fitting, texts.default)


def hidden_by(texts: Sequence[LetterText]) -> dict[int, LetterText]:
    """By the place of each text that nobody ever gets: one before it that whoever it fits gets instead."""
    found = {}
    for place, text in enumerate(texts):
        earlier = next((each for each in texts[:place] if covers(each.audience, text.audience)), None)
        if earlier is not None:
            found[place] = earlier
    return found
