"""Judges a form that was filled in, and forgets what it took to do so."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.apps import apps
from django.db.models import Min
from django.utils import timezone

from advocates.engine import emails
from campaigns.engine import protection
from campaigns.engine.actions import Answers
from campaigns.engine.addresses import AddressKind, place_key
from campaigns.engine.networks import keyed_hash
from campaigns.engine.protection import Rules, Signals
from campaigns.engine.standing import Assessment
from campaigns.records.submissions import Submission
from campaigns.services import attempts

_BATCH = 1000


@dataclass(frozen=True, slots=True)
class Visit:
    """How a form came, as the request tells it."""

    #: As `engine.networks.network_of` gives it; "" where it is not known.
    network: str = ""
    #: What this form is counted with; forms of an action with a limit of its own, and those of a stand, are apart.
    counted_with: str = ""
    #: One of the networks that the staff do not limit.
    is_trusted: bool = False
    is_trap_filled: bool = False
    #: Since the form was first shown; None where nothing proves that it was.
    seconds: float | None = None


def assess(*, visit: Visit, answers: Answers, rules: Rules, confirmation: str) -> Assessment:
    """What is made of a form that is about to be stored. It is counted at once, outside of what stores it.

    :param confirmation: a `ProtectionMixin.Confirmation` value.
    :raises advocates.engine.emails.NotAnAddress: where the e-mail address is none.
    """
    person = emails.canonical(answers.constituent.email)
    counts = attempts.count(
        seen={
            attempts.NETWORK: _counted_network(visit),
            attempts.PERSON: person,
            attempts.ADDRESS: _counted_address(answers),
        }
    )
    signals = Signals(
        domain=person.rpartition("@")[2],
        is_trap_filled=visit.is_trap_filled,
        seconds=visit.seconds,
        network_this_hour=counts[attempts.NETWORK].this_hour,
        network_today=counts[attempts.NETWORK].today,
        person_today=counts[attempts.PERSON].today,
        address_today=counts[attempts.ADDRESS].today,
    )
    network = keyed_hash(attempts.NETWORK, visit.network)
    return protection.assess(signals, rules, confirmation=confirmation, network=network)


def _counted_address(answers: Answers) -> str:
    """A town is not somebody's address, and the one of a practice may be that of a hospital, where hundreds work."""
    stated = answers.constituent.at(None)
    is_home = stated.kind is not AddressKind.PRACTICE
    return place_key(stated.address) if is_home and stated.address.street.strip() else ""


def _counted_network(visit: Visit) -> str:
    if visit.is_trusted or not visit.network:
        return ""
    return f"{visit.network} {visit.counted_with}".strip()


def forget(*, now: datetime | None = None) -> None:
    """By the clock: old counts, and the networks of submissions after as many days as the staff set."""
    now = now or timezone.now()
    attempts.forget(now=now)
    settings: Any = apps.get_model("campaigns", "ProtectionSettings")
    # Of several sites, the one that keeps it shortest decides.
    kept_days = settings.objects.aggregate(days=Min("kept_days"))["days"]
    if kept_days is None:
        kept_days = settings._meta.get_field("kept_days").default
    old = Submission.objects.filter(submit_time__lt=now - timedelta(days=kept_days)).exclude(network="")
    while ids := list(old.order_by().values_list("pk", flat=True)[:_BATCH]):
        Submission.objects.filter(pk__in=ids).update(network="")
