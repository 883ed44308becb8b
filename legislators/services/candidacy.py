"""Who there is to choose from in a state, chamber by chamber, and what a ZIP code or a street leaves of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from legislators.engine import geometry
from legislators.engine.atlas import PlanFacts, StateFacts
from legislators.engine.districts import CONGRESS
from legislators.engine.resolution import Point, Representation
from legislators.services import lookups
from legislators.services.atlas import AtlasDay


@dataclass(frozen=True, slots=True)
class Ground:
    """One state on one day."""

    day: AtlasDay
    state: StateFacts

    @property
    def code(self) -> str:
        return self.state.code

    @property
    def has_officials(self) -> bool:
        """Whether anybody of that state, or its members of Congress, has ever been loaded."""
        return self.code in self.day.facts.chambers

    @property
    def plans(self) -> Mapping[str, PlanFacts]:
        return self.day.plans(self.code)

    @property
    def kinds(self) -> list[str]:
        """Kinds of district that the state has, upper house first."""
        return self.day.facts.kinds_of[self.code]

    def state_wide(self) -> tuple[Representation, ...]:
        """Whom the state alone settles: its U.S. senators."""
        return self.day.state_wide(self.code)

    def divisions_of_zip(self, kind: str, zip_code: str) -> list[int]:
        """Divisions of a kind that the ZIP code is known to touch."""
        numbers = self.day.atlas.divisions_of_zip(self.code, zip_code) if zip_code else ()
        divisions = self.day.facts.divisions
        return [number for number in numbers if number in divisions and divisions[number].kind == kind]

    def possible(self, kind: str, zip_code: str, street: Point | None = None) -> list[int]:
        """What is left of a chamber's districts, in the order in which people list them; all where nothing is known.

        :param street: the middle of the street or town that was found; the districts around it, the nearest first.
        """
        narrowed = set(self.divisions_of_zip(kind, zip_code) or self._sharing_ground_with_zip(kind, zip_code))
        everything = [one.number for one in self.day.facts.divisions_of.get((self.code, kind), ())]
        left = [number for number in everything if number in narrowed] or everything
        if street is None:
            return left
        around = lookups.within(self.day, self.code, kind, street, geometry.STREET_METRES)
        # What has no outline cannot be told to be far away.
        drawn = self.day.drawn(self.code, kind)
        kept = [number for number in around if number in set(left)]
        return [*kept, *(number for number in left if number not in drawn)] if kept else left

    def _sharing_ground_with_zip(self, kind: str, zip_code: str) -> Sequence[int]:
        """Narrowing by a district without an outline would leave out somebody's legislator: then there is none."""
        congress = self.divisions_of_zip(CONGRESS, zip_code)
        if kind == CONGRESS or not congress:
            return ()
        shared = lookups.sharing_ground(self.day, self.code, kind, CONGRESS, congress)
        if not shared:
            return ()
        # Nor are those left out that no plan draws.
        return [*shared, *self.day.unmapped_of(self.code, kind)]
