"""Which state of a message may follow which: the one table that every change of state is checked against."""

from collections.abc import Mapping

#: Keys and values are `OutboxMessage.State` values; a test holds the two together.
NEXT: Mapping[str, frozenset[str]] = {
    # A tracking event can overtake us: a message queued again after a failure may turn out to have arrived.
    # One that may be tried again only while the service knows its key is back in doubt when that time is over.
    # And the service may report at last that it took the earlier try.
    "queued": frozenset(
        {"claimed", "uncertain", "accepted", "failed", "cancelled", "delivered", "held", "needs_handoff", "suppressed"}
    ),
    "claimed": frozenset(
        {
            *("queued", "sending", "accepted", "failed", "cancelled", "delivered", "held", "needs_handoff"),
            # It may have arrived already, and can go by this way no more: nothing but a person sends it another way.
            *("suppressed", "uncertain"),
        }
    ),
    "sending": frozenset({"queued", "accepted", "captured", "failed", "uncertain", "delivered", "bounced"}),
    "accepted": frozenset({"delivered", "bounced", "failed"}),
    "captured": frozenset(),
    # A server may take a message and return it later; the reverse order is an old event that came late.
    "delivered": frozenset({"bounced"}),
    # What came back, or was refused for good, may go by the next channel.
    "bounced": frozenset({"queued", "needs_handoff"}),
    "failed": frozenset({"queued", "delivered", "needs_handoff"}),
    # To the hand-off only if somebody on the staff says so: it may have arrived.
    "uncertain": frozenset({"queued", "accepted", "captured", "failed", "delivered", "bounced", "needs_handoff"}),
    # What was given up as mail may turn out to have arrived.
    "needs_handoff": frozenset({"handed_off", "cancelled", "delivered"}),
    "handed_off": frozenset(),
    # No worker and no webhook brings it back; only the decision that stopped it, undone, does: see
    # `delivery.services.withholding.restore`.
    "cancelled": frozenset(),
    "held": frozenset({"queued", "cancelled", "needs_handoff"}),
    "suppressed": frozenset(),
}

#: States that somebody on the staff may put back into the queue. "Uncertain" is one of them although the
#: recipient may then get it twice: a person decides that, never the program.
RETRYABLE = frozenset({"failed", "uncertain"})

#: States in which nothing has gone over the wire, so that the message can still be stopped.
CANCELLABLE = frozenset({"queued", "claimed", "held", "needs_handoff"})

#: Nothing more will happen by itself.
SETTLED = frozenset({"captured", "delivered", "bounced", "failed", "handed_off", "cancelled", "suppressed"})


def is_allowed(current: str, following: str) -> bool:
    """Whether a message in state `current` may become `following`."""
    return following in NEXT[current]


def before(following: str) -> tuple[str, ...]:
    """The states from which `following` may be reached."""
    return tuple(state for state, reachable in NEXT.items() if following in reachable)
