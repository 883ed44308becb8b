"""Notes, for offices of Congress, that a person confirmed the e-mail address that a letter names."""

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction

from delivery.records.messages import OutboxMessage

State = OutboxMessage.State
#: Nothing of it has left, so that what it says can still become true.
_NOT_SENT = (State.HELD, State.QUEUED)


@transaction.atomic
def note_confirmed(*, message_ids: Sequence[UUID]) -> int:
    """Letters that have not left say EmailValidation: Y from now on; how many these are."""
    found = OutboxMessage.objects.select_for_update().filter(pk__in=message_ids, state__in=_NOT_SENT)
    letters = [message for message in found.order_by("pk") if message.congress]
    for message in letters:
        message.congress = {**message.congress, "is_email_validated": True}
        message.save(update_fields=["congress"])
    return len(letters)
