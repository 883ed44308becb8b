"""Brings officials, their terms and offices in line with a source, without ever deleting an official."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from legislators.adapters import people_files, source_files
from legislators.adapters.source_files import UnreadableSourceError
from legislators.engine.people import Person, Refusal
from legislators.records.loads import DataLoad
from legislators.records.officials import Official
from legislators.services import jurisdictions, loading, seating
from legislators.services.loading import LoadError, LoadReport, Progress
from legislators.services.official_records import OfficialWriter

#: A listing that loses more than half of the people in office, and at least so many, is taken for half a file.
_SUSPICIOUS_RETIREMENTS = 10


def load(
    *,
    source: str,
    path: Path,
    state: str = "",
    on: date | None = None,
    accept_retirements: bool = False,
    progress: Progress = loading.silent,
) -> LoadReport:
    """Loads legislators from a copy of Open States' or congress-legislators' data; all of it or nothing.

    :param source: `Official.Source` openstates or congress.
    :param state: only this state's, as a two-letter code; `us` means Congress in the Open States data.
    :param on: the day on which people are in office or not; today unless given.
    :param accept_retirements: go on although most of the people in office are missing from the source.
    :raises LoadError: with nothing changed.
    """
    progress(f"Reading {path} …")
    try:
        if source == Official.Source.CONGRESS:
            read = list(people_files.read_congress(path))
        else:
            read = list(people_files.read_openstates(path, state))
    except UnreadableSourceError as error:
        raise LoadError(str(error)) from None
    progress(f"{len(read)} people read.")
    report = LoadReport()
    wanted = []
    for person, refused in read:
        if _is_wanted(person, source, state):
            wanted.append(person)
            report.refused += refused
    if not wanted:
        raise LoadError(f"{path}: nobody in there sits for {state or 'a legislature'}")
    # One person's own file says nothing about who else is in office.
    is_listing = source == Official.Source.CONGRESS or not path.is_file() or source_files.is_archive(path)
    apply(
        people=wanted,
        source=source,
        label=str(path.name),
        report=report,
        on=on,
        state=state,
        is_listing=is_listing,
        accept_retirements=accept_retirements,
        progress=progress,
    )
    return report


def _is_wanted(person: Person, source: str, state: str) -> bool:
    if not person.roles:
        return False
    if not state:
        return True
    if source == Official.Source.CONGRESS:
        return any(role.state == state for role in person.roles)
    if state == "us":
        return any(role.chamber.startswith("us_") for role in person.roles)
    return any(role.state == state and role.chamber.startswith("state_") for role in person.roles)


@transaction.atomic
def apply(
    *,
    people: Iterable[Person],
    source: str,
    label: str,
    report: LoadReport | None = None,
    on: date | None = None,
    state: str = "",
    is_listing: bool = True,
    accept_retirements: bool = False,
    progress: Progress = loading.silent,
) -> LoadReport:
    """Stores checked people and writes the run down.

    :param is_listing: whether somebody who is missing from `people` is no longer in office.
    :raises LoadError: with nothing changed.
    """
    report = report or LoadReport()
    today = on or timezone.localdate()
    distinct = _without_duplicates(people, report)
    seats = seating.Seats(_indexes(distinct, today))
    writer = OfficialWriter(source=source, is_sample=seats.is_sample)
    for place, person in enumerate(distinct, start=1):
        if place % 1000 == 0:
            progress(f"{place} of {len(distinct)} people …")
        try:
            terms = seats.terms_of(person, today)
        except seating.NoSeatError as error:
            report.refused.append(Refusal(person.where, str(error)))
            if error.has_left:
                writer.leaves(person.source_id)
            else:
                writer.keep(person.source_id)
            continue
        writer.write(person, terms, _is_congress(person))
    writer.flush()
    missing = writer.missing(state=state, states=seats.states_of(source)) if is_listing else []
    _check_retirements(missing, writer.in_office, accept_retirements)
    writer.retire(missing)
    report.added, report.changed = writer.added, writer.changed
    report.unchanged, report.retired = writer.unchanged, writer.retired
    report.notes += seats.notes(today)
    loading.record(report, kind=DataLoad.Kind.LEGISLATORS, source=f"{source}: {label}")
    return report


def _is_congress(person: Person) -> bool:
    return any(role.chamber.startswith("us_") for role in person.roles)


def _without_duplicates(people: Iterable[Person], report: LoadReport) -> list[Person]:
    kept: dict[str, Person] = {}
    for person in people:
        known = kept.setdefault(person.source_id, person)
        if known is not person:
            report.refused.append(
                Refusal(person.where, f"{person.name}: the id {person.source_id} is already that of {known.where}")
            )
    return list(kept.values())


def _indexes(people: Iterable[Person], on: date) -> dict[str, jurisdictions.DistrictIndex]:
    """The divisions of every state that somebody sits for, made where they are missing."""
    codes = sorted({role.state for person in people for role in person.roles if not role.is_over(on)})
    found = {}
    for code in codes:
        try:
            found[code] = jurisdictions.district_index(jurisdictions.ensure(code=code))
        except jurisdictions.UnknownStateError:
            continue
    return found


def _check_retirements(missing: list[Official], in_office: int, is_accepted: bool) -> None:
    if is_accepted or len(missing) < _SUSPICIOUS_RETIREMENTS or len(missing) * 2 <= in_office:
        return
    raise LoadError(
        f"{len(missing)} of {in_office} people in office are missing from this source; nothing was changed. "
        "If that is right (a new legislature), say --accept-retirements"
    )
