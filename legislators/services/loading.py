"""What every loader shares: counting what was done, and writing it down for staff."""

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from legislators.engine.people import Refusal
from legislators.records.loads import DataLoad
from legislators.services import atlas

#: Called with a sentence for the person who runs the command.
Progress = Callable[[str], None]
BATCH_ROWS = 500


class LoadError(Exception):
    """Nothing was changed; the message names the file and line, and is for the person who ran the loader."""


def silent(message: str) -> None:
    """A `Progress` that says nothing."""


@dataclass(slots=True)
class LoadReport:
    """`notes` are remarks on what was loaded; `refused` is what was not.

    `held` says in a sentence each which chambers kept their old data because the new one looked wrong, and why;
    `committees` is what became of the committees where a load of legislators found some.
    """

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    retired: int = 0
    refused: list[Refusal] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    held: list[str] = field(default_factory=list)
    committees: "LoadReport | None" = None
    started_at: datetime = field(default_factory=timezone.now)

    @property
    def summary(self) -> str:
        return (
            f"{self.added} added, {self.changed} changed, {self.unchanged} unchanged, "
            f"{self.retired} retired, {len(self.refused)} refused"
        )


def record(report: LoadReport, *, kind: str, source: str, checksum: str = "") -> DataLoad:
    """Writes the run down, inside the loader's transaction: what failed and changed nothing leaves no row."""
    # Other processes find this row; this one need not wait until it looks for it.
    transaction.on_commit(atlas.forget)
    return DataLoad.objects.create(
        kind=kind,
        source=source[:300],
        checksum=checksum,
        started_at=report.started_at,
        finished_at=timezone.now(),
        added=report.added,
        changed=report.changed,
        unchanged=report.unchanged,
        retired=report.retired,
        refused=[{"where": refusal.where, "why": refusal.why} for refusal in report.refused],
        notes=report.notes,
    )


def checksum(parts: Iterable[bytes]) -> str:
    """SHA-256 of the parts in their order, in hexadecimal."""
    digest = hashlib.sha256()
    for part in parts:
        digest.update(len(part).to_bytes(8, "big") + part)
    return digest.hexdigest()
