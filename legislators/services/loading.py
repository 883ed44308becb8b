"""What every loader shares: counting what was done, and writing it down for staff."""

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.utils import timezone

from legislators.engine.people import Refusal
from legislators.records.loads import DataLoad

#: Called with a sentence for the person who runs the command.
Progress = Callable[[str], None]
BATCH_ROWS = 500


class LoadError(Exception):
    """Nothing was changed; the message names the file and line, and is for the person who ran the loader."""


def silent(message: str) -> None:
    """A `Progress` that says nothing."""


@dataclass(slots=True)
class LoadReport:
    """`notes` are remarks on what was loaded; `refused` is what was not."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    retired: int = 0
    refused: list[Refusal] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    started_at: datetime = field(default_factory=timezone.now)

    @property
    def summary(self) -> str:
        return (
            f"{self.added} added, {self.changed} changed, {self.unchanged} unchanged, "
            f"{self.retired} retired, {len(self.refused)} refused"
        )


def record(report: LoadReport, *, kind: str, source: str, checksum: str = "") -> DataLoad:
    """Writes the run down, inside the loader's transaction: what failed and changed nothing leaves no row."""
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
