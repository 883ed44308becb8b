"""Letters a second from the outbox through workers, beside the same mails in a bare loop: the limit."""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks import queued
from benchmarks.timing import shown

if TYPE_CHECKING:
    from delivery.engine.drafts import MessageDraft

ROOT = Path(__file__).resolve().parents[1]
ROUNDS = 3
#: Letters of one round, by latency in milliseconds.
LETTERS = {0: 2000, 50: 1600}
OFFICIALS = 400


@dataclass(frozen=True)
class Way:
    """What sends: so many workers, or a bare loop."""

    name: str
    kind: str
    processes: int = 1


WORKERS = (Way("1 worker", "drain", 1), Way("2 workers", "drain", 2), Way("4 workers", "drain", 4))
LIMITS = {
    0: Way("limit: the same backend in a bare loop, one connection", "loop"),
    50: Way("limit: the same backend in a bare loop, 16 threads", "threads"),
}


@dataclass(frozen=True)
class Round:
    """What one round took."""

    rate: float
    #: Seconds for one letter, of all senders together: what else the machine does stays out of it.
    processor: float
    #: The most that one sender held.
    megabytes: float


def measure(database: str, rounds: int) -> None:
    """Prints letters a second for each service and latency, in rounds that take turns.

    :param database: address of a migrated database with an empty outbox.
    """
    for service in ("smtp", "http"):
        for latency in LETTERS:
            with _sinks(latency / 1000) as ports:
                _measure(service, latency, ports[service], database, rounds)


def _measure(service: str, latency: int, port: int, database: str, rounds: int) -> None:
    ways = (LIMITS[latency], *WORKERS)
    count = LETTERS[latency]
    taken: dict[str, list[Round]] = {way.name: [] for way in ways}
    # The first finds everything cold.
    _round(WORKERS[0], service, port, count, database)
    for _number in range(rounds):
        for way in ways:
            taken[way.name].append(_round(way, service, port, count, database))
    title = "a local SMTP server" if service == "smtp" else "a local HTTP service, Postmark's shape"
    print(f"{count:,} letters into {title} that answers after {latency} ms; medians of {rounds} rounds in turns")
    medians = {name: statistics.median(each.rate for each in found) for name, found in taken.items()}
    limit = medians[ways[0].name]
    for way in ways:
        rates, rate = [each.rate for each in taken[way.name]], medians[way.name]
        processor = statistics.median(each.processor for each in taken[way.name])
        print(
            f"    {way.name:<56}{rate:>6,.0f} a second{rate / limit:>6.0%} of the limit  {shown(processor):>8}"
            f" of processor  {max(each.megabytes for each in taken[way.name]):>4.0f} MB each"
            f"  rounds within {(max(rates) - min(rates)) / rate:.0%}",
            flush=True,
        )
    one, two = (medians[way.name] for way in WORKERS[:2])
    print(f"    two workers reach {two / one:.2f} times one\n", flush=True)


