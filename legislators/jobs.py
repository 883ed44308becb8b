"""What the workers run."""

from django.db import close_old_connections

from legislators.services import sync


def sync_sources() -> None:
    """Brings the sources that are due up to date. Takes nothing: their rows say which."""
    # A worker's process may have slept for hours over a connection that the database has since dropped.
    close_old_connections()
    try:
        sync.run(seconds=sync.JOB_SECONDS)
    finally:
        close_old_connections()
