"""What speaks for a form being a person's own: signals become a standing, and reasons for the staff."""

from dataclasses import dataclass, replace
from enum import StrEnum

from disposable_email_domains import blocklist as disposable_domains

from campaigns.engine.networks import Network
from campaigns.engine.standing import Assessment, Standing

#: `ProtectionMixin.Confirmation` values.
BY_RISK, ALWAYS, NEVER = "by_risk", "always", "never"
#: A stand's limits are those of a network, times this: not none, for a link to a stand can get around.
STAND_FACTOR = 10


class Reason(StrEnum):
    """Why a submission is not clear, as it is stored; `campaigns.selectors.quarantine` has the words."""

    #: An input that no person sees was filled in.
    TRAP = "trap"
    #: The form did not come from a page that we showed.
    NO_TIME = "no_time"
    TOO_FAST = "too_fast"
    NETWORK_LIMIT = "network_limit"
    PERSON_LIMIT = "person_limit"
    ADDRESS_LIMIT = "address_limit"
    BLOCKED_DOMAIN = "blocked_domain"
    DISPOSABLE_DOMAIN = "disposable_domain"
    #: Everybody confirms on this page.
    ALWAYS_CONFIRMED = "always_confirmed"
    #: The address has got so many mails today that it is sent no more.
    TOO_MANY_MAILS = "too_many_mails"
    #: Nobody pressed the button in time.
    NEVER_CONFIRMED = "never_confirmed"


@dataclass(frozen=True, slots=True)
class Rules:
    """What the staff set. A limit of nought is none."""

    network_an_hour: int = 60
    network_a_day: int = 300
    person_a_day: int = 10
    address_a_day: int = 20
    fastest_seconds: int = 3
    #: Whose forms are not counted by network.
    trusted_networks: tuple[Network, ...] = ()
    blocked_domains: frozenset[str] = frozenset()
    allowed_domains: frozenset[str] = frozenset()

    @property
    def at_a_stand(self) -> "Rules":
        """Where the staff themselves have set up a device, many people in turn share its network."""
        return replace(
            self,
            network_an_hour=self.network_an_hour * STAND_FACTOR,
            network_a_day=self.network_a_day * STAND_FACTOR,
        )

    def for_action(self, network_an_hour: int | None) -> "Rules":
        """With the limit that an editor set for one action; that of a day grows as that of an hour does.

        :param network_an_hour: None where the action has the site's.
        """
        if network_an_hour is None:
            return self
        hours = self.network_a_day / self.network_an_hour if self.network_an_hour else 0
        a_day = max(self.network_a_day, network_an_hour, round(network_an_hour * hours))
        has_none = not network_an_hour or not self.network_a_day
        return replace(self, network_an_hour=network_an_hour, network_a_day=0 if has_none else a_day)


@dataclass(frozen=True, slots=True)
class Signals:
    """What is seen of one form, this one counted."""

    #: Of the e-mail address, in ASCII and lower case.
    domain: str = ""
    is_trap_filled: bool = False
    #: Since the form was first shown; None where nothing proves that it was.
    seconds: float | None = None
    network_this_hour: int = 0
    network_today: int = 0
    person_today: int = 0
    address_today: int = 0


def assess(signals: Signals, rules: Rules, *, confirmation: str = BY_RISK, network: str = "") -> Assessment:
    """Nothing is refused: what is not clear waits, for the person or for the staff.

    :param confirmation: a `ProtectionMixin.Confirmation` value of the page.
    :param network: a keyed hash, to be kept with the submission.
    """
    for_staff = _reasons_for_staff(signals, rules)
    for_person = _reasons_to_confirm(signals, rules, confirmation)
    if for_staff or (for_person and confirmation == NEVER):
        return Assessment(Standing.QUARANTINED, (*for_staff, *for_person), network)
    return Assessment(Standing.UNCONFIRMED if for_person else Standing.CLEAR, for_person, network)


def _reasons_for_staff(signals: Signals, rules: Rules) -> tuple[str, ...]:
    is_allowed = is_listed(signals.domain, rules.allowed_domains)
    is_fast = signals.seconds is not None and signals.seconds < rules.fastest_seconds
    found = (
        (Reason.TRAP, signals.is_trap_filled),
        (Reason.NO_TIME, signals.seconds is None),
        (Reason.TOO_FAST, is_fast),
        (
            Reason.NETWORK_LIMIT,
            _is_beyond(signals.network_this_hour, rules.network_an_hour)
            or _is_beyond(signals.network_today, rules.network_a_day),
        ),
        (Reason.PERSON_LIMIT, _is_beyond(signals.person_today, rules.person_a_day)),
        (Reason.ADDRESS_LIMIT, _is_beyond(signals.address_today, rules.address_a_day)),
        (Reason.BLOCKED_DOMAIN, not is_allowed and is_listed(signals.domain, rules.blocked_domains)),
    )
    return tuple(reason.value for reason, is_so in found if is_so)


def _reasons_to_confirm(signals: Signals, rules: Rules, confirmation: str) -> tuple[str, ...]:
    is_allowed = is_listed(signals.domain, rules.allowed_domains)
    is_disposable = not is_allowed and is_listed(signals.domain, disposable_domains)
    found = (
        (Reason.DISPOSABLE_DOMAIN, is_disposable),
        (Reason.ALWAYS_CONFIRMED, confirmation == ALWAYS),
    )
    return tuple(reason.value for reason, is_so in found if is_so)


def _is_beyond(count: int, limit: int) -> bool:
    return bool(limit) and count > limit


def is_listed(domain: str, domains: "frozenset[str] | set[str]") -> bool:
    """Whether the domain, or one that it lies in, is on a list."""
    parts = domain.split(".")
    return any(".".join(parts[start:]) in domains for start in range(max(len(parts) - 1, 1)))


def domains_in(text: str) -> frozenset[str]:
    """One a line, as staff type them: with an @, a space or a capital too many."""
    lines = (line.strip().lstrip("@").strip(".").lower() for line in text.splitlines())
    return frozenset(line for line in lines if line)
