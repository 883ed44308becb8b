"""Shortens, in every process of a run, the one wait that no setting holds."""

from django.apps import AppConfig

#: Redis forgets a wake-up that never arrived after this. A run kills work-horses at their first breath all the time.
WAKE_FLAG_SECONDS = 2


class FaultsConfig(AppConfig):
    name = "tests.faults"

    def ready(self) -> None:
        from delivery.adapters import queue

        queue.WAKE_FLAG_SECONDS = WAKE_FLAG_SECONDS
