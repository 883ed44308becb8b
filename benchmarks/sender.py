"""One process that sends: as a worker does from the outbox, or the same mails in a bare loop, which is the limit.

Run by `benchmarks.sending`: `python -m benchmarks.sender drain|loop|threads smtp|http PORT COUNT`. It says "ready",
waits for a line on its standard input, and prints as JSON how long it took, how much processor time,
and how much memory it holds.
"""

import json
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from benchmarks.timing import megabytes

THREADS = 16


def main(way: str, service: str, port: int, count: int) -> None:
    import django

    django.setup()
    _use(service, port)
    work = _drain() if way == "drain" else _bare(count, THREADS if way == "threads" else 1)
    print("ready", flush=True)
    sys.stdin.readline()
    began, used = time.time(), time.process_time()
    work()
    ended, used = time.time(), time.process_time() - used
    print(json.dumps({"began": began, "ended": ended, "processor": used, "megabytes": megabytes()}), flush=True)


def _use(service: str, port: int) -> None:
    from django.conf import settings

    settings.DELIVERY_MODE = "send"
    settings.PACE_LETTERS = True
    if service == "smtp":
        settings.EMAIL_BACKEND = "delivery.adapters.smtp.SmtpBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    else:
        settings.EMAIL_BACKEND = "anymail.backends.postmark.EmailBackend"
        settings.ANYMAIL = {"POSTMARK_SERVER_TOKEN": "token", "POSTMARK_API_URL": f"http://127.0.0.1:{port}/"}


def _drain() -> Callable[[], None]:
    from django.utils import timezone

    from delivery.adapters import queue
    from delivery.records.messages import OutboxMessage
    from delivery.services import dispatch

    # A worker has long been at work; what it does the first time is no part of a letter.
    dispatch.drain(queue_name=queue.RECEIPTS)
    waiting = ("queued", "claimed")

    def work() -> None:
        # As workers do it: drain after drain, until nobody has anything left.
        while OutboxMessage.objects.filter(state__in=waiting, next_attempt_at__lte=timezone.now()).exists():
            if not dispatch.drain().by_state:
                # Somebody else plans, or has claimed the rest; a worker would sleep until it is woken.
                time.sleep(0.02)

    return work


def _bare(count: int, threads: int) -> Callable[[], None]:
    from django.conf import settings
    from django.core import mail

    from delivery.adapters.mail import _email
    from delivery.records.messages import OutboxMessage
    from delivery.services import composing

    connections = [mail.get_connection(settings.EMAIL_BACKEND) for _thread in range(threads)]
    outgoing = [composing.compose(message) for message in OutboxMessage.objects.all()[:count]]
    shares: Sequence[list[Any]] = [
        [_email(each, connection) for each in outgoing[number::threads]]
        for number, connection in enumerate(connections)
    ]

    def send(number: int) -> None:
        connection = connections[number]
        connection.open()
        for message in shares[number]:
            connection.send_messages([message])
        connection.close()

    def work() -> None:
        if threads == 1:
            send(0)
            return
        with ThreadPoolExecutor(threads) as pool:
            list(pool.map(send, range(threads)))

    return work


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4]))
