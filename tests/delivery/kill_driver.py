"""Drains an outbox in child processes and kills them with SIGKILL; prints what became of every message.

Run by test_kill.py in a process of its own: `python kill_driver.py SMTP_PORT MESSAGES KILLS SEED THREADS`, with
DATABASE_URL naming the database. Starting Django once and forking is far cheaper than a process a kill.
"""

import json
import os
import random
import signal
import sys
import time
from datetime import timedelta


def main(port: int, messages: int, kills: int, seed: int, threads: int) -> None:
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connections
    from django.utils import timezone

    from delivery.adapters import queue
    from delivery.records.messages import DeliveryEvent, OutboxMessage
    from delivery.services import dispatch, outbox, sweeping
    from tests.factories.delivery import make_draft

    settings.DELIVERY_MODE = "send"
    settings.EMAIL_BACKEND = "delivery.adapters.smtp.SmtpBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    settings.SEND_THREADS = threads
    settings.DELIVERY_RECIPIENT_CHECK = "tests.delivery.fakes.rule"
    queue.wake = lambda *_names: True
    queue.acknowledge = lambda _name: None
    if connections["default"].vendor == "sqlite":
        # All of their migrations: those that `delivery` names leave the tables of content types half made.
        for app in ("contenttypes", "auth", "delivery"):
            call_command("migrate", app, verbosity=0)
    outbox.enqueue(drafts=[make_draft() for _ in range(messages)])

    def drain_in_child() -> int:
        connections.close_all()
        child = os.fork()
        if child == 0:
            try:
                dispatch.drain(slice_seconds=60)
            finally:
                os._exit(0)
        return child

    def sweep_as_if_all_leases_had_ended() -> None:
        # A slice of no length: the sweep frees and owns up, and sends nothing itself.
        sweeping.sweep(now=timezone.now() + timedelta(minutes=10), drain_seconds=0)

    chance = random.Random(seed)
    killed_at_work = 0
    for _ in range(kills):
        child = drain_in_child()
        time.sleep(chance.uniform(0.02, 0.35))
        os.kill(child, signal.SIGKILL)
        _pid, status = os.waitpid(child, 0)
        killed_at_work += os.WIFSIGNALED(status)
        sweep_as_if_all_leases_had_ended()
    os.waitpid(drain_in_child(), 0)
    sweep_as_if_all_leases_had_ended()
    print(
        json.dumps(
            {
                "killed_at_work": killed_at_work,
                "states": {str(pk): state for pk, state in OutboxMessage.objects.values_list("pk", "state")},
                "owned_up": list(
                    map(
                        str,
                        DeliveryEvent.objects.filter(reason=DeliveryEvent.Reason.SENDER_STOPPED).values_list(
                            "message_id", flat=True
                        ),
                    )
                ),
            }
        )
    )


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:]))
