"""Writes officials with their terms and offices: only the rows that differ."""

from collections import defaultdict
from collections.abc import Collection, Iterable

from django.db.models import Q
from django.utils import timezone

from legislators.engine.people import Person
from legislators.records.officials import Office, Official, Term
from legislators.services.seating import TermFact

_FIELDS = [
    "name", "given_name", "family_name", "party", "email", "contact_form_url", "website_url", "photo_source_url",
]  # fmt: skip
_STORED = [*_FIELDS, "source", "is_sample", "retired_at"]
_US_CHAMBERS = [Term.Chamber.US_HOUSE, Term.Chamber.US_SENATE]
_STATE_CHAMBERS = [Term.Chamber.STATE_UPPER, Term.Chamber.STATE_LOWER]


class OfficialWriter:
    """Collects what a load says and writes it in bulk; counts officials, not rows."""

    def __init__(self, *, source: str, is_sample: bool) -> None:
        self.added = self.changed = self.unchanged = self.retired = 0
        #: How many officials of the listing's scope were in office before; known after `missing`.
        self.in_office = 0
        self._source, self._is_sample = source, is_sample
        self._known = {official.source_id: official for official in Official.objects.all()}
        self._terms: dict[int, dict[TermFact, int]] = defaultdict(dict)
        for term in Term.objects.all():
            fact = TermFact(term.division_id, term.chamber, term.start, term.end)
            self._terms[term.official_id][fact] = term.pk
        self._offices: dict[int, list[tuple[str, str, str]]] = defaultdict(list)
        for office in Office.objects.order_by("pk"):
            self._offices[office.official_id].append((office.kind, office.address, office.phone))
        self._listed: set[str] = set()
        self._left: set[str] = set()
        self._new: list[tuple[Official, Person, set[TermFact]]] = []
        self._corrected: list[Official] = []
        self._new_terms: list[Term] = []
        self._ended_terms: list[int] = []
        self._moved: dict[int, Person] = {}

    def keep(self, source_id: str) -> None:
        """The source lists the person but could not be understood: what is known stays as it is."""
        self._listed.add(source_id)

    def leaves(self, source_id: str) -> None:
        """The source says that the person is out of office."""
        self._left.add(source_id)

    def write(self, person: Person, terms: set[TermFact], is_congress: bool) -> None:
        self._listed.add(person.source_id)
        official = self._known.get(person.source_id)
        if official is None:
            made = Official(source_id=person.source_id, source=self._source, is_sample=self._is_sample)
            self._copy(person, made)
            self._new.append((made, person, terms))
            self.added += 1
            return
        if is_congress and self._source == Official.Source.OPENSTATES and official.source == Official.Source.CONGRESS:
            # congress-legislators is the authority on Congress; Open States knows more of its contact forms.
            is_changed = self._fill_contact_form(person, official)
        else:
            is_changed = self._correct(person, official, terms)
        self.changed += is_changed
        self.unchanged += not is_changed

    def _copy(self, person: Person, official: Official) -> bool:
        """Whether anything was different."""
        before = [getattr(official, name) for name in _STORED]
        for name in _FIELDS:
            value = getattr(person, name)
            if name == "contact_form_url" and not value and self._source == Official.Source.CONGRESS:
                # That source leaves most forms out; one learnt from elsewhere is better than none.
                continue
            setattr(official, name, value)
        official.source, official.is_sample, official.retired_at = self._source, self._is_sample, None
        return before != [getattr(official, name) for name in _STORED]

    def _fill_contact_form(self, person: Person, official: Official) -> bool:
        if official.contact_form_url or not person.contact_form_url:
            return False
        official.contact_form_url = person.contact_form_url
        self._corrected.append(official)
        return True

    def _correct(self, person: Person, official: Official, terms: set[TermFact]) -> bool:
        has_new_fields = self._copy(person, official)
        if has_new_fields:
            self._corrected.append(official)
        known = self._terms[official.pk]
        added, ended = terms - known.keys(), known.keys() - terms
        self._new_terms += [_term(official, fact) for fact in added]
        self._ended_terms += [known[fact] for fact in ended]
        has_moved = self._offices[official.pk] != _offices(person)
        if has_moved:
            self._moved[official.pk] = person
        return bool(has_new_fields or added or ended or has_moved)

    def flush(self) -> None:
        Term.objects.filter(pk__in=self._ended_terms).delete()
        Official.objects.bulk_update(self._corrected, _STORED, batch_size=200)
        made = Official.objects.bulk_create([official for official, _, _ in self._new], batch_size=500)
        for official, (_, person, terms) in zip(made, self._new, strict=True):
            self._new_terms += [_term(official, fact) for fact in terms]
            self._moved[official.pk] = person
        Term.objects.bulk_create(self._new_terms, batch_size=500)
        for numbers in _slices(list(self._moved)):
            Office.objects.filter(official_id__in=numbers).delete()
        Office.objects.bulk_create(
            [
                Office(official_id=number, kind=kind, address=address, phone=phone)
                for number, person in self._moved.items()
                for kind, address, phone in _offices(person)
            ],
            batch_size=500,
        )

    def missing(self, *, state: str, states: Collection[str]) -> list[Official]:
        """Officials of this source whom its listing no longer has in office.

        `state` is what the load was limited to; without it the listing speaks for `states`.
        """
        scope = Q(terms__division__jurisdiction__code__in=[state] if state and state != "us" else list(states))
        if self._source == Official.Source.OPENSTATES:
            in_congress = Q(terms__chamber__in=_US_CHAMBERS)
            if state == "us":
                scope = in_congress
            elif state:
                scope &= Q(terms__chamber__in=_STATE_CHAMBERS)
        in_scope = Official.objects.filter(scope, source=self._source, retired_at__isnull=True).distinct()
        before = [official for official in in_scope if official.source_id in self._known]
        added = {official.source_id for official, _, _ in self._new}
        before = [official for official in before if official.source_id not in added]
        self.in_office = len(before)
        return [official for official in before if official.source_id not in self._listed]

    def retire(self, missing: Iterable[Official]) -> None:
        """Marks them, and those who the source says have left, as no longer in office."""
        left = Official.objects.filter(source=self._source, retired_at__isnull=True, source_id__in=self._left)
        numbers = {official.pk for official in [*missing, *left]}
        for part in _slices(sorted(numbers)):
            Official.objects.filter(pk__in=part).update(retired_at=timezone.now())
        self.retired += len(numbers)


def _term(official: Official, fact: TermFact) -> Term:
    return Term(official=official, division_id=fact.division_id, chamber=fact.chamber, start=fact.start, end=fact.end)


def _offices(person: Person) -> list[tuple[str, str, str]]:
    return [(office.kind, office.address, office.phone) for office in person.offices]


def _slices(numbers: list[int], size: int = 500) -> Iterable[list[int]]:
    return (numbers[start : start + size] for start in range(0, len(numbers), size))
