"""Reads the public directory: which states are loaded, who sits in each chamber, and which seats are empty."""

import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from legislators.engine import chambers
from legislators.records.committees import Committee
from legislators.records.divisions import Division
from legislators.records.jurisdictions import Jurisdiction
from legislators.records.officials import Official, Term
from legislators.selectors.cards import OfficialCard, cards_of, chamber_name
from legislators.selectors.committees import CommitteeLink, links
from legislators.selectors.seats import CHAMBER_OF_KIND, current_terms

_KIND_OF_CHAMBER = {chamber: kind for kind, chamber in CHAMBER_OF_KIND.items()}


@dataclass(frozen=True, slots=True)
class ChamberLink:
    chamber: str
    name: str
    url: str
    members: int
    vacant: int
    #: Names and numbers, the largest first.
    parties: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Seat:
    """One seat of a chamber."""

    division_id: int
    district: str
    state_name: str
    #: None: the seat is vacant.
    card: OfficialCard | None


@dataclass(frozen=True, slots=True)
class ChamberListing:
    state: str
    state_name: str
    chamber: str
    name: str
    url: str
    is_sample: bool
    #: In the order of the districts, those that the filter lets through.
    seats: tuple[Seat, ...]
    #: Of the whole chamber, whatever the filter.
    members: int
    vacant: int
    parties: tuple[tuple[str, int], ...]
    committees: tuple[CommitteeLink, ...]
    joint_committees: tuple[CommitteeLink, ...]


@dataclass(frozen=True, slots=True)
class StateListing:
    """A state, or Congress as a whole."""

    state: str
    name: str
    url: str
    is_sample: bool
    chambers: tuple[ChamberLink, ...]
    #: Who speaks for the state in Congress, senators first.
    delegation: tuple[Seat, ...]
    leaders: tuple[OfficialCard, ...]
    joint_committees: tuple[CommitteeLink, ...]


@dataclass(frozen=True, slots=True)
class StateLink:
    state: str
    name: str
    url: str
    members: int
    is_sample: bool


def state_url(state: str) -> str:
    return reverse("legislators:jurisdiction", kwargs={"state": state})


def chamber_url(chamber: str, state: str) -> str:
    """The address of the chamber's page; both chambers of Congress have one for the whole country."""
    code = chambers.CONGRESS if chamber.startswith("us_") else state
    slug = chambers.slug_of(chamber=chamber, state=code)
    return reverse("legislators:chamber", kwargs={"state": code, "chamber": slug})


def state_name(state: str) -> str:
    """In the active language; empty for a code of which nothing is loaded."""
    if state == chambers.CONGRESS:
        return _("United States Congress")
    return Jurisdiction.objects.filter(code=state).values_list("name", flat=True).first() or ""


def states(on: date | None = None) -> list[StateLink]:
    """Congress first, then every state of which anybody in office is known, by name. Two queries."""
    rows = current_terms(on).values_list("division__jurisdiction_id", "chamber", "official_id").distinct()
    of_state: Counter[int] = Counter()
    of_congress: Counter[int] = Counter()
    for jurisdiction_id, chamber, _official in rows.order_by():
        # A state is listed for its members of Congress too, but counts those of its own legislature.
        is_congress = chamber.startswith("us_")
        of_state[jurisdiction_id] += not is_congress
        of_congress[jurisdiction_id] += is_congress
    known = list(Jurisdiction.objects.filter(pk__in=list(of_state)).order_by("name"))
    found = [StateLink(one.code, one.name, state_url(one.code), of_state[one.pk], one.is_sample) for one in known]
    real = sum(of_congress[one.pk] for one in known if not one.is_sample)
    members = real or of_congress.total()
    if members:
        code = chambers.CONGRESS
        found.insert(0, StateLink(code, state_name(code), state_url(code), members, is_sample=not real))
    return found


def state(code: str, on: date | None = None) -> StateListing | None:
    """A state by its code, or Congress; None where no official has ever been loaded for it."""
    day = on or timezone.localdate()
    is_congress = code == chambers.CONGRESS
    ever = Term.objects.filter(_in_state(code))
    if not ever.exists():
        return None
    jurisdiction = None if is_congress else Jurisdiction.objects.get(code=code)
    own = [_chamber_link(chamber, code, day) for chamber in chambers.chambers_of(code)]
    sitting = current_terms(day).filter(_in_state(code))
    own_terms = sitting.filter(chamber__in=chambers.chambers_of(code))
    leading = own_terms.exclude(official__leadership_title="").values_list("official_id", flat=True)
    leaders = cards_of(leading, day, is_brief=True)
    delegation: list[Seat] = []
    if not is_congress:
        for chamber in chambers.chambers_of(chambers.CONGRESS):
            delegation += _seats(chamber, code, day)
    joint = Committee.Chamber.US_JOINT if is_congress else Committee.Chamber.STATE_JOINT
    return StateListing(
        state=code,
        name=jurisdiction.name if jurisdiction else state_name(code),
        url=state_url(code),
        is_sample=jurisdiction.is_sample if jurisdiction else not _has_real_members(),
        chambers=tuple(link for link in own if link is not None),
        delegation=tuple(delegation),
        leaders=tuple(sorted(leaders.values(), key=lambda card: (card.chamber != "state_upper", card.name))),
        joint_committees=links(chamber=joint, state=code),
    )


