"""Who there is to choose from in a state, chamber by chamber, and what a ZIP code leaves of it."""

from collections.abc import Collection, Iterable
from datetime import date
from functools import cached_property

from legislators.engine.resolution import Representation
from legislators.records.divisions import BoundarySet, Division
from legislators.records.jurisdictions import Jurisdiction
from legislators.records.officials import Term
from legislators.records.places import ZipDivision
from legislators.selectors import seats
from legislators.selectors.seats import CHAMBER_OF_KIND
from legislators.services import lookups

_DISTRICT_KINDS = (Division.Kind.UPPER, Division.Kind.LOWER, Division.Kind.CONGRESS)


def has_officials(jurisdiction: Jurisdiction) -> bool:
    """Whether anybody of that state, or its members of Congress, has been loaded."""
    return bool(seats.chambers_with_data(jurisdiction.code))


def representations(divisions: Iterable[Division], on: date) -> list[Representation]:
    """Who sits for each division on the day, and how many of its seats are empty."""
    ordered = list(divisions)
    members = seats.members_of(ordered, on)
    loaded = {code: seats.chambers_with_data(code) for code in {one.jurisdiction.code for one in ordered}}
    found = []
    for division in ordered:
        chamber = CHAMBER_OF_KIND[Division.Kind(division.kind)]
        sitting = tuple(members.get((division.pk, chamber), ()))
        is_known = chamber in loaded[division.jurisdiction.code]
        if division.seats or sitting:
            found.append(
                Representation(
                    chamber=chamber,
                    division_ocd_id=division.ocd_id,
                    division_name=division.name,
                    official_ids=sitting,
                    vacant_seats=max(division.seats - len(sitting), 0) if is_known else 0,
                )
            )
        found += _elected_at_large(division, members)
    return found


def _elected_at_large(division: Division, members: seats.Members) -> list[Representation]:
    """State legislators whom the whole jurisdiction elects: Puerto Rico's senators at large, the District's council."""
    if division.kind != Division.Kind.STATE:
        return []
    chambers = (Term.Chamber.STATE_UPPER, Term.Chamber.STATE_LOWER)
    return [
        Representation(chamber, division.ocd_id, division.name, tuple(members[(division.pk, chamber)]))
        for chamber in chambers
        if (division.pk, chamber) in members
    ]


class Ground:
    """One state on one day."""

    def __init__(self, jurisdiction: Jurisdiction, on: date) -> None:
        self.jurisdiction, self.on = jurisdiction, on

    @cached_property
    def _divisions(self) -> dict[int, Division]:
        # The reverse relation hands every division the jurisdiction that is at hand already.
        return {division.pk: division for division in self.jurisdiction.divisions.all()}

    @cached_property
    def plans(self) -> dict[str, BoundarySet]:
        return lookups.plans_in_force(self.jurisdiction, self.on)

    @cached_property
    def kinds(self) -> list[str]:
        """Kinds of district that the state has, upper house first."""
        present = {division.kind for division in self._divisions.values()}
        return [kind for kind in _DISTRICT_KINDS if kind in present]

    def state_wide(self) -> list[Representation]:
        """Whom the state alone settles: its U.S. senators."""
        whole = [one for one in self._divisions.values() if one.kind == Division.Kind.STATE]
        return representations(whole, self.on)

    def representations(self, kind: str, numbers: Collection[int]) -> list[Representation]:
        """Of these divisions, in the order given."""
        rows = [self._divisions[number] for number in numbers if number in self._divisions]
        return representations([division for division in rows if division.kind == kind], self.on)

    def divisions_of_zip(self, kind: str, zip_code: str) -> list[Division]:
        rows = ZipDivision.objects.filter(
            zip_code=zip_code, division__jurisdiction=self.jurisdiction, division__kind=kind
        ).values_list("division_id", flat=True)
        return [self._divisions[number] for number in sorted(rows)] if zip_code else []

    def candidates(self, kind: str, zip_code: str) -> list[Representation]:
        """What a ZIP leaves of a chamber's districts; all of them where nothing is known of the ZIP."""
        narrowed = self.divisions_of_zip(kind, zip_code) or self._sharing_ground_with_zip(kind, zip_code)
        everything = [division for division in self._divisions.values() if division.kind == kind]
        return representations(sorted(narrowed or everything, key=_natural_order), self.on)

    def _sharing_ground_with_zip(self, kind: str, zip_code: str) -> list[Division]:
        plan = self.plans.get(kind)
        if plan is None or kind == Division.Kind.CONGRESS:
            return []
        congress = self.divisions_of_zip(Division.Kind.CONGRESS, zip_code)
        outlines = lookups.congressional_outlines(congress, self.plans.get(Division.Kind.CONGRESS))
        if len(outlines) < len(congress):
            # One of the ZIP's districts has no outline: narrowing would leave out somebody's legislator.
            return []
        return [self._divisions[number] for number in lookups.overlapping(plan, outlines) if number in self._divisions]


def _natural_order(division: Division) -> tuple[str, int, str]:
    """10th Middlesex after 2nd Middlesex, all Middlesex together."""
    digits = "".join(letter for letter in division.name if letter.isdigit())
    name = "".join(letter for letter in division.name if not letter.isdigit())
    words = name.split(maxsplit=1)
    is_ordinal = len(words) == 2 and words[0] in {"st", "nd", "rd", "th"}
    return (words[1] if is_ordinal else name, int(digits or 0), division.name)
