"""Runs a worker with the settings that this site's jobs want."""

import argparse
from typing import Any

from django_rq.management.commands.rqworker import Command as RqWorkerCommand

from delivery.adapters import queue

#: In this order: somebody waits for a receipt, and nobody for translations and other housekeeping.
QUEUES = (*queue.JOBS, "default")
#: A worker that died is noticed in about a minute and a half instead of a quarter of an hour.
WORKER_TTL_SECONDS = 60


class Command(RqWorkerCommand):
    help = "Runs a worker. With no queue named it serves them all: receipts, letters, alerts, default."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.set_defaults(worker_ttl=WORKER_TTL_SECONDS, worker_class="delivery.adapters.worker.Worker")

    def handle(self, *queues: str, **options: Any) -> None:
        super().handle(*(queues or QUEUES), **options)
