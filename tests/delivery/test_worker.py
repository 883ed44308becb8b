"""The worker of this site's queues."""

from io import StringIO

import pytest
from django.core.management import call_command

from delivery.management.commands import run_worker


def test_the_worker_serves_every_queue_and_names_no_arguments(monkeypatch: pytest.MonkeyPatch) -> None:
    given: dict[str, object] = {}

    def handle(self: object, *queues: str, **options: object) -> None:
        given.update(options, queues=queues)

    monkeypatch.setattr(run_worker.RqWorkerCommand, "handle", handle)
    call_command("run_worker", stdout=StringIO())
    assert given["queues"] == ("receipts", "letters", "alerts", "default")
    assert given["worker_ttl"] == 60
    assert given["worker_class"] == "delivery.adapters.worker.Worker"
