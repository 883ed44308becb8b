"""What is paused at a moment, and the messages that this leaves."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from delivery.records.messages import OutboxMessage, OutboxQuerySet
from delivery.records.pauses import Pause

Scope = Pause.Scope


@dataclass(frozen=True, slots=True)
class Paused:
    """Everything, or the campaigns, offices and mail domains whose letters do not leave for now."""

    is_everything: bool = False
    campaigns: frozenset[UUID] = frozenset()
    recipients: frozenset[str] = frozenset()
    domains: frozenset[str] = frozenset()

    def keeps(self, message: OutboxMessage) -> bool:
        """Whether `message` does not leave for now."""
        return self.is_everything or (
            message.stream == OutboxMessage.Stream.LETTER
            and (
                message.campaign_key in self.campaigns
                or message.recipient_key in self.recipients
                or message.recipient_domain in self.domains
            )
        )


def in_force(now: datetime) -> Paused:
    """What is paused at `now`; one query."""
    keys: dict[str, set[str]] = {scope: set() for scope in Scope.values}
    for scope, key in Pause.objects.active(now).values_list("scope", "key").order_by():
        keys[scope].add(key)
    return Paused(
        is_everything=bool(keys[Scope.SITE]),
        campaigns=frozenset(UUID(key) for key in keys[Scope.CAMPAIGN]),
        recipients=frozenset(keys[Scope.RECIPIENT]),
        domains=frozenset(keys[Scope.DOMAIN]),
    )


def without_paused(messages: OutboxQuerySet, paused: Paused) -> OutboxQuerySet:
    """`messages` without those that `paused` keeps: all of them, or the letters that are meant."""
    if paused.is_everything:
        return messages.none()
    kept: dict[str, frozenset[UUID] | frozenset[str]] = {
        "campaign_key__in": paused.campaigns,
        "recipient_key__in": paused.recipients,
        "recipient_domain__in": paused.domains,
    }
    for condition, keys in kept.items():
        if keys:
            messages = messages.exclude(stream=OutboxMessage.Stream.LETTER, **{condition: sorted(keys, key=str)})
    return messages
