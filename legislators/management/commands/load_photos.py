"""Copies the photos of officials into this site's own media."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from legislators.management import reporting
from legislators.services import photos


class Command(BaseCommand):
    help = (
        "Copy the photos of people in office into this site's media. Running it again copies only what is new; a "
        "photo that could not be had is asked for again after a week."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--seconds", type=float, help="End after so long; the next run goes on from there")

    def handle(self, *, seconds: float | None, **_options: Any) -> None:
        copied = photos.copy(seconds=seconds, progress=self.stdout.write)
        reporting.print_report(self.stdout, copied.report)
        if copied.has_more:
            self.stdout.write("There are more: run it again.")
