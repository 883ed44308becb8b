"""Makes letters as the ledger finds them: a submission, a message in some state, and the row that joins them."""

import datetime
import itertools
import uuid
from typing import Any

from django.utils import timezone

from advocates.records.advocates import Advocate
from campaigns.records.submissions import Letter, Submission
from delivery.records.messages import OutboxMessage
from legislators.records.officials import Official
from tests.factories.delivery import make_message

_numbers = itertools.count(1)
CAMPAIGN = uuid.UUID("11111111-1111-1111-1111-111111111111")
HANDOFFS = (OutboxMessage.State.NEEDS_HANDOFF, OutboxMessage.State.HANDED_OFF)


def make_submission(**changes: Any) -> Submission:
    """`given_name` and `family_name` name the person, who is somebody new unless `advocate` is given."""
    number = next(_numbers)
    advocate = changes.pop("advocate", None) or Advocate.objects.create(
        email=f"person{number}@clinic.example",
        canonical_email=f"person{number}@clinic.example",
        given_name=changes.pop("given_name", "Ada"),
        family_name=changes.pop("family_name", f"Quill{number}"),
        created_at=timezone.now(),
    )
    values: dict[str, Any] = {
        "token": uuid.uuid4(),
        "page_title": "Write to your legislators",
        "page_key": uuid.uuid4(),
        "campaign_key": CAMPAIGN,
        "campaign_title": "Telehealth parity",
        "language": "en",
        "form_data": {},
        "city": "Port Alder",
        "state": "ax",
        "zip_code": "69901",
        "submit_time": timezone.now(),
    }
    return Submission.objects.create(advocate=advocate, **{**values, **changes})


def make_official(name: str = "Vera Lindqvist") -> Official:
    given, _space, family = name.partition(" ")
    return Official.objects.create(
        source_id=f"sample/{next(_numbers)}", name=name, given_name=given, family_name=family
    )


def make_letter(
    *,
    state: str = OutboxMessage.State.ACCEPTED,
    submission: Submission | None = None,
    official: Official | None = None,
    submit_time: datetime.datetime | None = None,
    message: dict[str, Any] | None = None,
    **changes: Any,
) -> Letter:
    """`message` changes the outbox row, what is left changes the submission."""
    if submit_time is not None:
        changes["submit_time"] = submit_time
    submission = submission or make_submission(**changes)
    official = official or make_official()
    row: dict[str, Any] = {"sender_name": str(submission.advocate), "reply_to_address": submission.advocate.email}
    if state in HANDOFFS:
        row |= {"channel": OutboxMessage.Channel.HANDOFF, "recipient_address": ""}
    outbox_message = make_message(state=state, recipient_name=official.name, **{**row, **(message or {})})
    outbox_message.events.create(at=outbox_message.created_at, state=OutboxMessage.State.QUEUED)
    return Letter.objects.create(
        submission=submission,
        outbox_message=outbox_message,
        campaign_key=submission.campaign_key,
        advocate=submission.advocate,
        target_key=f"official:{official.source_id}",
        official=official,
        recipient_name=official.name,
        recipient_office="1st Harbor",
        chamber="state_lower",
    )
