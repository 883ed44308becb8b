"""Reads how fast letters may leave, and says when the last of those that wait does."""

import uuid
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from django.conf import settings
from django.db.models import Q, Value
from django.db.models.functions import Concat
from django.utils import timezone

from delivery.engine import lanes, pacing
from delivery.engine.lanes import STEP_SECONDS, Lane, step_of
from delivery.engine.pacing import RuleBook, Rules, Timetable, WaitingLetter
from delivery.records.messages import OutboxMessage, OutboxQuerySet
from delivery.records.pacing import PacingLane, PacingRule
from delivery.records.pauses import Pause
from delivery.records.recipients import RecipientRecord

#: What `waiting_letter` needs of a row.
COLUMNS = (
    *("pk", "created_at", "campaign_key", "recipient_key", "recipient_domain", "jurisdiction"),
    *("channel", "next_attempt_at"),
)
RULE_FIELDS = (
    *("official_per_hour", "domain_per_hour", "total_per_hour"),
    *("opens_at", "closes_at", "is_weekdays_only", "spread_hours"),
)
#: The key of the one row among the lanes that is none: in `taken`, by scope, for whom new times are asked.
AGAIN = "again"
#: The scope of all letters; that of a campaign is the hex of its key.
SITE = "site"
#: Of the letters without a time, so many are tried out for an estimate.
SAMPLE_SIZE = 100


@dataclass(frozen=True, slots=True)
class Finish:
    """When the last letter that waits leaves."""

    #: None while nothing is known to leave: all of it is paused.
    at: datetime | None
    #: Some letters have no time yet, and theirs is reckoned from the rules.
    is_estimate: bool = False
    is_paused: bool = False


def rules_of(rule: PacingRule | None) -> Rules:
    """A row as the engine takes it; no row says nothing."""
    return Rules(**{name: getattr(rule, name) for name in RULE_FIELDS}) if rule else Rules()


def site_rules() -> Rules:
    """The site's rules with what is usual where the staff have set nothing."""
    return rules_of(PacingRule.objects.filter(campaign_key=None).first()).over(pacing.USUAL)


def campaign_rules(campaign_key: uuid.UUID) -> Rules:
    """What differs for a campaign; None is as for the site."""
    return rules_of(PacingRule.objects.filter(campaign_key=campaign_key).first())


def rule_book(campaign_keys: Collection[uuid.UUID], recipient_keys: Collection[str]) -> RuleBook:
    """The rules that letters of these campaigns to these offices go by."""
    rows = list(PacingRule.objects.filter(Q(campaign_key=None) | Q(campaign_key__in=campaign_keys)))
    site = next((row for row in rows if row.campaign_key is None), None)
    own = RecipientRecord.objects.filter(key__in=recipient_keys, per_hour__isnull=False)
    return RuleBook(
        site=rules_of(site).over(pacing.USUAL),
        campaigns={row.campaign_key: rules_of(row) for row in rows if row.campaign_key},
        offices={key: per_hour for key, per_hour in own.values_list("key", "per_hour") if per_hour},
    )


def waiting_letter(row: tuple) -> WaitingLetter:
    """A row read as `COLUMNS`."""
    identity, created_at, campaign_key, recipient_key, domain, jurisdiction, channel, next_attempt_at = row
    return WaitingLetter(
        id=identity,
        created_at=created_at.timestamp(),
        campaign_key=campaign_key,
        recipient_key=recipient_key,
        recipient_domain=domain,
        jurisdiction=jurisdiction,
        is_by_mail=channel != OutboxMessage.Channel.CWC,
        not_before=next_attempt_at.timestamp(),
    )


