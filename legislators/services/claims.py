"""Compares the districts that a geocoder names with those that our outlines give."""

import re
from collections.abc import Mapping, Sequence
from datetime import date

from legislators.engine import districts
from legislators.engine.atlas import PlanFacts
from legislators.engine.resolution import ClaimedDistrict
from legislators.services.candidacy import Ground
from legislators.services.lookups import Hit


def disagreements(
    ground: Ground, hits: Mapping[str, Hit], claims: Sequence[ClaimedDistrict]
) -> dict[str, tuple[int, ...]]:
    """By kind of district, the divisions that the geocoder names where it names none of ours.

    Empty for a kind whose district it names by a code that our plan of the same vintage does not have: then there is
    a doubt, and nothing to put beside our own. What cannot be compared is no claim: a kind without a hit, a code
    where our plan has none, "no district here", an OCD id that we do not know (other lists spell some differently),
    and a plan that is neither ours nor in force (see `_is_comparable`).
    """
    found: dict[str, tuple[int, ...]] = {}
    for kind, hit in hits.items():
        plan = ground.plans.get(kind)
        named = [one for one in claims if one.kind == kind and plan and _is_comparable(one, plan, ground.day.on)]
        meant = [numbers for numbers in (_meant(ground, kind, one) for one in named) if numbers is not None]
        theirs = tuple(dict.fromkeys(number for numbers in meant for number in numbers))
        if meant and not set(theirs) & set(hit.possible):
            found[kind] = theirs
    return found


def _meant(ground: Ground, kind: str, claim: ClaimedDistrict) -> tuple[int, ...] | None:
    """The divisions that a claim names: none where we lack them, None where it cannot be compared."""
    facts = ground.day.facts
    number = facts.numbers.get(claim.ocd_id) if claim.ocd_id else None
    if number is not None:
        return (number,)
    if not claim.geoid or districts.is_undefined(claim.geoid):
        return None
    outlines = [facts.outlines[place] for place in facts.places_of.get(ground.plans[kind].number, ())]
    if not any(outline.geoid for outline in outlines):
        return None
    return tuple(outline.division for outline in outlines if outline.geoid.upper() == claim.geoid.upper())


def _is_comparable(claim: ClaimedDistrict, plan: PlanFacts, on: date) -> bool:
    """Whether the claim is of our own plan's vintage or of a later one that is in force on the day.

    A later one that differs is a doubt about our own. An older one is superseded, and one that is still to come
    (the districts of the next Congress) says nothing of today: their lines may differ and neither be wrong. A vintage
    that does not say, on either side, is taken at its word.
    """
    theirs = _number(claim.vintage)
    ours, latest = (
        (_congress_of(plan), _congress_on(on)) if plan.kind == districts.CONGRESS else (_year_of(plan), on.year)
    )
    if theirs is None or ours is None:
        return True
    return ours <= theirs <= max(ours, latest)


def _number(text: str) -> int | None:
    found = re.search(r"\d{2,4}", text)
    return int(found[0]) if found else None


def _congress_on(day: date) -> int:
    """The 20th Amendment: a Congress begins on 3 January of each odd year, the 1st was that of 1789."""
    begun = day.year if (day.month, day.day) >= (1, 3) else day.year - 1
    return (begun - 1787) // 2


def _congress_of(plan: PlanFacts) -> int | None:
    found = re.match(r"(\d{2,3})(?:st|nd|rd|th) Congress\b", plan.name)
    if found:
        return int(found[1])
    return _congress_on(plan.valid_from) if plan.valid_from else None


def _year_of(plan: PlanFacts) -> int | None:
    found = re.match(r"TIGER(\d{4})\b", plan.name)
    if found:
        return int(found[1])
    return plan.valid_from.year if plan.valid_from else None
