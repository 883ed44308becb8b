"""Brings officials, their terms and offices in line with a source, without ever deleting an official."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

from django.db import transaction
from django.utils import timezone

from legislators.adapters import source_files
from legislators.adapters.source_files import UnreadableSourceError
from legislators.engine.people import Person, Refusal
from legislators.records.loads import DataLoad
from legislators.records.officials import Official
from legislators.services import jurisdictions, loading, loading_committees, reading, seating
from legislators.services.loading import LoadError, LoadReport, Progress
from legislators.services.official_records import OfficialWriter
from legislators.services.roll_call import Chamber, RollCall

_PROGRESS_PEOPLE = 1000


@dataclass(frozen=True, slots=True)
class _Seated:
    """Whether the person sits (or is going to), has left, or stays as known for the source cannot be understood."""

    person: Person
    outcome: Literal["sits", "left", "kept"]
    terms: set[seating.TermFact]


def load(
    *,
    source: str,
    path: Path,
    state: str = "",
    on: date | None = None,
    accept_retirements: bool = False,
    progress: Progress = loading.silent,
) -> LoadReport:
    """Loads legislators, and committees where they are there, from a copy of a source's data; all of it or nothing.

    A chamber that would lose more than a tenth of its members keeps its old data, and is in `held` of the report.

    :param source: `Official.Source` openstates or congress.
    :param state: only this state's, as a two-letter code; `us` means Congress in the Open States data.
    :param on: the day on which people are in office or not; today unless given.
    :param accept_retirements: also where a chamber loses more than a tenth of its members.
    :raises LoadError: with nothing changed.
    """
    progress(f"Reading {path} …")
    # One person's own file says nothing about who else is in office.
    is_listing = source == Official.Source.CONGRESS or not path.is_file() or source_files.is_archive(path)
    try:
        # Before the transaction: reading takes longer than a visitor's own write can wait.
        read = reading.read(source=source, path=path, state=state, is_listing=is_listing, progress=progress)
    except UnreadableSourceError as error:
        raise LoadError(str(error)) from None
    if not read.people:
        raise LoadError(f"{path}: nobody in there sits for {state or 'a legislature'}")
    report = LoadReport(refused=read.refused)
    with transaction.atomic():
        held = _apply(
            people=read.people,
            source=source,
            label=path.name,
            report=report,
            on=on or timezone.localdate(),
            state=state,
            is_listing=is_listing,
            accept_retirements=accept_retirements,
            progress=progress,
        )
        if read.committees:
            progress(f"{len(read.committees)} committees …")
            report.committees = loading_committees.apply(
                committees=read.committees,
                source=source,
                label=path.name,
                held=held,
                refused=read.refused_committees,
            )
    return report


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
    """
    report = report or LoadReport()
    _apply(
        people=people,
        source=source,
        label=label,
        report=report,
        on=on or timezone.localdate(),
        state=state,
        is_listing=is_listing,
        accept_retirements=accept_retirements,
        progress=progress,
    )
    return report


def _apply(
    *,
    people: Iterable[Person],
    source: str,
    label: str,
    report: LoadReport,
    on: date,
    state: str,
    is_listing: bool,
    accept_retirements: bool,
    progress: Progress,
) -> set[Chamber]:
    """The chambers that were held."""
    distinct = _without_duplicates(people, report)
    seats = seating.Seats(_indexes(distinct, on))
    roll = RollCall(source=source, state=state, on=on)
    seated = [_seat(person, seats, roll, on, report) for person in distinct]
    holdings = roll.holdings() if is_listing and not accept_retirements else []
    held = {holding.chamber for holding in holdings}
    for holding in holdings:
        report.held.append(holding.sentence)
        report.refused.append(Refusal(label, holding.sentence))
    writer = OfficialWriter(source=source, is_sample=seats.is_sample, on=on)
    for place, one in enumerate(seated, start=1):
        if place % _PROGRESS_PEOPLE == 0:
            progress(f"{place} of {len(seated)} people compared …")
        if held.isdisjoint(_chambers(one.person, roll, on)):
            if one.outcome == "sits":
                writer.write(one.person, one.terms, _is_congress(one.person))
            elif one.outcome == "left":
                writer.leaves(one.person, one.terms)
    if is_listing:
        # Who has left is listed too, but has been dealt with above.
        writer.retire(roll.missing({person.source_id for person in distinct}, held))
    writer.flush()
    report.added, report.changed = writer.added, writer.changed
    report.unchanged, report.retired = writer.unchanged, writer.retired
    report.notes += _notes(distinct) + seats.notes(on)
    if writer.left_out:
        names = ", ".join(sorted(writer.left_out))
        report.notes.append(f"in Congress according to this source alone, congress-legislators knows better: {names}")
    if report.added or report.changed or report.unchanged or report.retired or not held:
        # A run that held all that it brought changed nothing: written down it would make old data look fresh.
        load = loading.record(report, kind=DataLoad.Kind.LEGISLATORS, source=f"{source}: {label}")
        writer.record_changes(load)
    return held


def _seat(person: Person, seats: seating.Seats, roll: RollCall, on: date, report: LoadReport) -> _Seated:
    for role in person.roles:
        if not role.is_over(on):
            roll.lists(role.state, role.chamber)
    try:
        terms = seats.terms_of(person, on)
    except seating.HasLeftError as error:
        report.refused.append(Refusal(person.where, str(error)))
        return _Seated(person, "left", error.terms)
    except seating.NoSeatError as error:
        # The source lists the person but cannot be understood: what is known stays as it is.
        report.refused.append(Refusal(person.where, str(error)))
        roll.seats(person.source_id, roll.chamber_of(person.source_id))
        return _Seated(person, "kept", set())
    for role in person.current_roles(on):
        roll.seats(person.source_id, roll.chamber(role.state, role.chamber))
    return _Seated(person, "sits", terms)


def _chambers(person: Person, roll: RollCall, on: date) -> set[Chamber]:
    """Where the person sat before, and where the source has them now or soon."""
    found = {roll.chamber(role.state, role.chamber) for role in person.roles if not role.is_over(on)}
    before = roll.chamber_of(person.source_id)
    return found | {before} if before else found


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
    """The divisions of every state that somebody sits for, or sat for last, made where they are missing."""
    codes = sorted(
        {
            role.state
            for person in people
            for place, role in enumerate(person.roles, start=1)
            if not role.is_over(on) or place == len(person.roles)
        }
    )
    found = {}
    for code in codes:
        try:
            found[code] = jurisdictions.district_index(jurisdictions.ensure(code=code))
        except jurisdictions.UnknownStateError:
            continue
    return found


def _notes(people: Iterable[Person]) -> list[str]:
    """What the source does often enough to be counted, and mailboxes that several people share."""
    remarks: Counter[str] = Counter()
    mailboxes: dict[str, list[str]] = defaultdict(list)
    for person in people:
        remarks.update(str(remark) for remark in person.remarks)
        if person.email:
            mailboxes[person.email.lower()].append(person.name)
    notes = [remark.format(count=count) for remark, count in sorted(remarks.items())]
    notes += [
        f"the mailbox {address} is shared by {' and '.join(sorted(names))}"
        for address, names in sorted(mailboxes.items())
        if len(names) > 1
    ]
    return notes