def timetable(letters: Collection[WaitingLetter], now: datetime, not_before: datetime | None = None) -> Timetable:
    """What is taken of all limits that these letters meet, ready to place them in."""
    book = rule_book(
        {letter.campaign_key for letter in letters if letter.campaign_key},
        {letter.recipient_key for letter in letters if letter.recipient_key},
    )
    table = Timetable(
        now=now.timestamp(),
        not_before=(not_before or now).timestamp(),
        book=book,
        default_zone=settings.TIME_ZONE,
    )
    wanted = {key: per_hour for letter in letters for key, per_hour in pacing.limits(letter, book)}
    first = step_of(table.now)
    for lane in PacingLane.objects.filter(key__in=wanted):
        taken = {int(start) // STEP_SECONDS: count for start, count in lane.taken.items()}
        # The hour before still counts: what left in it makes the first steps of this one full.
        kept = {step: count for step, count in taken.items() if step > first - lanes.STEPS_AN_HOUR}
        table.lanes[lane.key] = Lane(wanted[lane.key], kept)
        table.lanes[lane.key].skip(first, to=step_of(lane.full_until.timestamp()))
    return table


def queued_letters(campaign_key: uuid.UUID | None = None) -> OutboxQuerySet:
    letters = OutboxMessage.objects.filter(stream=OutboxMessage.Stream.LETTER, state=OutboxMessage.State.QUEUED)
    return letters.filter(campaign_key=campaign_key) if campaign_key else letters


def letters_with_a_time(campaign_key: uuid.UUID | None = None) -> OutboxQuerySet:
    """Queued letters in the plan, to be read in the order of `next_attempt_at`."""
    if not campaign_key:
        return queued_letters().filter(planned_at__isnull=False)
    placed = OutboxMessage.objects.filter(
        state=OutboxMessage.State.QUEUED, campaign_key=campaign_key, planned_at__isnull=False
    )
    # Compared as an expression: by the plain column SQLite takes the index that the board counts by, and reads every
    # row of the campaign.
    return placed.alias(kind=Concat("stream", Value(""))).filter(kind=OutboxMessage.Stream.LETTER)


def placed_letter(message_id: uuid.UUID) -> WaitingLetter | None:
    """A letter that waits for the first time it was given; None for any other."""
    placed = queued_letters().filter(pk=message_id, planned_at__isnull=False, attempts=0)
    row = placed.values_list(*COLUMNS).first()
    return waiting_letter(row) if row else None


def scope_of(campaign_key: uuid.UUID | None) -> str:
    return campaign_key.hex if campaign_key else SITE


def is_asked_again(campaign_key: uuid.UUID | None = None) -> bool:
    """Whether letters are still to lose their times because of a change: those of a campaign, or any at all."""
    asked = PacingLane.objects.filter(key=AGAIN).values_list("taken", flat=True).first() or {}
    return bool(asked.keys() & {SITE, campaign_key.hex} if campaign_key else asked)


def paused_letters(now: datetime) -> Q | None:
    """What letters a pause of less than everything keeps; None: none."""
    found = Q()
    by_scope: dict[str, list[str]] = {}
    for scope, key in Pause.objects.active(now).values_list("scope", "key"):
        by_scope.setdefault(scope, []).append(key)
    columns = (
        (Pause.Scope.CAMPAIGN, "campaign_key__in"),
        (Pause.Scope.RECIPIENT, "recipient_key__in"),
        (Pause.Scope.DOMAIN, "recipient_domain__in"),
    )
    for scope, column in columns:
        keys: Iterable[object] = by_scope.get(scope, ())
        if scope == Pause.Scope.CAMPAIGN:
            keys = [uuid.UUID(hex=str(key)) for key in keys]
        if keys:
            found |= Q(**{column: list(keys)})
    return found or None


def is_everything_paused(now: datetime) -> bool:
    return Pause.objects.active(now).filter(scope=Pause.Scope.SITE).exists()


def expected_finish(*, campaign_key: uuid.UUID | None = None, now: datetime | None = None) -> Finish | None:
    """When the last queued letter of a campaign, or of all, leaves; None: none waits.

    Read from the last time that was given; letters that have none yet are reckoned from the rules and from a sample.
    """
    now = now or timezone.now()
    # Only letters ever lack a time, so their stream is not asked for.
    unplaced = OutboxMessage.objects.filter(state=OutboxMessage.State.QUEUED, planned_at=None)
    unplaced = unplaced.filter(campaign_key=campaign_key) if campaign_key else unplaced
    placed = letters_with_a_time(campaign_key)
    last = placed.order_by("-next_attempt_at").values_list("next_attempt_at", flat=True).first()
    sample = list(unplaced.order_by("created_at").values_list(*COLUMNS)[:SAMPLE_SIZE])
    if last is None and not sample:
        return None
    if _is_paused(campaign_key, now):
        return Finish(at=None, is_paused=True)
    if not settings.PACE_LETTERS:
        return Finish(at=max(now, last or now), is_estimate=True)
    count = len(sample) if len(sample) < SAMPLE_SIZE else unplaced.count()
    is_again = is_asked_again(campaign_key)
    if is_again:
        # The times that letters have say nothing any more.
        count += placed.count()
        sample += placed.order_by("next_attempt_at").values_list(*COLUMNS)[: SAMPLE_SIZE - len(sample)]
        last = None
    finish = max(now, last or now)
    if sample:
        finish = max(finish, _reckoned([waiting_letter(row) for row in sample], count, now, is_again=is_again))
    return Finish(at=finish, is_estimate=bool(sample))


def _is_paused(campaign_key: uuid.UUID | None, now: datetime) -> bool:
    paused = Q(scope=Pause.Scope.SITE)
    if campaign_key:
        paused |= Q(scope=Pause.Scope.CAMPAIGN, key=campaign_key.hex)
    return Pause.objects.active(now).filter(paused).exists()


def _reckoned(sample: list[WaitingLetter], count: int, now: datetime, *, is_again: bool) -> datetime:
    """When `count` letters like those of the sample will have left."""
    table = timetable(sample, now)
    if is_again:
        # What is taken of the time to come is taken by these very letters.
        first = step_of(table.now)
        for key, lane in table.lanes.items():
            table.lanes[key] = Lane(lane.per_hour, {step: some for step, some in lane.taken.items() if step <= first})
    before = {key: sum(lane.taken.values()) for key, lane in table.lanes.items()}
    last = datetime.fromtimestamp(max(table.place(letter) for letter in sample), UTC)
    if count <= len(sample):
        return last
    # The lane that takes longest decides; the others have time to spare.
    share: Counter[str] = Counter(key for letter in sample for key, _limit in pacing.limits(letter, table.book))
    factor = count / len(sample)
    hours = max(
        ((before.get(key, 0) + some * factor) / table.lanes[key].per_hour for key, some in share.items()), default=0.0
    )
    return max(last, datetime.fromtimestamp(table.open_for(sample[-1], hours * 3600), UTC))
