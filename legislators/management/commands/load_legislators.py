"""Loads legislators from Open States or congress-legislators."""

import argparse
import tempfile
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

from django.core.management.base import BaseCommand, CommandError

from legislators.adapters import downloads
from legislators.adapters.committee_files import COMMITTEES_FILE, MEMBERSHIP_FILE
from legislators.adapters.people_files import CONGRESS_FILE, OFFICES_FILE, SOCIAL_FILE
from legislators.management import reporting
from legislators.records.officials import Official
from legislators.selectors import seats
from legislators.services import loading_legislators
from legislators.services.loading import LoadError

_SOURCES = (Official.Source.OPENSTATES, Official.Source.CONGRESS)
_CONGRESS_FILES = (CONGRESS_FILE, OFFICES_FILE, SOCIAL_FILE, COMMITTEES_FILE, MEMBERSHIP_FILE)


class Command(BaseCommand):
    help = (
        "Load state legislators (openstates) or members of Congress (congress), and their committees. Loading again "
        "changes only what differs; who is no longer listed is retired, never deleted. A damaged file changes nothing; "
        "a chamber that would lose more than a tenth of its members keeps its old data."
    )

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--source", required=True, choices=[str(source) for source in _SOURCES])
        parser.add_argument("--path", type=Path, help="Folder, archive or YAML file; the official address unless given")
        parser.add_argument("--state", default="", help="Two letters; us for Congress")
        parser.add_argument(
            "--accept-retirements", action="store_true", help="Also where a chamber loses more than a tenth"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        with tempfile.TemporaryDirectory() as folder:
            try:
                path = Path(options["path"] or self._download(options["source"], Path(folder)))
                report = loading_legislators.load(
                    source=options["source"],
                    path=path,
                    state=options["state"].lower(),
                    accept_retirements=options["accept_retirements"],
                    progress=self.stdout.write,
                )
            except (LoadError, downloads.DownloadError) as error:
                raise CommandError(f"Nothing was changed. {error}") from None
        reporting.print_report(self.stdout, report)
        reporting.print_vacancies(self.stdout, seats.vacancies(jurisdiction=options["state"].lower() or None))
        if report.held:
            raise CommandError(f"{len(report.held)} chamber(s) kept their old data. " + " ".join(report.held))

    def _download(self, source: str, folder: Path) -> Path:
        """The archive of Open States, or the folder with the files of congress-legislators."""
        if source == Official.Source.OPENSTATES:
            return self._fetch(downloads.OPENSTATES_URL, folder)
        for name in _CONGRESS_FILES:
            self._fetch(urljoin(downloads.CONGRESS_URL, name), folder)
        return folder

    def _fetch(self, url: str, folder: Path) -> Path:
        self.stdout.write(f"Downloading {url} …")
        return downloads.fetch(url, folder)
