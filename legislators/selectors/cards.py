"""Reads what the public may see of officials, many at a time: the card that look-ups and lists show."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple
from urllib.parse import urlsplit

from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from legislators.engine import chambers, phones, social
from legislators.engine.contacts import Contact
from legislators.engine.people import web_address
from legislators.engine.titles import title_for
from legislators.records.committees import Committee, CommitteeMembership
from legislators.records.divisions import Division
from legislators.records.officials import Official, Term
from legislators.selectors.contacts import contact_of

_ROLES = {
    "member": "",
    "chair": _("Chair"),
    "chairman": _("Chair"),
    "chairwoman": _("Chair"),
    "cochair": _("Co-chair"),
    "co-chair": _("Co-chair"),
    "vice chair": _("Vice chair"),
    "vice chairman": _("Vice chair"),
    "ranking member": _("Ranking member"),
    "ex officio": _("Ex officio"),
}


class CardCommittee(NamedTuple):
    name: str
    #: In the active language; empty for a plain member.
    role: str
    url: str
    #: Of both chambers, which often have one of the same name each.
    is_joint: bool = False


class CardOffice(NamedTuple):
    kind_label: str
    name: str
    address: str
    phone: str
    #: A `tel:` address; empty where the number cannot be dialled as it stands.
    phone_href: str


class SocialLink(NamedTuple):
    label: str
    url: str


@dataclass(frozen=True, slots=True)
class OfficialCard:
    """Who holds a seat, or held it last. Words are in the active language, names and titles as they are.

    Somebody who has left office has neither committees, nor offices, nor a contact: who answers there now is
    somebody else.
    """

    id: int
    name: str
    title: str
    party: str
    #: `Term.Chamber`; empty for somebody of whom no seat is known.
    chamber: str
    chamber_name: str
    district: str
    #: Two letters, lower case.
    state: str
    state_name: str
    #: Of our own copy; empty where there is none.
    photo_url: str
    #: The host that our copy was made from; `photo_source` is the whole address.
    photo_credit: str
    photo_source: str
    initials: str
    url: str
    committees: tuple[CardCommittee, ...]
    offices: tuple[CardOffice, ...]
    contact: Contact
    website_url: str
    social: tuple[SocialLink, ...]
    leadership_title: str
    is_in_office: bool
    #: First day no longer in office, where it is known.
    left_on: date | None
    is_sample: bool

    @property
    def seat(self) -> str:
        """Where the official sits: State house, 1st Birch. A district of Congress is one of many without its state."""
        state = self.state_name if self.chamber == Term.Chamber.US_HOUSE else ""
        return ", ".join(part for part in (self.chamber_name, state, self.district) if part)

    @property
    def phone_href(self) -> str:
        """The number of `contact` as a `tel:` address."""
        return phones.dialable(self.contact.phone)


def cards_of(ids: Iterable[int], on: date | None = None, *, is_brief: bool = False) -> dict[int, OfficialCard]:
    """The officials with these ids as they stand on the day (today unless given), former ones too.

    Five queries, however many there are. An id that nobody has is left out.

    :param is_brief: without committees, for lists of hundreds that do not show them.
    """
    day = on or timezone.localdate()
    wanted = set(ids)
    found = Official.objects.filter(pk__in=wanted).select_related("contact_override").prefetch_related("offices")
    officials = list(found)
    # Not prefetched: for each official that would build a queryset, and for each of twenty terms a division.
    terms: dict[int, list[Term]] = {}
    for term in Term.objects.filter(official__in=wanted):
        terms.setdefault(term.official_id, []).append(term)
    seats = {one.pk: seat_on(terms.get(one.pk, ()), day) for one in officials}
    places = Division.objects.select_related("jurisdiction").in_bulk(
        {term.division_id for term, _runs in seats.values() if term}
    )
    committees = {} if is_brief else _committees(wanted)
    cards: dict[int, OfficialCard] = {}
    for official in officials:
        held, runs = seats[official.pk]
        place = places[held.division_id] if held else None
        cards[official.pk] = _card(official, held, place, committees.get(official.pk, ()), runs=runs, day=day)
    return cards


def official_url(official_id: int, name: str) -> str:
    """The address of the official's page in the active language."""
    return reverse("legislators:official", kwargs={"pk": official_id, "slug": slug(name)})


def committee_url(committee: Committee) -> str:
    return reverse("legislators:committee", kwargs={"pk": committee.pk, "slug": slug(committee.name)})


