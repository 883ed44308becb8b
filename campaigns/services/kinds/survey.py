"""Surveys: the answers stand in the form, so that nothing more is written than that they were given."""

from django.utils import timezone

from campaigns.engine.kinds import KindTerms
from campaigns.records.taken_actions import TakenAction
from campaigns.services.kinds.base import Accepted, recorder


@recorder("survey")
def record(taken: TakenAction, kind: KindTerms, accepted: Accepted) -> None:
    taken.done_at = timezone.now()
    taken.save(update_fields=["done_at"])
