"""What the staff do to letters that they have chosen in the ledger: send again, send another way, cancel."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from campaigns.records.submissions import Letter
from campaigns.selectors import ledger
from delivery.records.messages import OutboxMessage
from delivery.services import outbox

State = OutboxMessage.State


class Act(TextChoices):
    RETRY = "retry", _("Try to send again")
    REROUTE = "reroute", _("Send another way")
    CANCEL = "cancel", _("Cancel")


@dataclass(frozen=True, slots=True)
class Chosen:
    """What an act would do to letters."""

    ready: tuple[Letter, ...]
    #: Might reach the office twice: only who says so sends them.
    doubtful: tuple[Letter, ...]
    #: The act is not for the state that they are in.
    others: tuple[Letter, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    done: tuple[Letter, ...]
    #: Of those that stayed as they were, how many are in which state now.
    stayed: Mapping[str, int]


_IS_FOR: Mapping[str, Callable[[Letter], bool]] = {
    Act.RETRY: ledger.can_be_retried,
    Act.REROUTE: ledger.can_be_rerouted,
    Act.CANCEL: ledger.can_be_cancelled,
}


def sort(*, act: str, letter_ids: Sequence[int]) -> Chosen:
    """Reads the letters anew: since the list was drawn, some may have moved on."""
    ready, doubtful, others = [], [], []
    for letter in ledger.letters().filter(pk__in=list(letter_ids)):
        if not _IS_FOR[act](letter):
            others.append(letter)
        elif letter.outbox_message.state == State.UNCERTAIN:
            doubtful.append(letter)
        else:
            ready.append(letter)
    return Chosen(tuple(ready), tuple(doubtful), tuple(others))


def perform(*, act: str, letter_ids: Sequence[int], is_doubt_accepted: bool = False) -> Outcome:
    """Does `act` to each letter that it is for, each in a transaction of its own.

    :param act: an `Act` value.
    :param is_doubt_accepted: also those of which nobody knows whether they have left: they may arrive twice.
    """
    found = sort(act=act, letter_ids=letter_ids)
    wanted = [*found.ready, *(found.doubtful if is_doubt_accepted else ())]
    done = tuple(letter for letter in wanted if _perform_one(act, letter))
    moved = {letter.pk for letter in done}
    left = [number for number in letter_ids if number not in moved]
    states = Letter.objects.filter(pk__in=left).values_list("outbox_message__state", flat=True)
    return Outcome(done, Counter(states))


def _perform_one(act: str, letter: Letter) -> bool:
    message_id = letter.outbox_message_id
    if act == Act.RETRY:
        return outbox.retry(message_id=message_id)
    if act == Act.REROUTE:
        return bool(outbox.reroute(message_id=message_id))
    return outbox.cancel(message_id=message_id)
