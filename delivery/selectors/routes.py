"""Which ways of delivery are open for a letter: asked before a person confirms, and again when it is queued."""

from collections.abc import Collection, Mapping, Sequence

from delivery.engine import addressing, routes
from delivery.engine.cwc.content import CongressContent
from delivery.records.messages import OutboxMessage
from delivery.records.recipients import RecipientRecord
from delivery.selectors import cwc, suppressions


def wanted_routes(*, recipient_key: str, chamber: str) -> tuple[str, ...]:
    """The order for one recipient: the staff's own where there is one, else the usual one of the chamber."""
    record = RecipientRecord.objects.filter(key=recipient_key).first()
    return routes.in_order(record.routes if record and record.routes else routes.usual(chamber))


def wanted_routes_of(chambers: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """The same for several recipients at once: the order by recipient's key.

    :param chambers: the chamber of each, by key.
    """
    own = dict(RecipientRecord.objects.filter(key__in=chambers).values_list("key", "routes"))
    return {key: routes.in_order(own.get(key) or routes.usual(chamber)) for key, chamber in chambers.items()}


def open_routes(
    *,
    wanted: Sequence[str],
    address: str,
    recipient_key: str = "",
    congress: CongressContent | None = None,
    failing: Mapping[str, str] | None = None,
) -> tuple[str, ...]:
    """Of `wanted`, what can be used now, in order; the hand-off always can.

    E-mail needs a usable address that does not return mail and has not complained; CWC an office that takes letters,
    keys, and all that the letter needs.

    :param failing: `failing_addresses` of this recipient among others, where many are asked about.
    """
    in_order = routes.in_order(wanted)
    return tuple(route for route in in_order if _is_open(route, address, recipient_key, congress, failing))


def failing_addresses(recipient_keys: Collection[str]) -> dict[str, str]:
    """By recipient's key, the address that returns its mail for good; one query."""
    keys = {key for key in recipient_keys if key}
    if not keys:
        return {}
    records = RecipientRecord.objects.filter(key__in=keys, failing_since__isnull=False)
    return dict(records.values_list("key", "failing_address"))


def _is_open(
    route: str,
    address: str,
    recipient_key: str,
    congress: CongressContent | None,
    failing: Mapping[str, str] | None,
) -> bool:
    if route == routes.EMAIL:
        return _takes_mail(address, recipient_key, failing_addresses([recipient_key]) if failing is None else failing)
    if route == routes.CWC:
        return cwc.takes(congress)
    return True


def _takes_mail(address: str, recipient_key: str, failing: Mapping[str, str]) -> bool:
    if not addressing.is_usable(address):
        return False
    # Staff may have put a new address in the place of the one that fails: only that one is closed.
    if failing.get(recipient_key, "").lower() == addressing.mailbox_address(address).lower():
        return False
    return not suppressions.is_suppressed(address, OutboxMessage.Stream.LETTER)