def committee_line(row: CommitteeMembership) -> CardCommittee:
    """A seat on a committee, for a row read with its committee."""
    is_joint = row.committee.chamber in {Committee.Chamber.STATE_JOINT, Committee.Chamber.US_JOINT}
    return CardCommittee(row.committee.name, role_name(row.role), committee_url(row.committee), is_joint)


def slug(name: str) -> str:
    """What stands behind the number in an address; never empty."""
    return slugify(name)[:60].strip("-") or "x"


def chamber_name(chamber: str, state: str) -> str:
    """As a person reads it in the active language; a chamber with a name of its own keeps it."""
    if chamber not in Term.Chamber.values:
        return ""
    return chambers.proper_name(chamber=chamber, state=state) or str(Term.Chamber(chamber).label)


def role_name(role: str) -> str:
    """A committee role in the active language, or as the source says it; empty for a plain member."""
    word = " ".join(role.lower().split())
    return str(_ROLES[word]) if word in _ROLES else word[:1].upper() + word[1:]


def seat_on(terms: Iterable[Term], day: date) -> tuple[Term | None, bool]:
    """The term that runs on the day, else the latest one; and whether it runs."""
    ordered = sorted(terms, key=lambda term: (term.end or date.max, term.start or date.min, term.pk), reverse=True)
    for term in ordered:
        if (term.start is None or term.start <= day) and (term.end is None or day < term.end):
            return term, True
    return (ordered[0] if ordered else None), False


def _card(
    official: Official,
    term: Term | None,
    place: Division | None,
    committees: tuple[CardCommittee, ...],
    *,
    runs: bool,
    day: date,
) -> OfficialCard:
    retired_on = timezone.localdate(official.retired_at) if official.retired_at else None
    is_in_office = runs and (retired_on is None or retired_on > day)
    left_on = None if is_in_office else _left_on(term, retired_on, day)
    jurisdiction = place.jurisdiction if place else None
    state = jurisdiction.code if jurisdiction else ""
    chamber = term.chamber if term else ""
    source = web_address(official.photo_copied_from)
    return OfficialCard(
        id=official.pk,
        name=official.name,
        title=title_for(chamber=chamber, state=state) if chamber else "",
        party=official.party,
        chamber=chamber,
        chamber_name=chamber_name(chamber, state),
        district=place.name if place else "",
        state=state,
        state_name=jurisdiction.name if jurisdiction else "",
        photo_url=official.photo.url if official.photo else "",
        photo_credit=(urlsplit(source).hostname or "") if official.photo else "",
        photo_source=source if official.photo else "",
        initials=_initials(official),
        url=official_url(official.pk, official.name),
        committees=() if left_on else committees,
        offices=() if left_on else _offices(official),
        contact=Contact() if left_on else contact_of(official, day),
        website_url=web_address(official.website_url),
        social=tuple(SocialLink(*one) for one in social.profiles(official.social_handles)),
        leadership_title=official.leadership_title,
        is_in_office=is_in_office,
        left_on=left_on,
        is_sample=official.is_sample,
    )


def _left_on(term: Term | None, retired_on: date | None, day: date) -> date | None:
    """The earlier of the term's end and the day on which the source stopped naming the person; never a coming day."""
    known = [one for one in (term.end if term else None, retired_on) if one is not None and one <= day]
    return min(known, default=None)


def _initials(official: Official) -> str:
    names = [official.given_name or official.name, official.family_name]
    return "".join(name.strip()[:1] for name in names if name.strip()).upper()


def _committees(ids: set[int]) -> dict[int, tuple[CardCommittee, ...]]:
    """By official: those with a role first, else by name; without subcommittees."""
    rows = CommitteeMembership.objects.filter(
        official__in=ids, committee__retired_at__isnull=True, committee__parent__isnull=True
    )
    found: dict[int, list[CardCommittee]] = {}
    for row in rows.select_related("committee"):
        found.setdefault(row.official_id or 0, []).append(committee_line(row))
    return {one: tuple(sorted(lines, key=lambda line: (not line.role, line.name))) for one, lines in found.items()}


def _offices(official: Official) -> tuple[CardOffice, ...]:
    return tuple(
        CardOffice(str(one.get_kind_display()), one.name, one.address, one.phone, phones.dialable(one.phone))
        for one in official.offices.all()
        if one.phone or one.address
    )
