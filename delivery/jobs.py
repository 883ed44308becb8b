"""What the workers run."""

from django.db import close_old_connections

from delivery.services import dispatch


def drain_outbox() -> None:
    """Sends what is due. Takes nothing: the outbox itself says what there is to do."""
    # A worker's process may have slept for hours over a connection that the database has since dropped.
    close_old_connections()
    try:
        dispatch.drain()
    finally:
        close_old_connections()
