"""Brings the legislators' data in line with its published sources, as the clock does."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from legislators.management import reporting
from legislators.services import sync, sync_sources


class Command(BaseCommand):
    help = (
        "Download and load the sources of LEGISLATORS_SYNC that are due. What looks wrong changes nothing; a file that "
        "is the same as last time is not read again."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--source", action="append", default=[], help=f"Only this one, may be repeated: {sync_sources.EXAMPLES}"
        )
        parser.add_argument("--now", action="store_true", help="Also what is not due, and files that did not change")

    def handle(self, *, source: list[str], now: bool, **_options: Any) -> None:
        keys = [key.strip().lower() for key in source] or sync.configured()
        if not keys:
            raise CommandError("LEGISLATORS_SYNC names nothing. Say --source, or set it (docs/settings.md).")
        if unknown := [key for key in keys if not sync_sources.is_known(key)]:
            raise CommandError(f"There is no source {', '.join(unknown)}. There are: {sync_sources.EXAMPLES}.")
        outcomes = sync.run(keys=keys, is_forced=now, progress=self.stdout.write)
        for outcome in outcomes:
            self.stdout.write(f"{outcome.key}:")
            if outcome.is_unchanged:
                self.stdout.write("the file is the same as last time; nothing to do")
            if outcome.report is not None:
                reporting.print_report(self.stdout, outcome.report)
            if outcome.has_more:
                self.stdout.write("there are more: run it again")
            if outcome.problem:
                self.stdout.write(f"problem: {outcome.problem}")
        if any(outcome.problem for outcome in outcomes):
            raise CommandError("Not everything could be brought up to date; see above.")
