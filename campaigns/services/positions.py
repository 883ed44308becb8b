"""Takes in what staff know of officials' positions from a table: all of it, or nothing."""

import uuid
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from campaigns.engine.audiences import name_key
from campaigns.engine.position_rows import LineError, Mistake, Row, parse
from campaigns.records.positions import OfficialPosition
from legislators.records.officials import Official


class BadTable(Exception):
    """Some lines cannot be taken in, so none was."""

    def __init__(self, errors: Sequence[LineError]) -> None:
        #: In the order of the lines.
        self.errors = tuple(sorted(errors, key=lambda error: error.line))
        super().__init__(f"{len(self.errors)} lines")


@dataclass(frozen=True, slots=True)
class Imported:
    added: int
    changed: int


@transaction.atomic
def import_table(*, campaign_key: uuid.UUID, text: str, today: date) -> Imported:
    """Notes each line's official; a cell that is empty leaves what is noted already.

    :param text: see `campaigns.engine.position_rows.parse`.
    :param today: what is noted without a day was noted then.
    :raises BadTable: naming each line that cannot be taken in, and why.
    """
    rows, errors = parse(text, positions=_spellings())
    officials, unknown = _officials(rows)
    errors = [*errors, *unknown, *_twice(officials)]
    if errors:
        raise BadTable(errors)
    ids = [official.pk for official in officials.values()]
    noted = OfficialPosition.objects.select_for_update().filter(campaign_key=campaign_key, official__in=ids)
    known = {position.official_id: position for position in noted}
    for row in rows:
        official = officials[row.line]
        position = known.get(official.pk) or OfficialPosition(campaign_key=campaign_key, official=official)
        _apply(position, row, today)
        position.save()
    return Imported(added=len(rows) - len(known), changed=len(known))


def _apply(position: OfficialPosition, row: Row, today: date) -> None:
    if row.position is not None:
        position.position = row.position
    if row.is_cosponsor is not None:
        position.is_cosponsor = row.is_cosponsor
    if row.source is not None:
        position.source = row.source
    position.noted_on = row.noted_on or today


def _spellings() -> dict[str, str]:
    """What is stored, and its words in the active language."""
    choices = OfficialPosition.Position
    return {value.casefold(): value for value in choices.values} | {
        str(label).casefold(): value for value, label in choices.choices
    }


def _officials(rows: Sequence[Row]) -> tuple[dict[int, Official], list[LineError]]:
    """Whom each line means, by the line; the id of a source counts for more than a name."""
    by_id = {each.source_id: each for each in Official.objects.filter(source_id__in=[row.source_id for row in rows])}
    by_name: dict[str, list[Official]] = defaultdict(list)
    if any(not row.source_id for row in rows):
        for official in Official.objects.filter(retired_at__isnull=True):
            by_name[name_key(official.name)].append(official)
    found: dict[int, Official] = {}
    errors: list[LineError] = []
    for row in rows:
        meant = [by_id[row.source_id]] if row.source_id in by_id else _named(row, by_name)
        if len(meant) == 1:
            found[row.line] = meant[0]
        elif meant:
            ids = ", ".join(official.source_id for official in meant)
            errors.append(LineError(row.line, Mistake.SEVERAL_OFFICIALS, ids))
        else:
            errors.append(LineError(row.line, Mistake.UNKNOWN_OFFICIAL, (row.source_id or row.name)[:60]))
    return found, errors


def _named(row: Row, by_name: Mapping[str, list[Official]]) -> list[Official]:
    return [] if row.source_id else by_name.get(name_key(row.name), [])


def _twice(officials: Mapping[int, Official]) -> list[LineError]:
    seen: set[int] = set()
    found = []
    for line in sorted(officials):
        if officials[line].pk in seen:
            found.append(LineError(line, Mistake.TWICE, officials[line].name))
        seen.add(officials[line].pk)
    return found
