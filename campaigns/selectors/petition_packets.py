"""Reads what is handed over with a petition: no e-mail address, no street, and no place that tells who somebody is."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from campaigns.engine import public_names
from campaigns.engine.petition_pdf import Count, Counts, Packet
from campaigns.records.participation import Signature
from campaigns.selectors import signatures
from campaigns.selectors.kind_pages import KindOnPage
from legislators.records.divisions import Division
from legislators.selectors import seats

#: Fewer people than this of one place are not told apart from others.
FEWEST = 5


@dataclass(frozen=True, slots=True)
class District:
    """A district from which people signed, for the staff, who choose the packet by it."""

    division: Division
    kind: str
    number: int
    #: Who sits there now.
    officials: tuple[str, ...]


def districts(petition: KindOnPage) -> list[District]:
    """Where people signed from, the largest number first."""
    numbers = Counter(ocd_id for row in _rows(petition) for ocd_id in row.divisions)
    found = list(Division.objects.filter(ocd_id__in=numbers))
    members = seats.members_of(found)
    people = seats.officials_by_id(pk for ids in members.values() for pk in ids)
    listed = [
        District(
            division,
            str(division.get_kind_display()),
            numbers[division.ocd_id],
            tuple(
                people[pk].name
                for (division_id, _chamber), ids in members.items()
                if division_id == division.pk
                for pk in ids
            ),
        )
        for division in found
    ]
    return sorted(listed, key=lambda one: (-one.number, one.kind, one.division.name))


def packet(petition: KindOnPage, *, society: str, division: Division | None = None) -> Packet:
    """In the active language.

    :param division: only who lives there, for who sits there; everybody where None.
    """
    rows = [row for row in _rows(petition) if division is None or division.ocd_id in row.divisions]
    settings = petition.settings
    counts = [_counts(_("By town"), _towns(row.town for row in rows), len(rows))]
    if division is None:
        counts += _by_district(rows)
    return Packet(
        heading=str(settings.get("heading") or petition.page.title),
        statement=str(settings.get("statement") or ""),
        society=society,
        day=date_format(timezone.localdate(), "DATE_FORMAT"),
        language=petition.page.locale.language_code,
        total=len(rows),
        cover_letter=str(petition.value.get("cover_letter") or ""),
        recipient=_officials(division) if division else "",
        district=division.name if division else "",
        counts=tuple(counts),
        names=tuple((row.name, row.shown_town) for row in rows if row.name),
        comments=tuple(row.comment for row in rows if row.comment),
        fewest=FEWEST,
    )


@dataclass(frozen=True, slots=True)
class _Row:
    town: str
    divisions: tuple[str, ...]
    #: Only of who agreed to be named.
    name: str
    shown_town: str
    #: Only what may be passed on, and was read.
    comment: str


def _rows(petition: KindOnPage) -> list[_Row]:
    found = signatures.counted(petition.page_key, petition.block_id).select_related("taken_action__submission")
    return [_row(signature) for signature in found.order_by("signed_at", "pk")]


def _row(signature: Signature) -> _Row:
    submission = signature.taken_action.submission
    is_named = signature.is_public and not signature.is_hidden and bool(signature.public_name)
    is_passed_on = signature.comment_state == Signature.CommentState.ALLOWED
    return _Row(
        town=public_names.showable(submission.city),
        divisions=tuple(submission.division_ids),
        name=signature.public_name if is_named else "",
        shown_town=signature.town if is_named else "",
        comment=signature.comment if is_passed_on else "",
    )


def _towns(typed: Iterable[str]) -> Counter[str]:
    """As most people write each of them; PORT ALDER and Port Alder are one."""
    spellings: dict[str, Counter[str]] = {}
    for town in typed:
        if town:
            spellings.setdefault(" ".join(town.casefold().split()), Counter())[town] += 1
    return Counter({found.most_common(1)[0][0]: found.total() for found in spellings.values()})


def _by_district(rows: Sequence[_Row]) -> list[Counts]:
    numbers = Counter(ocd_id for row in rows for ocd_id in set(row.divisions))
    divisions = Division.objects.filter(ocd_id__in=numbers).exclude(kind=Division.Kind.STATE)
    divisions = divisions.select_related("jurisdiction")
    has_many_states = len({division.jurisdiction_id for division in divisions}) > 1
    found = []
    for kind in (Division.Kind.CONGRESS, Division.Kind.UPPER, Division.Kind.LOWER):
        of_kind = [division for division in divisions if division.kind == kind]
        counted = Counter(
            {
                f"{division.name} ({division.jurisdiction.name})" if has_many_states else division.name: numbers[
                    division.ocd_id
                ]
                for division in of_kind
            }
        )
        found.append(_counts(str(kind.label), counted, len(rows)))
    return found


def _counts(heading: str, numbers: Counter[str], total: int) -> Counts:
    """A single place that is left out would follow from the others, so that it takes the next smallest with it."""
    large = [(place, number) for place, number in numbers.most_common() if number >= FEWEST]
    rest = total - sum(number for _place, number in large)
    if large and 0 < rest < FEWEST:
        _place, smallest = large.pop()
        rest += smallest
    places = sorted(large, key=lambda item: (-item[1], item[0]))
    return Counts(heading, tuple(Count(*item) for item in places), max(0, rest))


def _officials(division: Division) -> str:
    members = [pk for ids in seats.members_of([division]).values() for pk in ids]
    people = seats.officials_by_id(members)
    return ", ".join(people[pk].name for pk in dict.fromkeys(members))
