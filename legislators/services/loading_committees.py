"""Brings committees and who sits on them in line with a source, without deleting a committee."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from functools import cached_property

from django.utils import timezone

from legislators.engine.committees import CONGRESS, CommitteeFact, MemberFact, name_key
from legislators.engine.people import Refusal
from legislators.records.committees import Committee, CommitteeMembership
from legislators.records.loads import DataLoad
from legislators.records.officials import Official
from legislators.selectors import seats
from legislators.services import jurisdictions, loading
from legislators.services.loading import LoadReport
from legislators.services.roll_call import Chamber

_FIELDS = ["source", "jurisdiction_id", "chamber", "name", "parent_id", "website_url", "retired_at"]
#: Official, name, role and rank.
MemberRow = tuple[int | None, str, str, int]
_JOINT = {"state_joint": ("state_upper", "state_lower"), "us_joint": ("us_senate", "us_house")}


def apply(
    *,
    committees: Iterable[CommitteeFact],
    source: str,
    label: str,
    held: Collection[Chamber] = (),
    refused: Iterable[Refusal] = (),
) -> LoadReport:
    """Stores checked committees and writes the run down, inside the caller's transaction.

    Committees of Congress come from congress-legislators alone: Open States lists the same ones under other ids.

    :param held: chambers that keep their old data: their committees, and those that they share, are left alone.
    """
    report = LoadReport(refused=list(refused))
    listed = _distinct(committees, source, report)
    kept = [one for one in listed if not _is_held(one.state, one.chamber, held)]
    if kept:
        _Writer(source, report).write(kept, {one.state for one in listed}, held)
        loading.record(report, kind=DataLoad.Kind.COMMITTEES, source=f"{source}: {label}")
    return report


def _distinct(committees: Iterable[CommitteeFact], source: str, report: LoadReport) -> list[CommitteeFact]:
    found: dict[str, CommitteeFact] = {}
    of_congress = 0
    for one in committees:
        if one.state == CONGRESS and source != Official.Source.CONGRESS:
            of_congress += 1
            continue
        known = found.setdefault(one.source_id, one)
        if known is not one:
            why = f"{one.name}: the id {one.source_id} is already that of {known.name}"
            report.refused.append(Refusal(one.where, why))
    if of_congress:
        report.notes.append(f"committees of Congress, left out for congress-legislators has them: {of_congress}")
    return list(found.values())


def _is_held(state: str, chamber: str, held: Collection[Chamber]) -> bool:
    """A load limited to a state's members of Congress holds Congress' committees just as a whole one does."""
    parts = _JOINT.get(chamber, (chamber,))
    return any(one.chamber in parts and (state == CONGRESS or one.state == state) for one in held)


class _Writer:
    """Writes only the committees, and the memberships of committees, that differ."""

    def __init__(self, source: str, report: LoadReport) -> None:
        self._source, self._report = source, report
        self._counts: Counter[str] = Counter()
        self._officials = dict(Official.objects.values_list("source_id", "pk"))
        self._jurisdictions: dict[str, int | None] = {CONGRESS: None}

    def write(self, listed: list[CommitteeFact], states: set[str], held: Collection[Chamber]) -> None:
        known = {one.source_id: one for one in Committee.objects.select_related("jurisdiction")}
        listed = [one for one in listed if self._is_of_known_state(one)]
        touched: set[str] = set()
        made: set[str] = set()
        ids = {one.source_id for one in listed}
        # Parents first, for their numbers.
        for is_part in (False, True):
            part = [one for one in listed if (one.parent_id in ids) == is_part]
            changed: list[Committee] = []
            added: list[Committee] = []
            for one in part:
                committee = known.get(one.source_id)
                if committee is None:
                    added.append(self._copied(one, Committee(source_id=one.source_id), known))
                    made.add(one.source_id)
                    continue
                before = [getattr(committee, name) for name in _FIELDS]
                if before != [getattr(self._copied(one, committee, known), name) for name in _FIELDS]:
                    changed.append(committee)
                    touched.add(one.source_id)
            Committee.objects.bulk_update(changed, _FIELDS, batch_size=200)
            known |= {one.source_id: one for one in Committee.objects.bulk_create(added, batch_size=500)}
        touched |= self._write_members(listed, known)
        self._report.added = len(made)
        self._report.changed = len(touched - made)
        self._report.unchanged = len(listed) - len(made) - self._report.changed
        self._report.retired = self._retire(known.values(), ids, states, held)
        self._note()

    def _is_of_known_state(self, one: CommitteeFact) -> bool:
        if one.state not in self._jurisdictions:
            try:
                self._jurisdictions[one.state] = jurisdictions.ensure(code=one.state).pk
            except jurisdictions.UnknownStateError as error:
                self._report.refused.append(Refusal(one.where, f"{one.name}: {error}"))
                return False
        return True

    def _copied(self, one: CommitteeFact, committee: Committee, known: dict[str, Committee]) -> Committee:
        parent = known.get(one.parent_id)
        if one.parent_id and parent is None:
            self._counts["orphans"] += 1
        committee.source, committee.chamber, committee.name = self._source, one.chamber, one.name
        committee.jurisdiction_id = self._jurisdictions[one.state]
        committee.parent_id = parent.pk if parent else None
        committee.website_url, committee.retired_at = one.website_url, None
        return committee

    def _write_members(self, listed: list[CommitteeFact], known: dict[str, Committee]) -> set[str]:
        """Source ids of the committees whose members differ."""
        before: dict[int, list[MemberRow]] = defaultdict(list)
        rows = CommitteeMembership.objects.order_by("committee_id", "rank", "id")
        columns = rows.values_list("committee_id", "official_id", "name", "role", "rank")
        for number, official, name, role, rank in columns.iterator(chunk_size=2000):
            before[number].append((official, name, role, rank))
        differing: dict[int, list[MemberRow]] = {}
        touched: set[str] = set()
        for one in listed:
            number = known[one.source_id].pk
            members = self._members(one)
            if before[number] != members:
                differing[number] = members
                touched.add(one.source_id)
        numbers = list(differing)
        for start in range(0, len(numbers), 500):
            CommitteeMembership.objects.filter(committee_id__in=numbers[start : start + 500]).delete()
        CommitteeMembership.objects.bulk_create(
            (
                CommitteeMembership(committee_id=number, official_id=official, name=name, role=role, rank=rank)
                for number, members in differing.items()
                for official, name, role, rank in members
            ),
            batch_size=1000,
        )
        return touched

    def _members(self, one: CommitteeFact) -> list[MemberRow]:
        found: list[MemberRow] = []
        seated: set[int] = set()
        for member in one.members:
            official = self._official(one, member)
            if official in seated:
                # The same person by id and once more by name.
                self._counts["repeated"] += 1
                continue
            if official is not None:
                seated.add(official)
            found.append((official, member.name, member.role, member.rank))
        return sorted(found, key=lambda row: row[3])

    def _official(self, one: CommitteeFact, member: MemberFact) -> int | None:
        """By the source's id; by name only where we do not know the id, and the name is one person's in the chamber.

        A member of Congress whose id is unknown is somebody who has not been loaded, whatever the name.
        """
        official = self._officials.get(member.person_id)
        if official is not None:
            return official
        if member.person_id.startswith("bioguide/"):
            self._counts["name only"] += 1
            return None
        chambers = _JOINT.get(one.chamber, (one.chamber,))
        states = {state for state, _, _ in self._by_name} if one.state == CONGRESS else {one.state}
        key = name_key(member.name)
        matches = {
            number
            for state in states
            for chamber in chambers
            for number in self._by_name.get((state, chamber, key), ())
        }
        if len(matches) == 1:
            self._counts["by name"] += 1
            return matches.pop()
        self._counts["name only"] += 1
        return None

    @cached_property
    def _by_name(self) -> dict[tuple[str, str, str], set[int]]:
        """Who is in office, by state, chamber and name."""
        found: dict[tuple[str, str, str], set[int]] = defaultdict(set)
        rows = seats.current_terms().values_list(
            "division__jurisdiction__code", "chamber", "official_id",
            "official__name", "official__given_name", "official__family_name",
        )  # fmt: skip
        for state, chamber, number, name, given, family in rows.iterator():
            for spelling in (name, f"{given} {family}"):
                found[(state, chamber, name_key(spelling))].add(number)
        return dict(found)

    def _retire(self, known: Iterable[Committee], ids: set[str], states: set[str], held: Collection[Chamber]) -> int:
        """Committees of the states in the source, of this source, that it no longer lists."""
        gone = []
        for one in known:
            state = one.jurisdiction.code if one.jurisdiction else CONGRESS
            is_ours = one.source == self._source and one.retired_at is None and state in states
            if is_ours and one.source_id not in ids and not _is_held(state, one.chamber, held):
                one.retired_at = timezone.now()
                gone.append(one)
        Committee.objects.bulk_update(gone, ["retired_at"], batch_size=200)
        return len(gone)

    def _note(self) -> None:
        sentences = {
            "by name": "members of committees found by their name, for the source has no known id of theirs: {}",
            "name only": "members of committees who are none of the officials here, kept by name only: {}",
            "repeated": "members of committees listed twice in two spellings, kept once: {}",
            "orphans": "subcommittees of a committee that is not there, standing by themselves: {}",
        }
        self._report.notes += [
            sentence.format(self._counts[key]) for key, sentence in sentences.items() if self._counts[key]
        ]
