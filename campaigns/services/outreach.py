"""Calls and posts to officials: a row for each, and what the person says came of it."""

from collections.abc import Callable, Mapping

from django.db import transaction
from django.utils import timezone

from campaigns.engine import outreach as rules
from campaigns.engine.targeting import Target
from campaigns.records.taken_actions import Outreach, TakenAction
from campaigns.selectors import phones
from campaigns.services.kinds.base import Accepted


class NotAnOutcome(ValueError):
    """Something was reported that nobody can say of a call, or of a post."""


def write(taken: TakenAction, accepted: Accepted, *, texts_for: Callable[[Target], Mapping[str, str]]) -> None:
    """A row for each of those whom the page addresses, with what the person was given to say."""
    Outreach.objects.bulk_create(
        Outreach(
            taken_action=taken,
            target_key=target.key,
            official_id=target.official_id,
            recipient_name=target.name[:200],
            recipient_office=(target.district or target.office)[:200],
            chamber=target.chamber,
            state=target.state[:2],
            texts=dict(texts_for(target)),
        )
        for target in accepted.targets
    )


@transaction.atomic
def report(*, outreach: Outreach, outcome: str, allowed: tuple[str, ...], wrong_phone: str = "") -> None:
    """Records what the person says; said again, the last word counts.

    :param allowed: `campaigns.engine.outreach.OF_CALLS` or `OF_POSTS`.
    :param wrong_phone: the number of which they say that it is wrong, with that outcome only. Staff see it until the
        person takes it back, even where another number led to somebody; where there is another number to try, it
        ends nothing.
    :raises NotAnOutcome: for what is not allowed, and for a number that is none of the official's.
    """
    if outcome not in allowed:
        raise NotAnOutcome(outcome)
    # Held by both: of two reports at one moment, the later sees the earlier when it asks whether all is done.
    taken = TakenAction.objects.select_for_update().get(pk=outreach.taken_action_id)
    row = Outreach.objects.select_for_update().get(pk=outreach.pk)
    numbers = phones.of_officials({row.official_id} if row.official_id else set()).get(row.official_id or 0, ())
    if outcome == rules.WRONG_NUMBER and wrong_phone not in {phone.number for phone in numbers}:
        raise NotAnOutcome(outcome)
    if outcome in {rules.WRONG_NUMBER, ""}:
        row.wrong_phone = wrong_phone[:40] if outcome else ""
    if outcome != rules.WRONG_NUMBER or all(phone.number == wrong_phone for phone in numbers):
        row.outcome = outcome
    row.reported_at = timezone.now() if outcome else None
    row.save(update_fields=["outcome", "reported_at", "wrong_phone"])
    _settle(taken, is_call=allowed == rules.OF_CALLS)


def _settle(taken: TakenAction, *, is_call: bool) -> None:
    """Marks the action as done where nothing is left of it: whom nobody can call is no reason to wait."""
    rows = list(taken.outreach.all())
    numbers = phones.of_officials({row.official_id for row in rows if row.official_id}) if is_call else {}
    open_to_all = [row for row in rows if row.outcome or not is_call or numbers.get(row.official_id or 0)]
    is_done = rules.is_done(row.outcome for row in open_to_all)
    if is_done != bool(taken.done_at):
        taken.done_at = timezone.now() if is_done else None
        taken.save(update_fields=["done_at"])
