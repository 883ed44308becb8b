"""Reads all that a source says of legislators and committees, checked, before anything of it is stored."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from legislators.adapters import committee_files, people_files
from legislators.engine.committees import CONGRESS, CommitteeFact
from legislators.engine.people import Person, Refusal
from legislators.engine.states import STATES
from legislators.records.officials import Official
from legislators.services.loading import Progress

_PROGRESS_PEOPLE = 1000


@dataclass(slots=True)
class Source:
    people: list[Person] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)
    committees: list[CommitteeFact] = field(default_factory=list)
    refused_committees: list[Refusal] = field(default_factory=list)


def read(*, source: str, path: Path, state: str, is_listing: bool, progress: Progress) -> Source:
    """The people, and if it is a listing the committees, of a copy of a source's data.

    One file after another is in memory; what is kept of them are checked facts.

    :param source: `Official.Source` openstates or congress.
    :param state: only the people of this state, as a two-letter code; `us` means Congress in the Open States data.
    :raises UnreadableSourceError: naming the file and, where known, the line.
    """
    found = Source()
    is_congress = source == Official.Source.CONGRESS
    per_state: Counter[str] = Counter()
    people = people_files.read_congress(path) if is_congress else people_files.read_openstates(path, state)
    for place, (person, refused) in enumerate(people, start=1):
        if place % _PROGRESS_PEOPLE == 0:
            progress(f"{place} people read …")
        if _is_wanted(person, source, state):
            found.people.append(person)
            found.refused += refused
            per_state[_home(person)] += 1
    for code, count in sorted(per_state.items()):
        progress(f"{_name(code)}: {count} people read.")
    if is_listing:
        committees = (
            committee_files.read_congress(path) if is_congress else committee_files.read_openstates(path, state)
        )
        for committee, refused in committees:
            if not state or is_congress or committee.state == state:
                found.committees.append(committee)
                found.refused_committees += refused
    return found


def _is_wanted(person: Person, source: str, state: str) -> bool:
    if not person.roles:
        return False
    if not state:
        return True
    if source == Official.Source.CONGRESS:
        return any(role.state == state for role in person.roles)
    if state == CONGRESS:
        return any(role.chamber.startswith("us_") for role in person.roles)
    return any(role.state == state and role.chamber.startswith("state_") for role in person.roles)


def _home(person: Person) -> str:
    latest = max(person.roles, key=lambda role: (role.end is None, role.end or date.min))
    return CONGRESS if latest.chamber.startswith("us_") else latest.state


def _name(code: str) -> str:
    if code == CONGRESS:
        return "Congress"
    return STATES[code].name if code in STATES else code.upper()
