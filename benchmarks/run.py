"""`make bench`: builds the sample state in a throw-away database, and measures on it."""

import os
import sys
import tempfile
from pathlib import Path

from benchmarks.timing import Comparison, compare
from delivery.engine.drafts import MessageDraft

ROOT = Path(__file__).resolve().parents[1]
POINTS = 60
LETTERS = 200


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="bench-", ignore_cleanup_errors=True) as folder:
        _set_up(Path(folder))
        from django.db import connections

        print(
            "Medians of processor time for one piece of work; ratios hold from machine to machine, times do not.\n",
            flush=True,
        )
        for measure in (who_represents_a_point, letters_into_the_outbox):
            print(measure(), flush=True)
        connections.close_all()
    return 0


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


def who_represents_a_point() -> Comparison:
    """The whole answer, with officials, from the database; beside bare polygons in an index in memory."""
    import shapely

    from legislators.engine.resolution import Point
    from legislators.records.divisions import Boundary
    from legislators.services.resolution import resolve_point

    outlines = [shapely.from_wkb(bytes(wkb)) for wkb in Boundary.objects.values_list("wkb", flat=True)]
    inside = [outline.representative_point() for outline in outlines]
    points = [inside[number % len(inside)] for number in range(POINTS)]
    asked = [Point(latitude=point.y, longitude=point.x) for point in points]
    tree = shapely.STRtree(outlines)
    return compare(
        f"Who represents a point, of {len(outlines)} districts",
        unit="a point",
        ours=lambda: [resolve_point(point=point) for point in asked],
        peer=lambda: [tree.query(point, predicate="within") for point in points],
        peer_name="shapely's STRtree, in memory and without officials",
        work=POINTS,
    )


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
