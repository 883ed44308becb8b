"""Reads committees: those of a chamber, and who sits on one."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from legislators.engine import chambers
from legislators.engine.people import web_address
from legislators.records.committees import Committee, CommitteeMembership
from legislators.selectors.cards import OfficialCard, cards_of, chamber_name, committee_url, role_name


@dataclass(frozen=True, slots=True)
class CommitteeLink:
    id: int
    name: str
    url: str


@dataclass(frozen=True, slots=True)
class CommitteeMember:
    name: str
    #: In the active language; empty for a plain member.
    role: str
    #: None where the source names somebody whom we cannot tell among the officials.
    card: OfficialCard | None


@dataclass(frozen=True, slots=True)
class CommitteeListing:
    id: int
    name: str
    url: str
    #: A state's code, or `us`.
    state: str
    state_name: str
    chamber: str
    #: The chamber's name in the active language; both are said where it is a joint committee.
    chamber_name: str
    parent: CommitteeLink | None
    subcommittees: tuple[CommitteeLink, ...]
    members: tuple[CommitteeMember, ...]
    website_url: str
    retired_at: datetime | None
    is_sample: bool

    @property
    def is_joint(self) -> bool:
        return self.chamber in (Committee.Chamber.STATE_JOINT, Committee.Chamber.US_JOINT)


def links(*, chamber: str, state: str) -> tuple[CommitteeLink, ...]:
    """Committees of a chamber (`Committee.Chamber`) that have not been retired, without their subcommittees.

    :param state: a state's code; for Congress any, since the chamber says it.
    """
    found = Committee.objects.filter(chamber=chamber, parent__isnull=True, retired_at__isnull=True)
    if chamber.startswith("state_"):
        found = found.filter(jurisdiction__code=state)
    return tuple(_link(one) for one in found.order_by("name"))


def committee(committee_id: int, on: date | None = None) -> CommitteeListing | None:
    """One committee, a retired one too; None where there is none of this id."""
    day = on or timezone.localdate()
    found = Committee.objects.select_related("jurisdiction", "parent").filter(pk=committee_id).first()
    if found is None:
        return None
    rows = list(CommitteeMembership.objects.filter(committee=found))
    cards = cards_of([row.official_id for row in rows if row.official_id], day, is_brief=True)
    # Somebody who left office stays on the list of a committee that is no more, and on no other.
    shown = [row for row in rows if row.official_id is None or cards[row.official_id].is_in_office or found.retired_at]
    jurisdiction = found.jurisdiction
    state = jurisdiction.code if jurisdiction else chambers.CONGRESS
    below = found.subcommittees.filter(retired_at__isnull=True).order_by("name")
    return CommitteeListing(
        id=found.pk,
        name=found.name,
        url=committee_url(found),
        state=state,
        state_name=jurisdiction.name if jurisdiction else "",
        chamber=found.chamber,
        chamber_name=chamber_name(found.chamber, state) or str(Committee.Chamber(found.chamber).label),
        parent=_link(found.parent) if found.parent else None,
        subcommittees=tuple(_link(one) for one in below),
        members=tuple(_member(row, cards) for row in shown),
        website_url=web_address(found.website_url),
        retired_at=found.retired_at,
        is_sample=bool(jurisdiction and jurisdiction.is_sample),
    )


def _link(committee: Committee) -> CommitteeLink:
    return CommitteeLink(committee.pk, committee.name, committee_url(committee))


def _member(row: CommitteeMembership, cards: dict[int, OfficialCard]) -> CommitteeMember:
    card = cards.get(row.official_id) if row.official_id else None
    return CommitteeMember(card.name if card else row.name, role_name(row.role), card)
