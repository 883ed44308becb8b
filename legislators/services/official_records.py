"""Writes officials with their terms and offices: only the rows that differ, and what was different."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date
from typing import Any

from django.utils import timezone

from legislators.engine.people import Person
from legislators.records.divisions import Division
from legislators.records.loads import DataLoad
from legislators.records.officials import Office, Official, Term
from legislators.services import history
from legislators.services.seating import TermFact

_FIELDS = [
    "name", "given_name", "family_name", "party", "email", "contact_form_url", "website_url", "photo_source_url",
]  # fmt: skip
_STORED = [*_FIELDS, "leadership_title", "social_handles", "source", "is_sample", "retired_at"]
#: Kind, name, address and phone.
OfficeRow = tuple[str, str, str, str]


class OfficialWriter:
    """Collects what a load says and writes it in bulk; counts officials, not rows."""

    def __init__(self, *, source: str, is_sample: bool, on: date) -> None:
        self.added = self.changed = self.unchanged = self.retired = 0
        self._source, self._is_sample, self._on = source, is_sample, on
        self._known = {official.source_id: official for official in Official.objects.all()}
        self._terms: dict[int, dict[TermFact, int]] = defaultdict(dict)
        for term in Term.objects.all().iterator(chunk_size=2000):
            fact = TermFact(term.division_id, term.chamber, term.start, term.end)
            self._terms[term.official_id][fact] = term.pk
        self._offices: dict[int, list[OfficeRow]] = defaultdict(list)
        for office in Office.objects.order_by("pk").iterator(chunk_size=2000):
            self._offices[office.official_id].append((office.kind, office.name, office.address, office.phone))
        self._division_names = dict(Division.objects.values_list("pk", "name"))
        #: Members of Congress whom Open States alone lists, of states that congress-legislators has been loaded for.
        self.left_out: list[str] = []
        self._states_of_congress = _states_of_congress() if source == Official.Source.OPENSTATES else set()
        self._new: list[tuple[Official, Person, set[TermFact]]] = []
        self._corrected: dict[int, Official] = {}
        self._new_terms: list[Term] = []
        self._corrected_terms: dict[int, TermFact] = {}
        self._removed_terms: list[int] = []
        self._moved: dict[int, list[OfficeRow]] = {}
        self._changes: dict[int, dict[str, Any]] = defaultdict(dict)

    def write(self, person: Person, terms: set[TermFact], is_congress: bool) -> None:
        """Somebody whom the source has in office."""
        official = self._known.get(person.source_id)
        if official is None:
            if is_congress and self._states_of_congress & {role.state for role in person.current_roles(self._on)}:
                self.left_out.append(person.name)
                return
            made = Official(source_id=person.source_id, source=self._source, is_sample=self._is_sample)
            self._copy(person, made)
            self._new.append((made, person, terms))
            self.added += 1
            return
        if is_congress and self._source == Official.Source.OPENSTATES and official.source == Official.Source.CONGRESS:
            # congress-legislators is the authority on Congress; Open States knows more of its contact forms.
            self._fill_contact_form(person, official)
        else:
            self._correct(person, official, terms)
        is_changed = official.pk in self._changes
        self.changed += is_changed
        self.unchanged += not is_changed

    def leaves(self, person: Person, terms: set[TermFact]) -> None:
        """Somebody who the source says is out of office: `terms` end as it says."""
        official = self._known.get(person.source_id)
        if official is not None and self._source in (official.source, Official.Source.CONGRESS):
            self._keep_terms(official, terms)
            self._retire(official)

    def retire(self, numbers: Collection[int]) -> None:
        """Officials whom the source no longer lists: what had begun ends today."""
        by_number = {official.pk: official for official in self._known.values()}
        for number in numbers:
            self._keep_terms(by_number[number], set())
            self._retire(by_number[number])

    def _retire(self, official: Official) -> None:
        if official.retired_at is not None:
            return
        official.retired_at = timezone.now()
        # Whoever retires somebody answers for them from then on: another source would seat them again.
        official.source = self._source
        self._changes[official.pk]["retired_at"] = [None, official.retired_at.isoformat()]
        self._corrected[official.pk] = official
        self.retired += 1

    def _correct(self, person: Person, official: Official, terms: set[TermFact]) -> None:
        differing = self._copy(person, official)
        if differing:
            self._changes[official.pk] |= differing
            self._corrected[official.pk] = official
        self._keep_terms(official, terms)
        before = self._offices[official.pk]
        after = self._offices_of(person, before)
        if before != after:
            self._moved[official.pk] = after
            self._changes[official.pk]["offices"] = [list(map(_office_text, before)), list(map(_office_text, after))]

    def _copy(self, person: Person, official: Official) -> dict[str, Any]:
        """What was different: before and after, by field."""
        before = {name: getattr(official, name) for name in _STORED}
        for name in _FIELDS:
            value = getattr(person, name)
            if name == "contact_form_url" and not value and self._source == Official.Source.CONGRESS:
                # That source leaves most forms out; one learnt from elsewhere is better than none.
                continue
            setattr(official, name, value)
        official.leadership_title = person.leadership_title(self._on)
        if person.knows_social:
            official.social_handles = dict(person.social_handles)
        official.source, official.is_sample, official.retired_at = self._source, self._is_sample, None
        after = {name: getattr(official, name) for name in _STORED}
        return {name: [_plain(before[name]), _plain(after[name])] for name in _STORED if before[name] != after[name]}

    def _fill_contact_form(self, person: Person, official: Official) -> None:
        if official.contact_form_url or not person.contact_form_url:
            return
        official.contact_form_url = person.contact_form_url
        self._changes[official.pk]["contact_form_url"] = ["", person.contact_form_url]
        self._corrected[official.pk] = official

    def _keep_terms(self, official: Official, terms: set[TermFact]) -> None:
        known = self._terms[official.pk]
        changes = history.reconcile(known, terms, self._on)
        if not changes:
            return
        self._new_terms += [_term(official, fact) for fact in changes.added]
        self._corrected_terms |= changes.corrected
        self._removed_terms += changes.removed
        self._changes[official.pk]["terms"] = [
            history.described(known, self._division_names),
            history.described(changes.applied_to(known), self._division_names),
        ]

    def _offices_of(self, person: Person, before: Iterable[OfficeRow]) -> list[OfficeRow]:
        rows = [(office.kind, office.name, office.address, office.phone) for office in person.offices]
        if not person.knows_district_offices:
            rows += [row for row in before if row[0] == Office.Kind.DISTRICT]
        return rows

    def flush(self) -> None:
        """Writes everything that was collected."""
        for numbers in _slices(self._removed_terms):
            Term.objects.filter(pk__in=numbers).delete()
        corrected = [
            Term(pk=number, division_id=fact.division_id, chamber=fact.chamber, start=fact.start, end=fact.end)
            for number, fact in self._corrected_terms.items()
        ]
        Term.objects.bulk_update(corrected, ["start", "end"], batch_size=200)
        Official.objects.bulk_update(self._corrected.values(), _STORED, batch_size=100)
        made = Official.objects.bulk_create([official for official, _, _ in self._new], batch_size=500)
        for official, (_, person, terms) in zip(made, self._new, strict=True):
            self._new_terms += [_term(official, fact) for fact in terms]
            self._moved[official.pk] = self._offices_of(person, ())
        Term.objects.bulk_create(self._new_terms, batch_size=500)
        for numbers in _slices(list(self._moved)):
            Office.objects.filter(official_id__in=numbers).delete()
        Office.objects.bulk_create(
            [
                Office(official_id=number, kind=kind, name=name, address=address, phone=phone)
                for number, rows in self._moved.items()
                for kind, name, address, phone in rows
            ],
            batch_size=500,
        )

    def record_changes(self, load: DataLoad) -> None:
        """Writes down what was different about officials who were known; nothing of those who are new."""
        history.record(self._changes, load)


def _states_of_congress() -> set[str]:
    """States whose members of Congress are kept by congress-legislators, the authority on who sits there."""
    members = Term.objects.filter(
        official__source=Official.Source.CONGRESS, chamber__in=[Term.Chamber.US_HOUSE, Term.Chamber.US_SENATE]
    )
    return set(members.values_list("division__jurisdiction__code", flat=True).distinct())


def _term(official: Official, fact: TermFact) -> Term:
    return Term(official=official, division_id=fact.division_id, chamber=fact.chamber, start=fact.start, end=fact.end)


def _office_text(row: OfficeRow) -> str:
    return ", ".join(filter(None, row))


def _plain(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value


def _slices(numbers: list[int], size: int = 500) -> Iterable[list[int]]:
    return (numbers[start : start + size] for start in range(0, len(numbers), size))
