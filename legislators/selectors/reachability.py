"""Reads who in office can be reached by letter, and whose contact staff have corrected."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlencode

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from legislators.records.contacts import ContactOverride
from legislators.records.officials import Office, Official, Term
from legislators.selectors import seats

#: A correction that ends is told of this long before.
EXPIRY_AHEAD = timedelta(days=14)
_NATIONAL = {Term.Chamber.US_HOUSE.value, Term.Chamber.US_SENATE.value}


@dataclass(frozen=True, slots=True)
class ChamberReach:
    """How many members of a chamber no e-mail reaches, and what else is known of those. Congress is one each."""

    chamber: str
    #: None for a chamber of Congress.
    state_id: int | None
    state: str
    members: int
    without_email: int
    with_form: int
    with_phone_only: int

    @property
    def chamber_name(self) -> str:
        return str(Term.Chamber(self.chamber).label)

    @property
    def query(self) -> str:
        """Of the officials' list, for those without e-mail."""
        values = {"chamber": self.chamber, "has_email": "false", "is_retired": "false"}
        return urlencode(values | ({"jurisdiction": self.state_id} if self.state_id else {}))

    @property
    def with_nothing(self) -> int:
        return self.without_email - self.with_form - self.with_phone_only


def without_email(day: date | None = None) -> Q:
    """Matches officials whom no e-mail reaches on the day, corrections included; as `contacts.contact_of` has it."""
    return Q(_corrected(day, stops_email=True)) | (Q(email="") & ~Q(_corrected(day, email__gt="")))


def with_form(day: date | None = None) -> Q:
    """Matches officials of whom a contact form is known on the day."""
    return Q(contact_form_url__gt="") | Q(_corrected(day, contact_form_url__gt=""))


def with_phone(day: date | None = None) -> Q:
    """Matches officials of whom a telephone number is known on the day."""
    has_office = Exists(Office.objects.filter(official=OuterRef("pk"), phone__gt=""))
    return Q(has_office) | Q(_corrected(day, phone__gt=""))


def _corrected(day: date | None, **said: object) -> Exists:
    """Whether a correction that is in force says so. No join: negated, that would lose whom nobody corrected."""
    in_force = ContactOverride.objects.filter(official=OuterRef("pk"), expires_on__gt=day or timezone.localdate())
    return Exists(in_force.filter(**said))


def by_chamber(day: date | None = None) -> list[ChamberReach]:
    """Chambers with members whom no e-mail reaches, those with most of them first."""
    today = day or timezone.localdate()
    silent = Official.objects.filter(without_email(today))
    members = _counts(seats.current_terms(today))
    silent_counts = _counts(_terms_of(silent, today))
    forms = _counts(_terms_of(silent.filter(with_form(today)), today))
    phones = _counts(_terms_of(silent.exclude(with_form(today)).filter(with_phone(today)), today))
    found = [
        ChamberReach(
            chamber=key[0],
            state_id=key[1],
            state=key[2],
            members=members[key],
            without_email=count,
            with_form=forms.get(key, 0),
            with_phone_only=phones.get(key, 0),
        )
        for key, count in silent_counts.items()
    ]
    return sorted(found, key=lambda row: (-row.without_email, row.chamber, row.state))


def out_of_reach(chambers: Collection[str], day: date | None = None) -> dict[str, int]:
    """How many members of each of the chambers have neither e-mail nor form nor telephone; in one query."""
    today = day or timezone.localdate()
    silent = Official.objects.filter(without_email(today)).exclude(with_form(today)).exclude(with_phone(today))
    terms = _terms_of(silent, today).filter(chamber__in=chambers)
    return dict(terms.values_list("chamber").annotate(Count("official_id", distinct=True)))


def _terms_of(officials: QuerySet[Official], day: date) -> QuerySet[Term]:
    return seats.current_terms(day).filter(official__in=officials.values("pk"))


def _counts(terms: QuerySet[Term]) -> dict[tuple[str, int | None, str], int]:
    """Officials by chamber and state; a chamber of Congress is one, whatever state its members are from."""
    counts: dict[tuple[str, int | None, str], int] = {}
    rows: Iterable[tuple[str, int, str, int]] = terms.values_list(
        "chamber", "division__jurisdiction_id", "division__jurisdiction__name"
    ).annotate(count=Count("official_id", distinct=True))
    for chamber, state_id, state, count in rows:
        key = (chamber, None, "") if chamber in _NATIONAL else (chamber, state_id, state)
        counts[key] = counts.get(key, 0) + count
    return counts


def expiring_overrides(day: date | None = None) -> QuerySet[ContactOverride]:
    """Corrected contacts that end within two weeks, or have ended and wait for somebody to renew or delete them."""
    today = day or timezone.localdate()
    return (
        ContactOverride.objects.filter(expires_on__lte=today + EXPIRY_AHEAD)
        .select_related("official")
        .order_by("expires_on", "official__family_name")
    )
