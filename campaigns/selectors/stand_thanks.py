"""What a stand says after a form was sent: nothing personal, and no mail that does not go."""

from uuid import UUID

from campaigns.engine.standing import Standing
from campaigns.records.submissions import Submission
from delivery.records.messages import OutboxMessage

State = OutboxMessage.State
_SENT = {State.ACCEPTED, State.DELIVERED}
_GOING = {State.QUEUED, State.CLAIMED, State.SENDING}


def thanks(key: UUID) -> dict[str, object] | None:
    """What templates/campaigns/stand_thanks.html says; None where the submission is gone.

    `mail` is "sent", "going" or "" for none; `is_asked` is whether that mail asks the person to confirm.
    """
    submission = Submission.objects.filter(key=key).first()
    if submission is None:
        return None
    is_asked = submission.standing == Standing.UNCONFIRMED
    key_of_mail = f"confirm:{submission.key}:1" if is_asked else submission.receipt_key
    states = set(OutboxMessage.objects.filter(dedupe_key=key_of_mail).values_list("state", flat=True))
    mail = "sent" if states & _SENT else "going" if states & _GOING else ""
    return {"campaign_title": submission.campaign_title, "is_asked": is_asked, "mail": mail}
