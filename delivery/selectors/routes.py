"""Which ways of delivery are open for a letter: asked before a person confirms, and again when it is queued."""

from collections.abc import Mapping, Sequence

from delivery.engine import addressing, routes
from delivery.engine.cwc.content import CongressContent
from delivery.records.recipients import RecipientRecord
from delivery.selectors import bouncing, suppressions


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
    *, wanted: Sequence[str], address: str, recipient_key: str = "", congress: CongressContent | None = None
) -> tuple[str, ...]:
    """Of `wanted`, what can be used now, in order; the hand-off always can.

    E-mail needs a usable address that does not return mail and has not complained; CWC an office that takes letters,
    keys, and all that the letter needs.
    """
    is_open = {routes.EMAIL: _takes_mail(address, recipient_key), routes.CWC: False, routes.HANDOFF: True}
    return tuple(route for route in routes.in_order(wanted) if is_open[route])


def _takes_mail(address: str, recipient_key: str) -> bool:
    return (
        addressing.is_usable(address)
        and not bouncing.is_failing(recipient_key=recipient_key, address=address)
        and not suppressions.is_suppressed(address, "letter")
    )
