"""What texts go by, read for all who get a letter at once: committees and noted positions."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from campaigns.engine.audiences import NOT_KNOWN, Condition, Reader, name_key
from campaigns.engine.targeting import Target
from campaigns.records.positions import OfficialPosition
from legislators.records.committees import Committee, CommitteeMembership
from legislators.records.officials import Official

_OF_POSITIONS = frozenset({Condition.POSITION, Condition.COSPONSOR})


def readers(*, campaign_key: UUID, targets: Sequence[Target], conditions: Collection[Condition]) -> dict[str, Reader]:
    """What is known of each target, by its key; nothing is read that no text asks about.

    An official on whom nothing is noted counts as no cosponsor, of a position that is not known.

    :param conditions: those that the texts of the page have.
    """
    ids = [target.official_id for target in targets if target.official_id]
    committees = committees_of(ids) if Condition.COMMITTEE in conditions else {}
    positions = positions_of(campaign_key, ids) if _OF_POSITIONS.intersection(conditions) else {}
    return {target.key: _reader(target, committees, positions) for target in targets}


def _reader(
    target: Target, committees: Mapping[int, frozenset[str]], positions: Mapping[int, OfficialPosition]
) -> Reader:
    if target.official_id is None:
        return Reader()
    noted = positions.get(target.official_id)
    return Reader(
        chamber=target.chamber,
        party=target.party,
        committees=committees.get(target.official_id, frozenset()),
        is_cosponsor=noted.is_cosponsor if noted else False,
        position=noted.position if noted else NOT_KNOWN,
        official_id=target.official_id,
    )


def committees_of(official_ids: Collection[int]) -> dict[int, frozenset[str]]:
    """Keys of the names of the committees on which each official sits, by the official's id."""
    if not official_ids:
        return {}
    rows = CommitteeMembership.objects.filter(official__in=official_ids, committee__retired_at__isnull=True)
    found: dict[int, set[str]] = defaultdict(set)
    for official_id, name in rows.values_list("official_id", "committee__name"):
        found[official_id].add(name_key(name))
    return {number: frozenset(names) for number, names in found.items()}


def positions_of(campaign_key: UUID, official_ids: Collection[int]) -> dict[int, OfficialPosition]:
    """What the staff noted about each official in a campaign, by the official's id."""
    if not official_ids:
        return {}
    rows = OfficialPosition.objects.filter(campaign_key=campaign_key, official__in=official_ids)
    return {row.official_id: row for row in rows}


def committee_names() -> list[str]:
    """Of every committee that its source still lists, each once."""
    rows = Committee.objects.filter(retired_at__isnull=True).order_by("name")
    return list(rows.values_list("name", flat=True).distinct())


def party_choices() -> list[tuple[str, str]]:
    """The parties of those in office, as their sources write them: proper names, which are not translated."""
    rows = Official.objects.filter(retired_at__isnull=True).exclude(party="")
    written = rows.values_list("party", flat=True).distinct()
    parties = sorted({part.strip() for party in written for part in party.split("/") if part.strip()})
    return [(party, party) for party in parties]
