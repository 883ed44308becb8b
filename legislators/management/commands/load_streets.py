"""Loads ranges of house numbers, to find addresses without asking anybody."""

import argparse
import re
import tempfile
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from legislators.adapters import downloads, street_files
from legislators.engine.states import STATES
from legislators.management import reporting
from legislators.services import loading_streets
from legislators.services.loading import LoadError


class Command(BaseCommand):
    help = (
        "Load ranges of house numbers, to find addresses without asking anybody: from files, or from the Census "
        "itself where only --state and --county are given. Again changes only what differs. A damaged file changes "
        "nothing."
    )

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument(
            "--path", type=Path, help="ADDRFEAT shapefiles of the Census, one a county: .zip, .shp or a folder"
        )
        parser.add_argument("--state", default="", help="Two letters")
        parser.add_argument("--county", default="", help="The county’s three digits, several with commas: 017,025")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["path"]:
            self._load(Path(options["path"]), options["state"].lower())
            return
        state, counties = STATES.get(options["state"].lower()), options["county"].replace(" ", "").split(",")
        if state is None or not all(re.fullmatch(r"\d{3}", county, re.ASCII) for county in counties):
            raise CommandError("Say --path; or --state and --county, as in --state ma --county 017,025.")
        urls = [street_files.official_url(state.fips, county) for county in dict.fromkeys(counties)]
        with tempfile.TemporaryDirectory() as folder:
            for url in urls:
                self.stdout.write(f"To download: {url}")
            try:
                for found in downloads.download_all(urls, Path(folder)):
                    self.stdout.write(f"Downloaded {found.path.name}.")
            except downloads.DownloadError as error:
                raise CommandError(f"Nothing was changed. {error}") from None
            self._load(Path(folder), state.code)

    def _load(self, path: Path, state: str) -> None:
        try:
            report = loading_streets.load(path=path, state=state, progress=self.stdout.write)
        except LoadError as error:
            raise CommandError(f"Nothing was changed. {error}") from None
        reporting.print_report(self.stdout, report)
