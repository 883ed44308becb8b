"""Reads what the checklist must know beyond the page: seats, officials, translations and the society's aim."""

from collections.abc import Collection, Mapping, Sequence, Set
from typing import Any
from uuid import UUID

from django.conf import settings
from wagtail.models import Locale, Page, Site
from wagtail_localize.models import Translation

from campaigns.engine.audience_gaps import Reach
from campaigns.engine.audiences import Condition
from campaigns.engine.checklist import ChamberFacts, TranslationFacts
from campaigns.engine.targeting import OF_CONGRESS
from campaigns.records.positions import OfficialPosition
from campaigns.selectors import officials
from home.content.settings import OrganisationSettings
from legislators.engine.states import states_with_chamber
from legislators.records.officials import Term
from legislators.selectors import reachability, seats

_NOTED = frozenset({Condition.POSITION, Condition.COSPONSOR})


def chambers(names: Sequence[str]) -> tuple[ChamberFacts, ...]:
    """Of the chambers to which letters go by address: where members are known, which seats are empty.

    Asked for again after each save: seven queries, however many officials and chambers there are.
    """
    if not names:
        return ()
    vacancies = seats.vacancies(chambers=names)
    out_of_reach = reachability.out_of_reach(names)
    states_of = _states(names)
    found = []
    for chamber in names:
        states = tuple(sorted(states_of[chamber]))
        found.append(
            ChamberFacts(
                chamber=chamber,
                name=officials.chamber_name(chamber),
                states=states,
                without=_without(chamber, states_of[chamber]),
                vacancies=tuple(_place(one, is_named=len(states) > 1) for one in vacancies if one.chamber == chamber),
                unreachable=out_of_reach.get(chamber, 0),
            )
        )
    return tuple(found)


def unreachable(chosen: Mapping[str, int]) -> tuple[tuple[str, str], ...]:
    """Those of the officials whom an editor picked that nothing reaches.

    :param chosen: ids of officials by the content path of the input.
    :returns: content path and name.
    """
    known = officials.facts(set(chosen.values())) if chosen else {}
    people = [(path, known[number]) for path, number in chosen.items() if number in known]
    return tuple((path, one.name) for path, one in people if not (one.email or one.phone or one.contact_form_url))


def reach(
    *,
    campaign_key: UUID,
    roles: Collection[str],
    chambers: Collection[str],
    chosen: Collection[int],
    conditions: Set[Condition],
) -> Reach:
    """Whom letters may come from and go to; nothing is read that no text asks about.

    :param roles: those that the form offers.
    :param chambers: to which letters go by address.
    :param chosen: ids of those whom the editor picked.
    :param conditions: those that the texts of the page have.
    """
    if not conditions:
        return Reach()
    known = officials.facts(chosen) if chosen else {}
    rows = OfficialPosition.objects.filter(campaign_key=campaign_key).values_list("position", "is_cosponsor").distinct()
    noted = set(rows) if not conditions.isdisjoint(_NOTED) else set()
    return Reach(
        roles=frozenset(roles),
        chambers=frozenset({*chambers, *(one.chamber for one in known.values() if one.chamber)}),
        positions=frozenset(position for position, _is_cosponsor in noted),
        has_sponsors=any(is_cosponsor for _position, is_cosponsor in noted),
    )


def is_of_congress(ids: Sequence[int]) -> bool:
    """Whether one of these officials sits in Congress now."""
    return bool(ids) and seats.current_terms().filter(official__in=ids, chamber__in=OF_CONGRESS).exists()


def translations(page: Page) -> tuple[TranslationFacts, ...]:
    """How the page stands in every other language of the site; nothing for a page that is a translation itself."""
    if not page.pk or page.locale.language_code != settings.LANGUAGE_CODE:
        return ()
    rows = page.get_translations().filter(alias_of__isnull=True).values_list("locale__language_code", "pk")
    versions = dict(rows)
    missing = _missing_texts(page)
    others = Locale.objects.exclude(pk=page.locale_id).order_by("language_code")
    return tuple(
        TranslationFacts(code, exists=code in versions, missing=missing.get(code, 0), page_id=versions.get(code))
        for code in others.values_list("language_code", flat=True)
    )


def reading_target(page: Page) -> int:
    """The grade that texts should not go beyond, as the society set it for the page's site."""
    site = page.get_site() if page.pk else None
    site = site or Site.objects.filter(is_default_site=True).first()
    return OrganisationSettings.for_site(site).reading_level if site else 0


def _without(chamber: str, states: Set[str]) -> tuple[str, ...]:
    if chamber in OF_CONGRESS:
        return ()
    return tuple(sorted(states_with_chamber(is_lower=chamber == Term.Chamber.STATE_LOWER) - states))


def _states(chambers: Sequence[str]) -> dict[str, set[str]]:
    """By chamber, the names of those of whose members at least one is in office."""
    rows = seats.current_terms().filter(chamber__in=chambers, division__jurisdiction__isnull=False)
    found: dict[str, set[str]] = {chamber: set() for chamber in chambers}
    for chamber, state in rows.values_list("chamber", "division__jurisdiction__name").distinct():
        found[chamber].add(state)
    return found


def _place(vacancy: seats.Vacancy, *, is_named: bool) -> str:
    division = vacancy.division
    state = division.jurisdiction.name if division.jurisdiction else ""
    is_told = is_named and state and vacancy.chamber != Term.Chamber.US_SENATE
    return f"{division.name} ({state})" if is_told else division.name


def _missing_texts(page: Page) -> dict[str, int]:
    """By language, of the translations that wagtail-localize keeps."""
    rows: Any = Translation.objects.filter(source__object_id=page.translation_key, enabled=True)
    found = {}
    for row in rows.select_related("source", "target_locale"):
        total, done = row.get_progress()
        found[row.target_locale.language_code] = total - done
    return found
