"""What a person whose submission is not clear is told, and until when they can do something about it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.apps import apps
from django.db.models import Min, QuerySet
from django.utils import timezone
from wagtail.models import Site

from campaigns.engine.standing import Standing
from campaigns.records.follow_ups import FollowUp
from campaigns.records.participation import Registration
from campaigns.records.submissions import Letter, Submission
from campaigns.records.taken_actions import TakenAction
from delivery.records.messages import OutboxMessage

#: So long after the mail that asks, it is asked once more.
REMINDED_AFTER = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class Notice:
    """Stands above a receipt. At most one of the three is so."""

    #: The person has to press the button of the mail, until then.
    confirm_until: datetime | None = None
    #: Nobody pressed it in time.
    is_too_late: bool = False
    #: Somebody looks at it; why is said to nobody.
    is_being_checked: bool = False


def notice(submission: Submission, *, now: datetime | None = None) -> Notice | None:
    """None where everything goes its way, or where nothing is to be done any more."""
    now = now or timezone.now()
    if submission.standing == Standing.UNCONFIRMED:
        until = confirm_until(submission)
        return Notice(confirm_until=until) if now < until else Notice(is_too_late=True)
    if submission.standing != Standing.QUARANTINED:
        ours = submission.letters.exclude(outbox_message__channel=OutboxMessage.Channel.HANDOFF)
        states = set(ours.values_list("outbox_message__state", flat=True))
        # The same for what a check stopped and for what the editor wants to read: nobody learns which it was.
        return Notice(is_being_checked=True) if states == {OutboxMessage.State.HELD} else None
    return Notice(is_being_checked=True)


def confirm_until(submission: Submission) -> datetime:
    """Until when the link that was mailed works."""
    return submission.submit_time + timedelta(days=confirm_days(submission))


def confirm_days(submission: Submission) -> int:
    """As the staff of the submission's site set it."""
    settings: Any = apps.get_model("campaigns", "ProtectionSettings")
    site = submission.page.get_site() if submission.page else None
    site = site or Site.objects.filter(is_default_site=True).first()
    found = settings.for_site(site) if site else settings()
    return int(found.confirm_days)


def unconfirmed_letters(*, now: datetime) -> QuerySet[Letter]:
    """Letters of submissions that nobody confirmed for so long that it may be too late on one of the sites."""
    letters = Letter.objects.filter(
        submission__standing=Standing.UNCONFIRMED,
        submission__submit_time__lte=now - _fewest_days(),
        outbox_message__state=OutboxMessage.State.HELD,
    )
    return letters.select_related("submission__page").order_by("submission__submit_time", "pk")


def unconfirmed_places(*, now: datetime) -> QuerySet[TakenAction]:
    """Sign-ups of the same kind that hold a place, or one on a waiting list; the oldest first."""
    taken = TakenAction.objects.filter(
        submission__standing=Standing.UNCONFIRMED,
        submission__submit_time__lte=now - _fewest_days(),
        registration__state__in=[Registration.State.CONFIRMED, Registration.State.WAITING],
    )
    return taken.select_related("submission__page").order_by("submission__submit_time", "pk")


def _fewest_days() -> timedelta:
    """The shortest time that the staff of any site give people to confirm."""
    settings: Any = apps.get_model("campaigns", "ProtectionSettings")
    fewest = settings.objects.aggregate(days=Min("confirm_days"))["days"]
    return timedelta(days=settings._meta.get_field("confirm_days").default if fewest is None else fewest)


def to_remind(*, now: datetime) -> QuerySet[Submission]:
    """Those who were asked `REMINDED_AFTER` ago and not since; the oldest first."""
    asked = Submission.objects.filter(standing=Standing.UNCONFIRMED, submit_time__lte=now - REMINDED_AFTER)
    reminded = FollowUp.objects.filter(kind=FollowUp.Kind.CONFIRM, letter=None).values("submission")
    return asked.exclude(pk__in=reminded).select_related("page", "advocate").order_by("submit_time")
