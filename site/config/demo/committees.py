"""Alder's committees and who sits on them."""

import uuid

from config.demo import geography
from config.demo.officials import OFFICIALS, source_id
from legislators.records.committees import Committee, CommitteeMembership
from legislators.records.jurisdictions import Jurisdiction
from legislators.records.officials import Official

#: Chamber, name, what it is a part of, and the officials' numbers: the chair first, then the vice chair.
COMMITTEES = [
    ("state_upper", "Committee on Health and Human Services", "", [1, 4, 3]),
    ("state_upper", "Committee on Ways and Means", "", [2, 3, 1, 4]),
    ("state_lower", "Committee on Health Care Financing", "", [5, 8, 9, 10]),
    ("state_lower", "Subcommittee on Telehealth", "Committee on Health Care Financing", [9, 5]),
    ("state_lower", "Committee on Licensing and Professions", "", [6, 7, 11]),
    ("state_joint", "Joint Committee on Public Health", "", [3, 7, 1, 6, 11]),
    ("us_house", "Committee on Alder’s Waters", "", [12, 13]),
    ("us_senate", "Committee on Health, Harbors and Pensions", "", [14, 15]),
]
_ROLES = ["chair", "vice chair"]


def build() -> None:
    """Makes the committees that are not there yet."""
    state = Jurisdiction.objects.get(code=geography.STATE_CODE)
    people = {one.number: Official.objects.get(source_id=source_id(one)) for one in OFFICIALS}
    made: dict[str, Committee] = {}
    for chamber, name, parent, members in COMMITTEES:
        key = uuid.uuid5(uuid.NAMESPACE_URL, f"{chamber}/{name}.alder.example")
        committee, is_new = Committee.objects.get_or_create(
            source_id=f"sample/{key}",
            defaults={
                "source": Official.Source.SAMPLE,
                "jurisdiction": None if chamber.startswith("us_") else state,
                "chamber": chamber,
                "name": name,
                "parent": made.get(parent),
            },
        )
        made[name] = committee
        if is_new:
            CommitteeMembership.objects.bulk_create(
                CommitteeMembership(
                    committee=committee,
                    official=people[number],
                    name=people[number].name,
                    role=_ROLES[place] if place < len(_ROLES) else "member",
                    rank=place + 1,
                )
                for place, number in enumerate(members)
            )
