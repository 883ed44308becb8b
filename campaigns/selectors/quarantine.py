"""Forms that are not clear, as the staff see them: why in words, and who else came from the same place."""

import uuid
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Count, QuerySet, TextField
from django.db.models.functions import Cast
from django.utils import timezone
from django.utils.translation import gettext as _

from campaigns.engine.protection import Reason
from campaigns.engine.standing import Standing
from campaigns.records.protection import Invalidation
from campaigns.records.submissions import Submission

WAITING = (Standing.QUARANTINED.value, Standing.UNCONFIRMED.value)
#: How the queue can be sorted, so that what belongs together stands together.
BY_TIME, BY_NETWORK, BY_PERSON = "time", "network", "person"
_ORDER = {
    BY_TIME: ("submit_time", "pk"),
    BY_NETWORK: ("network", "submit_time", "pk"),
    BY_PERSON: ("advocate__canonical_email", "submit_time", "pk"),
}


@dataclass(frozen=True, slots=True)
class Choice:
    """Which submissions a decision is about; what is empty narrows nothing."""

    campaign_key: uuid.UUID | None = None
    first_day: date | None = None
    last_day: date | None = None
    #: A keyed hash, or the beginning of one.
    network: str = ""
    domain: str = ""
    reason: str = ""

    @property
    def is_empty(self) -> bool:
        return self == Choice()


@dataclass(frozen=True, slots=True)
class QueueRow:
    submission: Submission
    reasons: tuple[str, ...]
    is_unconfirmed: bool
    #: What it stands together with: a network or a person; empty where the queue goes by time.
    group: str
    letters: int


def waiting(*, order: str = BY_TIME, standing: str = "") -> QuerySet[Submission]:
    """What waits for the staff or for its person; those that have waited longest first."""
    found = Submission.objects.filter(standing__in=[standing] if standing in WAITING else WAITING)
    return found.select_related("advocate").annotate(letter_count=Count("letters")).order_by(*_ORDER[order])


def count() -> int:
    return Submission.objects.filter(standing=Standing.QUARANTINED).count()


def row(submission: Submission, *, order: str = BY_TIME) -> QueueRow:
    """A submission of `waiting`, in words of the active language."""
    group = {BY_NETWORK: network_name(submission.network), BY_PERSON: submission.advocate.canonical_email}
    return QueueRow(
        submission=submission,
        reasons=tuple(reason_words(key) for key in submission.standing_reasons),
        is_unconfirmed=submission.standing == Standing.UNCONFIRMED,
        group=group.get(order, ""),
        letters=submission.letter_count,  # type: ignore[attr-defined]
    )


def chosen(choice: Choice) -> QuerySet[Submission]:
    """Every submission that a choice is about and that is not invalid yet; none for an empty choice."""
    if choice.is_empty:
        return Submission.objects.none()
    found = Submission.objects.exclude(standing=Standing.INVALID).select_related("advocate")
    if choice.campaign_key:
        found = found.filter(campaign_key=choice.campaign_key)
    if choice.first_day:
        found = found.filter(submit_time__gte=_begin(choice.first_day))
    if choice.last_day:
        found = found.filter(submit_time__lt=_begin(choice.last_day + timedelta(days=1)))
    if choice.network:
        found = found.filter(network__startswith=choice.network)
    if choice.domain:
        found = found.filter(advocate__canonical_email__endswith=f"@{choice.domain}")
    if choice.reason:
        # SQLite knows no "contains" of JSON; the reasons are keys of ours, quoted in both databases.
        found = found.annotate(reasons_text=Cast("standing_reasons", TextField()))
        found = found.filter(reasons_text__contains=f'"{choice.reason}"')
    return found.order_by("-submit_time", "-pk")


def invalidations() -> QuerySet[Invalidation]:
    """What was decided, the latest first, with how many submissions each is about."""
    found = Invalidation.objects.select_related("made_by", "undone_by").annotate(count=Count("items"))
    return found.order_by("-made_at", "-pk")


def network_name(network: str) -> str:
    """As much of the hash as tells networks apart at sight; nothing can be read back from it."""
    return network[:8]


def reason_words(key: str) -> str:
    """Why something waits, in one plain sentence."""
    words = {
        Reason.TRAP: _("An input that no person sees was filled in."),
        Reason.NO_TIME: _("It did not come from a page of this site, as far as we can tell."),
        Reason.TOO_FAST: _("It was filled in faster than a person can."),
        Reason.NETWORK_LIMIT: _("Many forms came from the same network."),
        Reason.PERSON_LIMIT: _("Many forms came from the same e-mail address."),
        Reason.ADDRESS_LIMIT: _("Many forms came from the same postal address."),
        Reason.BLOCKED_DOMAIN: _("The domain of the e-mail address is on the site’s list."),
        Reason.DISPOSABLE_DOMAIN: _("The e-mail address is of a kind that is thrown away."),
        Reason.ALWAYS_CONFIRMED: _("Everybody confirms by e-mail on this page."),
        Reason.TOO_MANY_MAILS: _("It should be confirmed by e-mail, and the address has got many mails today."),
        Reason.NEVER_CONFIRMED: _("Nobody confirmed by e-mail in time; its letters were stopped."),
    }
    return words[Reason(key)] if key in set(Reason) else key


def _begin(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
