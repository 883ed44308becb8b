"""Who is elected where, as plain facts in memory: everything that is known, and what of it counts on one day."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from legislators.engine.districts import CONGRESS, LOWER, STATE, UPPER
from legislators.engine.resolution import Representation

_CHAMBERS = {STATE: "us_senate", CONGRESS: "us_house", UPPER: "state_upper", LOWER: "state_lower"}
_STATE_CHAMBERS = ("state_upper", "state_lower")
#: Upper house first.
DISTRICT_KINDS = (UPPER, LOWER, CONGRESS)


@dataclass(frozen=True, slots=True)
class StateFacts:
    code: str
    is_sample: bool
    zip_prefixes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DivisionFacts:
    number: int
    ocd_id: str
    state: str
    kind: str
    name: str
    seats: int


@dataclass(frozen=True, slots=True)
class PlanFacts:
    """A plan counts from `valid_from` to the day before `valid_to`."""

    number: int
    state: str
    kind: str
    name: str
    checksum: str
    valid_from: date | None
    valid_to: date | None
    accuracy_metres: int
    loaded_at: datetime

    def counts_on(self, day: date) -> bool:
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day < self.valid_to)


@dataclass(frozen=True, slots=True)
class OutlineFacts:
    """Where a division lies in a plan, but for the line itself. Two seats on one outline have the same `shape`."""

    number: int
    plan: int
    plan_checksum: str
    state: str
    kind: str
    division: int
    geoid: str
    shape: str
    accuracy_metres: int
    #: West, south, east, north.
    box: tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class TermFacts:
    official: int
    division: int
    chamber: str
    start: date | None
    end: date | None
    retired_on: date | None

    def runs_on(self, day: date) -> bool:
        return (
            (self.start is None or self.start <= day)
            and (self.end is None or day < self.end)
            and (self.retired_on is None or day < self.retired_on)
        )


class Facts:
    """All states, divisions, plans and terms, of every time. Nothing changes them."""

    def __init__(
        self,
        *,
        states: Iterable[StateFacts],
        divisions: Iterable[DivisionFacts],
        plans: Iterable[PlanFacts],
        outlines: Iterable[OutlineFacts],
        terms: Iterable[TermFacts],
    ) -> None:
        """:param terms: in the order in which a district's members are to be named."""
        self.states = {one.code: one for one in states}
        self.divisions = {one.number: one for one in divisions}
        self.plans = {one.number: one for one in plans}
        #: A place in this list is how `legislators.engine.outlines` knows an outline.
        self.outlines = list(outlines)
        self.terms: dict[int, list[TermFacts]] = defaultdict(list)
        #: Chambers of a state for which anybody was ever loaded: elsewhere nobody known does not mean vacant.
        self.chambers: dict[str, set[str]] = defaultdict(set)
        for term in terms:
            self.terms[term.division].append(term)
            self.chambers[self.divisions[term.division].state].add(term.chamber)

    @cached_property
    def numbers(self) -> dict[str, int]:
        """Divisions by OCD id."""
        return {one.ocd_id: one.number for one in self.divisions.values()}

    @cached_property
    def divisions_of(self) -> dict[tuple[str, str], list[DivisionFacts]]:
        """By state and kind, in the order in which people list them."""
        found = defaultdict(list)
        for division in sorted(self.divisions.values(), key=_natural_order):
            found[(division.state, division.kind)].append(division)
        return dict(found)

    @cached_property
    def places_of(self) -> dict[int, list[int]]:
        """Places in `outlines` by plan."""
        found = defaultdict(list)
        for place, outline in enumerate(self.outlines):
            found[outline.plan].append(place)
        return dict(found)

    @cached_property
    def kinds_of(self) -> dict[str, list[str]]:
        """Kinds of district that a state has, upper house first."""
        return {state: [kind for kind in DISTRICT_KINDS if (state, kind) in self.divisions_of] for state in self.states}


