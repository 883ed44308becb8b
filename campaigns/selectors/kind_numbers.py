"""Counts what came of the actions besides letters, as far as people told us."""

import uuid
from collections import Counter
from dataclasses import dataclass

from django.db.models import Count
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from campaigns.engine.standing import Standing
from campaigns.records.taken_actions import Outreach, TakenAction

Outcome = Outreach.Outcome

#: In words that claim no more than is known; in the order of the table.
_REPORTED: tuple[tuple[str, str, str | Promise], ...] = (
    ("call", Outcome.SPOKE, _("Calls of which people told us: spoke with somebody")),
    ("call", Outcome.MESSAGE, _("Calls of which people told us: left a message")),
    ("call", Outcome.BUSY, _("Calls of which people told us: busy or no answer")),
    ("call", Outcome.WRONG_NUMBER, _("Calls of which people told us: the number is wrong")),
    ("call", Outcome.NONE, _("Calls of which nobody has told us anything")),
    ("social", Outcome.POSTED, _("Posts of which people told us: posted")),
    ("social", Outcome.NONE, _("Posts of which nobody has told us anything")),
)
#: Counted by person: who does one of these twice on a page has done it once.
_DONE: tuple[tuple[str, str | Promise], ...] = (
    ("petition", _("People who signed a petition")),
    ("pledge", _("People who made a pledge")),
    ("survey", _("People who answered a survey")),
    ("testimony", _("People who wrote testimony")),
    ("story", _("People who shared a story")),
    ("event", _("People who signed up for an event")),
    ("join", _("People who joined the network")),
)


@dataclass(frozen=True, slots=True)
class Row:
    words: str
    count: int


def rows(campaign_key: uuid.UUID) -> list[Row]:
    """What there is of a campaign, of forms against which nothing speaks; without what its pages never asked."""
    taken = TakenAction.objects.filter(submission__campaign_key=campaign_key, submission__standing=Standing.CLEAR.value)
    outreach = Outreach.objects.filter(taken_action__in=taken).order_by()
    said = Counter(
        {
            (kind, outcome): count
            for kind, outcome, count in outreach.values_list("taken_action__kind", "outcome").annotate(rows=Count("pk"))
        }
    )
    people = dict(taken.order_by().values_list("kind").annotate(people=Count("submission__advocate", distinct=True)))
    asked = {kind for kind, _outcome in said}
    reported = [Row(str(words), said[kind, outcome]) for kind, outcome, words in _REPORTED if kind in asked]
    return reported + [Row(str(words), people[kind]) for kind, words in _DONE if kind in people]
