"""Writes letters into the outbox as a submission does: each line of its input is one transaction of so many.

`python -m tests.faults.enqueuer LOG < numbers`. The ids go into LOG after the commit: those must never be lost.
"""

import os
import sys
import uuid


def main(log: str) -> None:
    import django

    django.setup()
    from django.db import DatabaseError, InterfaceError, connections, transaction

    from delivery.services import outbox
    from tests.factories.delivery import make_draft

    written = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    for line in sys.stdin:
        drafts = [make_draft(dedupe_key=f"faults:{uuid.uuid4()}") for _ in range(int(line))]
        try:
            with transaction.atomic():
                messages = outbox.enqueue(drafts=drafts)
        except (DatabaseError, InterfaceError):
            # The visitor would see an error and try again; whether it was committed, the database knows.
            connections.close_all()
            continue
        os.write(written, "".join(f"{message.pk}\n" for message in messages).encode())


if __name__ == "__main__":
    main(sys.argv[1])