class Day:
    """What of the facts counts on one day."""

    def __init__(self, facts: Facts, on: date) -> None:
        self.facts, self.on = facts, on
        self._representations: dict[int, tuple[Representation, ...]] = {}
        self._state_wide: dict[str, tuple[Representation, ...]] = {}
        self._over: dict[int, tuple[Representation, ...]] = {}
        self._unmapped: dict[tuple[str, str], Mapping[str, tuple[int, ...]]] = {}

    @cached_property
    def _plans(self) -> dict[str, dict[str, PlanFacts]]:
        found: dict[str, dict[str, PlanFacts]] = defaultdict(dict)
        for plan in sorted(self.facts.plans.values(), key=_rank):
            if plan.counts_on(self.on):
                found[plan.state][plan.kind] = plan
        return found

    def plans(self, state: str) -> Mapping[str, PlanFacts]:
        """The plan to ask for each kind of district of a state.

        Exact outlines come before those drawn for maps, then the plan that came into force last, then the one
        loaded last. That a plan ends when another one draws other lines is for the loader to say.
        """
        return self._plans.get(state, {})

    @cached_property
    def places(self) -> list[int]:
        """Places of the outlines of all plans to ask."""
        asked = {plan.number for plans in self._plans.values() for plan in plans.values()}
        return [place for place, outline in enumerate(self.facts.outlines) if outline.plan in asked]

    def representation(self, division: int) -> tuple[Representation, ...]:
        """Who sits for a division, and how many of its seats are empty; nothing for a division that is not known.

        For a whole state these are its U.S. senators, and whom it elects at large to its own chambers.
        """
        found = self._representations.get(division)
        if found is None:
            found = self._representations[division] = tuple(self._represented(division))
        return found

    def _represented(self, number: int) -> list[Representation]:
        division = self.facts.divisions.get(number)
        if division is None:
            return []
        sitting: dict[str, list[int]] = defaultdict(list)
        for term in self.facts.terms.get(number, ()):
            if term.runs_on(self.on) and term.official not in sitting[term.chamber]:
                sitting[term.chamber].append(term.official)
        chamber = _CHAMBERS[division.kind]
        members = tuple(sitting[chamber])
        found = []
        if division.seats or members:
            is_known = chamber in self.facts.chambers[division.state]
            vacant = max(division.seats - len(members), 0) if is_known else 0
            found.append(Representation(chamber, division.ocd_id, division.name, members, vacant))
        if division.kind == STATE:
            # Puerto Rico's senators at large, the District of Columbia's council.
            found += [
                Representation(name, division.ocd_id, division.name, tuple(sitting[name]))
                for name in _STATE_CHAMBERS
                if sitting.get(name)
            ]
        return found

    def representations(self, divisions: Iterable[int]) -> list[Representation]:
        """Of these divisions, in the order given."""
        return [row for number in divisions for row in self.representation(number)]

    def state_wide(self, state: str) -> tuple[Representation, ...]:
        """Whom the state alone settles: its U.S. senators."""
        found = self._state_wide.get(state)
        if found is None:
            whole = self.facts.divisions_of.get((state, STATE), ())
            found = self._state_wide[state] = tuple(self.representations(one.number for one in whole))
        return found

    def over(self, division: int) -> tuple[Representation, ...]:
        """Who sits for the divisions that may lie over this one; see `unmapped`."""
        found = self._over.get(division)
        if found is None:
            found = self._over[division] = tuple(self.representations(self.unmapped(division)))
        return found

    def unmapped_of(self, state: str, kind: str) -> list[int]:
        """Every division of a kind that the plan to ask leaves out."""
        return [one.number for one in self._missing_divisions(state, kind)]

    def unmapped(self, division: int) -> tuple[int, ...]:
        """Divisions of the same kind that may lie over this one: the plan that draws it leaves them out.

        New Hampshire's floterial districts take in several others of their county. Where the names tell counties
        apart, only those of the same county count; otherwise, as with the seats of Maine's tribes, all of them.
        """
        own = self.facts.divisions.get(division)
        if own is None:
            return ()
        key = (own.state, own.kind)
        if key not in self._unmapped:
            self._unmapped[key] = self._missing(*key)
        return self._unmapped[key].get(_without_number(own.name), self._unmapped[key].get("", ()))

    def drawn(self, state: str, kind: str) -> set[int]:
        """Divisions of a kind that the plan to ask outlines."""
        plan = self.plans(state).get(kind)
        places = self.facts.places_of.get(plan.number, ()) if plan else ()
        return {self.facts.outlines[place].division for place in places}

    def _missing_divisions(self, state: str, kind: str) -> list[DivisionFacts]:
        drawn = self.drawn(state, kind)
        return [one for one in self.facts.divisions_of.get((state, kind), []) if one.number not in drawn]

    def _missing(self, state: str, kind: str) -> Mapping[str, tuple[int, ...]]:
        """By the county of a division that is drawn; "" for those whose county has none of its own."""
        drawn = self.drawn(state, kind)
        divisions = self.facts.divisions_of.get((state, kind), [])
        missing = self._missing_divisions(state, kind)
        # A plan of which most is missing is a piece of one: it says nothing of the rest.
        if not drawn or len(missing) > len(drawn):
            return {}
        counties = {_without_number(one.name) for one in divisions if one.number in drawn}
        everywhere = [one.number for one in missing if _without_number(one.name) not in counties]
        found = {"": tuple(everywhere)}
        for county in {_without_number(one.name) for one in missing} & counties:
            found[county] = (*(one.number for one in missing if _without_number(one.name) == county), *everywhere)
        return found


def _rank(plan: PlanFacts) -> tuple[int, date, datetime]:
    """The last of them counts."""
    return -plan.accuracy_metres, plan.valid_from or date.min, plan.loaded_at


def _without_number(name: str) -> str:
    """ "belknap" for Belknap 5, "middlesex" for 2nd Middlesex."""
    return " ".join(word for word in name.casefold().split() if not any(letter.isdecimal() for letter in word))


def _natural_order(division: DivisionFacts) -> tuple[str, int, str]:
    """10th Middlesex after 2nd Middlesex, all Middlesex together."""
    digits = "".join(letter for letter in division.name if letter.isdecimal())
    name = "".join(letter for letter in division.name if not letter.isdecimal())
    words = name.split(maxsplit=1)
    is_ordinal = len(words) == 2 and words[0] in {"st", "nd", "rd", "th"}
    return (words[1] if is_ordinal else name, int(digits or 0), division.name)
