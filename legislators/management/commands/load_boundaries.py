"""Loads the outlines of districts."""

import argparse
import tempfile
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from legislators.adapters import downloads
from legislators.engine.districts import LOWER, state_districts
from legislators.engine.states import STATES
from legislators.management import reporting
from legislators.services import loading_boundaries
from legislators.services.loading import LoadError


class Command(BaseCommand):
    help = (
        "Load district outlines from GeoJSON, a shapefile, an archive, or a folder of them; from the Census itself "
        "where only --state is given. Loading again changes only what differs. A damaged file changes nothing."
    )

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--path", type=Path, help="File or folder")
        parser.add_argument("--state", default="", help="Two letters")
        parser.add_argument("--plan", default="", help="Name of the plan, instead of the file's own")
        parser.add_argument("--valid-from", type=date.fromisoformat, help="First day in force, as 2027-01-03")
        parser.add_argument("--valid-to", type=date.fromisoformat, help="First day no longer in force")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["path"]:
            self._load(Path(options["path"]), options)
            return
        state = STATES.get(options["state"].lower())
        if state is None:
            raise CommandError("Say --path, or --state to fetch that state's outlines from the Census.")
        has_lower = any(district.kind == LOWER for district in state_districts(state.code))
        with tempfile.TemporaryDirectory() as folder:
            try:
                for url in downloads.tiger_urls(state.fips, has_lower_house=has_lower):
                    self.stdout.write(f"Downloading {url} …")
                    downloads.fetch(url, Path(folder))
            except downloads.DownloadError as error:
                raise CommandError(f"Nothing was changed. {error}") from None
            self._load(Path(folder), options)

    def _load(self, path: Path, options: dict[str, Any]) -> None:
        dates = loading_boundaries.PlanDates(options["plan"], options["valid_from"], options["valid_to"])
        try:
            report = loading_boundaries.load(
                path=path, state=options["state"].lower(), dates=dates, progress=self.stdout.write
            )
        except LoadError as error:
            raise CommandError(f"Nothing was changed. {error}") from None
        reporting.print_report(self.stdout, report)
