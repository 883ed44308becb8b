"""`make bench`: builds the sample state in a throw-away database, and measures on it."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks import districts, patient_guard
from benchmarks.timing import Comparison, compare
from delivery.engine.drafts import MessageDraft

ROOT = Path(__file__).resolve().parents[1]
LETTERS = 200


def main() -> int:
    # As it was: what follows is for the first part alone.
    environment = dict(os.environ)
    with tempfile.TemporaryDirectory(prefix="bench-", ignore_cleanup_errors=True) as folder:
        _set_up(Path(folder))
        from django.db import connections

        print(
            "Medians of processor time for one piece of work; ratios hold from machine to machine, times do not.\n",
            flush=True,
        )
        print(letters_into_the_outbox(), flush=True)
        print("\nWho represents a point", flush=True)
        for title, state in (("Massachusetts", "ma"), ("All states", "")):
            who_represents_a_point(title, state)
        connections.close_all()
    print("\n".join(patient_guard.report()), "\n", flush=True)
    environment |= {"PYTHONPATH": str(ROOT)}
    failed = [
        name
        for name in ("benchmarks.forms", "benchmarks.sending")
        if subprocess.run([sys.executable, "-m", name], cwd=ROOT, env=environment, check=False).returncode
    ]
    return 1 if failed else 0


def _set_up(folder: Path) -> None:
    """Django on a database of its own, with the sample state in it."""
    os.environ |= {
        "DATA_DIR": str(folder),
        "DATABASE_URL": f"sqlite:///{folder / 'bench.sqlite3'}",
        # Nothing listens there: what is measured is the way into the outbox, not the queue.
        "REDIS_URL": f"unix://{folder / 'absent.sock'}",
        "DJANGO_SETTINGS_MODULE": "config.settings.development",
        "LOG_LEVEL": "ERROR",
    }
    sys.path.insert(0, str(ROOT / "site"))
    import django
    from django.core.management import call_command

    django.setup()
    print("Preparing the sample state", flush=True)
    call_command("migrate", interactive=False, verbosity=0)
    from config.demo import state

    state.build()


def who_represents_a_point(title: str, state: str) -> None:
    """From the index in memory, with officials; beside bare polygons, and in a fresh process for its cost."""
    why_not = districts.load(state)
    if why_not:
        print(f"{title}: {why_not}", flush=True)
        return
    districts.measure(title)
    districts.measure_worker(title, state or "all", os.environ["DATABASE_URL"])
    print(flush=True)


def letters_into_the_outbox() -> Comparison:
    """Checked, cleaned and committed with their history; beside bulk_create of rows that are ready."""
    from itertools import count

    from django.db import transaction

    from delivery.records.messages import OutboxMessage
    from delivery.services import outbox

    numbers = count()

    def ours() -> None:
        with transaction.atomic():
            outbox.enqueue(drafts=[_draft(next(numbers)) for _letter in range(LETTERS)])

    template = outbox.enqueue(drafts=[_draft(next(numbers))])[0]
    values = {
        field.attname: getattr(template, field.attname)
        for field in OutboxMessage._meta.concrete_fields
        if field.attname not in ("id", "dedupe_key")
    }

    def peer() -> None:
        with transaction.atomic():
            rows = [OutboxMessage(dedupe_key=f"peer:{next(numbers)}", **values) for _letter in range(LETTERS)]
            OutboxMessage.objects.bulk_create(rows)

    return compare(
        f"Letters into the outbox, {LETTERS} at a time",
        unit="a letter",
        ours=ours,
        peer=peer,
        peer_name="bulk_create of ready rows, without checks and history",
        work=LETTERS,
    )


def _draft(number: int) -> MessageDraft:
    return MessageDraft(
        dedupe_key=f"bench:{number}",
        stream="letter",
        recipient_name="Sen. Rowan Vale",
        recipient_address="rowan.vale@senate.alder.example",
        sender_name="Dr. Ada Quill",
        reply_to_address="ada.quill@clinic.example",
        subject="Please support telehealth payment parity",
        body="Dear Senator,\n\n" + "My patients depend on it. " * 60,
    )


if __name__ == "__main__":
    sys.exit(main())