def chamber(
    chamber: str, state: str, *, party: str = "", name: str = "", on: date | None = None
) -> ChamberListing | None:
    """Every seat of a chamber (`Term.Chamber`); None where nobody has ever been loaded for it.

    :param state: a state's code, or `us` for the whole of a chamber of Congress.
    :param party: only members of this party, as the source writes it.
    :param name: only members whose name or district holds these words, whatever their accents.
    """
    day = on or timezone.localdate()
    everything = _seats(chamber, state, day)
    if not everything:
        return None
    members = [seat.card for seat in everything if seat.card is not None]
    words = _plain(name).split()
    shown = [seat for seat in everything if _fits(seat, party, words)]
    joint = Committee.Chamber.US_JOINT if chamber.startswith("us_") else Committee.Chamber.STATE_JOINT
    return ChamberListing(
        state=state,
        state_name=state_name(state),
        chamber=chamber,
        name=chamber_name(chamber, state),
        url=chamber_url(chamber, state),
        is_sample=all(card.is_sample for card in members) and bool(members),
        seats=tuple(shown),
        members=len(members),
        vacant=len(everything) - len(members),
        parties=_parties([card.party for card in members]),
        committees=links(chamber=chamber, state=state),
        joint_committees=links(chamber=joint, state=state),
    )


def _in_state(code: str) -> Q:
    """Terms of a state's officials, in its own legislature and in Congress; for Congress, those of its members.

    An invented state sends nobody to Congress where real members are known.
    """
    if code == chambers.CONGRESS:
        return Q(chamber__in=chambers.chambers_of(code), division__jurisdiction__is_sample=not _has_real_members())
    return Q(division__jurisdiction__code=code)


def _has_real_members() -> bool:
    members = Term.objects.filter(chamber__in=chambers.chambers_of(chambers.CONGRESS))
    return members.filter(division__jurisdiction__is_sample=False).exists()


def _sitting(chamber: str, code: str, day: date) -> dict[int, list[int]]:
    """Ids of officials by division, in the order of their names."""
    rows = current_terms(day).filter(_in_state(code), chamber=chamber)
    found: dict[int, list[int]] = {}
    for division_id, official_id in rows.order_by("official__family_name", "official__name").values_list(
        "division_id", "official_id"
    ):
        members = found.setdefault(division_id, [])
        if official_id not in members:
            members.append(official_id)
    return found


def _divisions(chamber: str, code: str, sitting: dict[int, list[int]]) -> list[Division]:
    """The chamber's divisions in states for which members have ever been loaded, in the order of districts.

    Also those of another kind for which somebody sits: the District of Columbia elects some of its council at large.
    """
    loaded = Term.objects.filter(_in_state(code), chamber=chamber).values("division__jurisdiction_id")
    kind = _KIND_OF_CHAMBER[Term.Chamber(chamber)]
    rows = Division.objects.filter(Q(kind=kind, jurisdiction__in=loaded) | Q(pk__in=list(sitting)))
    return sorted(
        rows.select_related("jurisdiction"),
        key=lambda one: (one.jurisdiction.name, chambers.district_order(one.name), one.pk),
    )


def _seats(chamber: str, code: str, day: date) -> list[Seat]:
    sitting = _sitting(chamber, code, day)
    cards = cards_of([one for members in sitting.values() for one in members], day, is_brief=True)
    found: list[Seat] = []
    for division in _divisions(chamber, code, sitting):
        members = sitting.get(division.pk, [])
        place = division.pk, division.name, division.jurisdiction.name
        found += [Seat(*place, cards[one]) for one in members]
        found += [Seat(*place, None)] * _vacant(division, chamber, len(members))
    return found


def _vacant(division: Division, chamber: str, members: int) -> int:
    is_own = division.kind == _KIND_OF_CHAMBER[Term.Chamber(chamber)]
    return max(0, division.seats - members) if is_own else 0


def _chamber_link(chamber: str, code: str, day: date) -> ChamberLink | None:
    """A chamber with its numbers, without reading everybody's card; None where nothing was ever loaded."""
    sitting = _sitting(chamber, code, day)
    divisions = _divisions(chamber, code, sitting)
    if not divisions:
        return None
    ids = [one for members in sitting.values() for one in members]
    parties = Official.objects.filter(pk__in=ids).values_list("party", flat=True)
    return ChamberLink(
        chamber=chamber,
        name=chamber_name(chamber, code),
        url=chamber_url(chamber, code),
        members=len(ids),
        vacant=sum(_vacant(one, chamber, len(sitting.get(one.pk, []))) for one in divisions),
        parties=_parties(parties),
    )


def _parties(parties: Iterable[str]) -> tuple[tuple[str, int], ...]:
    counted = Counter(party for party in parties if party)
    return tuple(sorted(counted.items(), key=lambda row: (-row[1], row[0])))


def _fits(seat: Seat, party: str, words: Sequence[str]) -> bool:
    if party and (seat.card is None or seat.card.party != party):
        return False
    text = _plain(f"{seat.card.name if seat.card else ''} {seat.district} {seat.state_name}")
    return all(word in text for word in words)


def _plain(text: str) -> str:
    """Without capitals and accents, so that Pena finds Peña."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(mark for mark in decomposed if not unicodedata.combining(mark))
