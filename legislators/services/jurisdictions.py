"""Creates a state with all its divisions: before anybody sits for one, so that an empty seat is known as empty."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction

from legislators.engine import districts
from legislators.engine.districts import District, name_key
from legislators.engine.states import STATES, State
from legislators.records.divisions import Division
from legislators.records.jurisdictions import Jurisdiction


class UnknownStateError(LookupError):
    """The code is no state's, nor that of a sample jurisdiction that exists."""


@dataclass(frozen=True, slots=True)
class DistrictIndex:
    """Finds a jurisdiction's divisions by what a source calls them."""

    jurisdiction: Jurisdiction
    by_ocd_id: dict[str, Division]
    by_name: dict[tuple[str, str], Division]

    def find(self, kind: str, name: str) -> Division | None:
        """`kind` as `Division.Kind`; the name in any of its spellings, or the end of the OCD id."""
        return self.by_name.get((kind, name_key(name)))

    @property
    def state(self) -> Division | None:
        return next((one for one in self.by_ocd_id.values() if one.kind == Division.Kind.STATE), None)


@transaction.atomic
def ensure(*, code: str) -> Jurisdiction:
    """The jurisdiction of a state with its divisions, made or completed from the built-in facts.

    A sample jurisdiction is returned as it is.

    :raises UnknownStateError: for any other code.
    """
    state = STATES.get(code)
    if state is None:
        try:
            return Jurisdiction.objects.get(code=code, is_sample=True)
        except Jurisdiction.DoesNotExist:
            raise UnknownStateError(f"{code!r} is no state") from None
    jurisdiction, _ = Jurisdiction.objects.update_or_create(
        code=state.code,
        defaults={
            "name": state.name,
            "fips": state.fips,
            "zip_prefixes": list(state.zip_prefixes),
            "is_sample": False,
        },
    )
    record_divisions(jurisdiction=jurisdiction, districts=_divisions_of(state))
    return jurisdiction


def _divisions_of(state: State) -> list[District]:
    whole = District(state.division_id, districts.STATE, state.name, state.senate_seats)
    legislative = [one for one in districts.state_districts(state.code) if one.kind != districts.STATE]
    return [whole, *districts.congressional_districts(state), *legislative]


@transaction.atomic
def record_divisions(*, jurisdiction: Jurisdiction, districts: Iterable[District]) -> int:
    """Adds the divisions that are missing and corrects those that differ. Returns how many it touched."""
    known = {one.ocd_id: one for one in Division.objects.filter(jurisdiction=jurisdiction)}
    added: list[Division] = []
    corrected: list[Division] = []
    for district in {one.ocd_id: one for one in districts}.values():
        division = known.get(district.ocd_id)
        if division is None:
            added.append(
                Division(
                    ocd_id=district.ocd_id,
                    jurisdiction=jurisdiction,
                    kind=district.kind,
                    name=district.name,
                    seats=district.seats,
                )
            )
        elif (division.kind, division.name, division.seats) != (district.kind, district.name, district.seats):
            division.kind, division.name, division.seats = district.kind, district.name, district.seats
            corrected.append(division)
    Division.objects.bulk_create(added)
    Division.objects.bulk_update(corrected, ["kind", "name", "seats"])
    return len(added) + len(corrected)


def district_index(jurisdiction: Jurisdiction) -> DistrictIndex:
    """The divisions that a jurisdiction has now, by OCD id and by name."""
    divisions = list(Division.objects.filter(jurisdiction=jurisdiction))
    by_ocd_id = {one.ocd_id: one for one in divisions}
    by_name = {(one.kind, name_key(one.ocd_id.rpartition(":")[2])): one for one in divisions}
    by_name |= {(one.kind, name_key(one.name)): one for one in divisions}
    # "At-Large" of Puerto Rico's senate and "Chairman" of the District's council are elected by the whole of it.
    if jurisdiction.code in STATES:
        for district in districts.state_districts(jurisdiction.code):
            if district.kind == districts.STATE and district.ocd_id in by_ocd_id:
                by_name[(Division.Kind.UPPER, name_key(district.name))] = by_ocd_id[district.ocd_id]
    return DistrictIndex(jurisdiction, by_ocd_id, by_name)
