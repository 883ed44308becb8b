"""From the rules that an editor chose, and who represents an address, to who gets a letter and who does not."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from campaigns.engine.addresses import AddressKind
from legislators.engine.resolution import Resolution


class Chamber(StrEnum):
    """The chambers that a rule can name; the same words as `legislators` uses."""

    STATE_UPPER = "state_upper"
    STATE_LOWER = "state_lower"
    US_HOUSE = "us_house"
    US_SENATE = "us_senate"


OF_CONGRESS = frozenset({Chamber.US_HOUSE.value, Chamber.US_SENATE.value})


@dataclass(frozen=True, slots=True)
class ByAddress:
    """Whoever represents the person's address in this chamber."""

    chamber: str


@dataclass(frozen=True, slots=True)
class ChosenOfficial:
    """An official that the editor picked, for everybody."""

    official_id: int


@dataclass(frozen=True, slots=True)
class CustomRecipient:
    """An inbox that is no official's: an agency or a committee."""

    block_id: str
    name: str
    office: str
    email: str


Rule = ByAddress | ChosenOfficial | CustomRecipient


@dataclass(frozen=True, slots=True)
class OfficialFacts:
    """What a letter needs to know of an official."""

    id: int
    source_id: str
    name: str
    family_name: str = ""
    party: str = ""
    email: str = ""
    phone: str = ""
    contact_form_url: str = ""
    #: Where the official sits now, for one that an editor picked.
    chamber: str = ""
    district: str = ""
    #: Two letters, lower case: titles differ from state to state.
    state: str = ""
    is_in_office: bool = True


@dataclass(frozen=True, slots=True)
class Target:
    """Somebody who gets a letter. Which ways are open for it is another question: see `ComposedLetter.routes`."""

    #: `official:<source id>` or `recipient:<block id>`.
    key: str
    name: str
    family_name: str = ""
    chamber: str = ""
    district: str = ""
    state: str = ""
    office: str = ""
    party: str = ""
    email: str = ""
    phone: str = ""
    contact_form_url: str = ""
    official_id: int | None = None
    #: Which address of the person lies in the district; empty where none led here, as with a committee.
    address_kind: AddressKind | None = None

    @property
    def jurisdiction(self) -> str:
        """Whose capitol's hours count: a state's code, or "us" for Congress."""
        return "us" if self.chamber in OF_CONGRESS else self.state


class WhyNot(StrEnum):
    """Why a rule led to no letter; the words for each are in the templates."""

    VACANT = "vacant"
    NOT_CHOSEN = "not_chosen"
    NOT_FOUND = "not_found"
    LEFT_OFFICE = "left_office"
    ALREADY_WRITTEN = "already_written"


@dataclass(frozen=True, slots=True)
class Unwritten:
    """A seat or a person that gets no letter, and why."""

    why: WhyNot
    chamber: str = ""
    district: str = ""
    name: str = ""
    #: An `AddressKind` where the person gave two addresses and this is of one of them.
    address_kind: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """Who represents one address of a person."""

    resolution: Resolution
    kind: AddressKind = AddressKind.HOME
    #: Chambers for which the person said that they do not know this address's district.
    not_chosen: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Selection:
    targets: tuple[Target, ...]
    unwritten: tuple[Unwritten, ...] = ()


def chambers_by_address(rules: Iterable[Rule]) -> tuple[str, ...]:
    """The chambers for which the person's address is needed, in the editor's order, each once."""
    return tuple(dict.fromkeys(rule.chamber for rule in rules if isinstance(rule, ByAddress)))


def select(
    rules: Sequence[Rule], *, standings: Sequence[Standing], officials: Mapping[int, OfficialFacts]
) -> Selection:
    """Applies the rules in the editor's order; nobody is written to twice.

    :param standings: one for each address, in the order in which they count: who represents both is written to as
        by the first. None where no rule asks for an address.
    :param officials: by id, all that the rules and the standings name.
    """
    targets: dict[str, Target] = {}
    unwritten: dict[Unwritten, None] = {}
    for rule in rules:
        found, missing = _apply(rule, standings, officials)
        for target in found:
            known = targets.get(target.key)
            # Somebody whom the editor picked for all may be this person's own legislator too, which counts for more.
            if known is None or (known.address_kind is None and target.address_kind):
                targets[target.key] = target
        unwritten.update(dict.fromkeys(missing))
    return Selection(tuple(targets.values()), tuple(unwritten))


def _apply(
    rule: Rule, standings: Sequence[Standing], officials: Mapping[int, OfficialFacts]
) -> tuple[list[Target], list[Unwritten]]:
    if isinstance(rule, CustomRecipient):
        return [_recipient(rule)], []
    if isinstance(rule, ChosenOfficial):
        facts = officials.get(rule.official_id)
        if facts is None:
            return [], []
        if not facts.is_in_office:
            return [], [Unwritten(WhyNot.LEFT_OFFICE, name=facts.name)]
        return [_official(facts, facts.chamber, facts.district, facts.state)], []
    if not standings:
        return [], [Unwritten(WhyNot.NOT_FOUND, chamber=rule.chamber)]
    found: list[Target] = []
    missing: list[Unwritten] = []
    for standing in standings:
        targets, unwritten = _by_address(rule.chamber, standing, officials)
        found += targets
        missing += [_of_one(item, standing.kind) if len(standings) > 1 else item for item in unwritten]
    return found, missing


def _of_one(item: Unwritten, kind: AddressKind) -> Unwritten:
    """Says of which address a chamber has nobody; a district that is named needs no more, and both may lie in it."""
    return item if item.district else replace(item, address_kind=kind.value)


def _by_address(
    chamber: str, standing: Standing, officials: Mapping[int, OfficialFacts]
) -> tuple[list[Target], list[Unwritten]]:
    resolution = standing.resolution
    seats = [item for item in resolution.representations if item.chamber == chamber]
    if not seats:
        why = WhyNot.NOT_CHOSEN if chamber in standing.not_chosen else WhyNot.NOT_FOUND
        return [], [Unwritten(why, chamber=chamber)]
    found: list[Target] = []
    missing: list[Unwritten] = []
    for seat in seats:
        sitting = [officials[number] for number in seat.official_ids if number in officials]
        targets = [_official(facts, chamber, seat.division_name, resolution.state) for facts in sitting]
        found += [replace(target, address_kind=standing.kind) for target in targets]
        if seat.vacant_seats:
            missing.append(Unwritten(WhyNot.VACANT, chamber=chamber, district=seat.division_name))
        elif not sitting:
            # Nobody known does not mean that nobody sits there.
            missing.append(Unwritten(WhyNot.NOT_FOUND, chamber=chamber, district=seat.division_name))
    return found, missing


def _official(facts: OfficialFacts, chamber: str, district: str, state: str) -> Target:
    return Target(
        key=f"official:{facts.source_id}",
        name=facts.name,
        family_name=facts.family_name,
        chamber=chamber,
        district=district,
        state=state or facts.state,
        party=facts.party,
        email=facts.email,
        phone=facts.phone,
        contact_form_url=facts.contact_form_url,
        official_id=facts.id,
    )


def _recipient(rule: CustomRecipient) -> Target:
    return Target(key=f"recipient:{rule.block_id}", name=rule.name, office=rule.office, email=rule.email)
