"""What the workers run."""

from django.db import close_old_connections

from delivery.adapters import queue
from delivery.services import cwc_offices, dispatch


def drain_receipts() -> None:
    """Sends the receipts that are due, and the answers of offices that are passed on."""
    _drain(queue.RECEIPTS)


def drain_letters() -> None:
    """Sends the letters that are due; receipts that become due meanwhile go first."""
    _drain(queue.LETTERS)


def drain_alerts() -> None:
    """Sends the alerts that are due, after everything else that is."""
    _drain(queue.ALERTS)


def refresh_cwc_offices() -> None:
    """Asks the chambers of Congress which offices take letters, where that is due."""
    close_old_connections()
    try:
        cwc_offices.refresh_due()
    finally:
        close_old_connections()


def _drain(name: str) -> None:
    # Nothing is handed over: the outbox itself says what there is to do. A worker's process may have slept for hours
    # over a connection that the database has since dropped.
    close_old_connections()
    try:
        dispatch.drain(queue_name=name)
    finally:
        close_old_connections()