def _round(way: Way, service: str, port: int, count: int, database: str) -> Round:
    fill(count)
    command = [sys.executable, "-m", "benchmarks.sender", way.kind, service, str(port), str(count)]
    environment = os.environ | {"DATABASE_URL": database, "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'site'}"}
    senders = [
        subprocess.Popen(command, cwd=ROOT, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for _process in range(way.processes)
    ]
    for sender in senders:
        if _line(sender) != "ready":
            raise SystemExit(f"the sender did not start: {way.name}, {service}")
    for sender in senders:
        assert sender.stdin is not None
        sender.stdin.write("go\n")
        sender.stdin.flush()
    ends = [json.loads(_line(sender)) for sender in senders]
    for sender in senders:
        sender.wait()
    if way.kind == "drain":
        _require_accepted(count)
    seconds = max(end["ended"] for end in ends) - min(end["began"] for end in ends)
    processor = sum(end["processor"] for end in ends) / count
    return Round(count / seconds, processor, max(end["megabytes"] for end in ends))


def _line(sender: "subprocess.Popen[str]") -> str:
    assert sender.stdout is not None
    return sender.stdout.readline().strip()


def _require_accepted(count: int) -> None:
    from delivery.records.messages import OutboxMessage

    accepted = OutboxMessage.objects.filter(state="accepted", events__state="accepted").count()
    if accepted != count:
        raise SystemExit(f"{count} letters were to be accepted, {accepted} were: the measurement means nothing")


def fill(count: int) -> None:
    """Empties the outbox and writes `count` letters into it as submissions do: to many officials, three domains."""
    from django.db import transaction

    from delivery.records.messages import DeliveryEvent, OutboxMessage
    from delivery.records.pacing import PacingLane
    from delivery.services import outbox

    for record in (DeliveryEvent, OutboxMessage, PacingLane):
        record.objects.all().delete()
    for start in range(0, count, 500):
        with transaction.atomic():
            outbox.enqueue(drafts=[draft(number) for number in range(start, min(start + 500, count))])


def draft(number: int) -> "MessageDraft":
    """A letter to one of `OFFICIALS`, some 1,500 characters long."""
    import uuid

    from delivery.engine.drafts import MessageDraft

    official = number % OFFICIALS
    return MessageDraft(
        dedupe_key=f"letter:{number}",
        stream="letter",
        recipient_name=f"Senator Number {official}",
        recipient_address=f"senator{official}@chamber{official % 3}.example",
        sender_name="Dr. Ada Quill",
        reply_to_address="ada.quill@clinic.example",
        subject="Please support telehealth parity",
        body="Dear Senator,\n\n" + "Telehealth keeps my patients out of the emergency department. " * 22,
        campaign_key=uuid.UUID(int=1),
        recipient_key=f"official:{official}",
        jurisdiction="ma",
    )


@contextmanager
def _sinks(latency: float) -> Iterator[dict[str, int]]:
    process = subprocess.Popen(
        [sys.executable, "-m", "benchmarks.sinks", str(latency)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        smtp, http = _line(process).split()
        yield {"smtp": int(smtp), "http": int(http)}
    finally:
        process.terminate()
        process.wait()


def without_limits() -> None:
    """Pacing stays on, with every limit wide open: its work is part of what is measured, its waiting is not."""
    import datetime

    from delivery.records.pacing import PacingRule

    PacingRule.objects.update_or_create(
        campaign_key=None,
        defaults={
            "official_per_hour": 10_000_000,
            "domain_per_hour": 10_000_000,
            "total_per_hour": 10_000_000,
            "opens_at": datetime.time(0),
            "closes_at": datetime.time(23, 59, 59),
            "is_weekdays_only": False,
            "spread_hours": 0,
        },
    )


def main() -> None:
    """A PostgreSQL of its own, or SQLite where there is none, and both measurements on it."""
    from tools import postgres_server

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="of each way; 0 measures the long queue alone")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="bench-", ignore_cleanup_errors=True) as name, ExitStack() as stack:
        folder = Path(name)
        try:
            server = stack.enter_context(postgres_server.running(os.environ))
            database, described = server.url, f"PostgreSQL: {server.description}"
        except postgres_server.NoPostgres as reason:
            database, described = f"sqlite:///{folder / 'bench.sqlite3'}", f"SQLite, because {reason}"
        print(f"Letters out of the outbox, on {described}", flush=True)
        os.environ |= {
            "DATA_DIR": name,
            "DATABASE_URL": database,
            # Nothing listens there: the workers are started by hand, so that nothing waits for a queue.
            "REDIS_URL": f"unix://{folder / 'absent.sock'}",
            "DJANGO_SETTINGS_MODULE": "config.settings.development",
            "PACE_LETTERS": "True",
            "LOG_LEVEL": "CRITICAL",
        }
        sys.path.insert(0, str(ROOT / "site"))
        import django
        from django.core.management import call_command
        from django.db import connections

        django.setup()
        call_command("migrate", interactive=False, verbosity=0)
        without_limits()
        if arguments.rounds:
            measure(database, arguments.rounds)
        queued.measure()
        connections.close_all()


if __name__ == "__main__":
    main()
