"""Testimony that came with the form: it is done when letters take it along, else when the person says so."""

from django.utils import timezone

from campaigns.engine.kinds import KindTerms
from campaigns.engine.participation import TESTIMONY
from campaigns.records.submissions import Letter
from campaigns.records.taken_actions import TakenAction
from campaigns.services.kinds.base import Accepted, recorder
from delivery.records.messages import OutboxMessage


@recorder(TESTIMONY)
def prepare(taken: TakenAction, terms: KindTerms, accepted: Accepted) -> None:
    """Nothing is sent from here: where it goes by e-mail, it does so as a letter, with a letter's history."""
    letters = Letter.objects.filter(submission=accepted.submission)
    by_itself = letters.exclude(outbox_message__channel=OutboxMessage.Channel.HANDOFF)
    if by_itself.exists() and by_itself.count() == letters.count():
        taken.done_at = timezone.now()
        taken.save(update_fields=["done_at"])


def report_handed_in(*, taken: TakenAction) -> bool:
    """The person says that they handed it in; says whether that is new."""
    found = TakenAction.objects.filter(pk=taken.pk, kind=TESTIMONY, done_at=None)
    return bool(found.update(done_at=timezone.now()))
