"""Loads ZIP codes and the districts that they touch."""

import argparse
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from legislators.management import reporting
from legislators.services import loading_zip_codes
from legislators.services.loading import LoadError


class Command(BaseCommand):
    help = "Load ZIP codes and the districts that they touch. Loading again changes only what differs."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument(
            "--path",
            type=Path,
            required=True,
            help="zccd.csv of us-zipcodes-congress, or a CSV with zip_code and division",
        )
        parser.add_argument("--state", default="", help="Two letters")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            report = loading_zip_codes.load(
                path=Path(options["path"]), state=options["state"].lower(), progress=self.stdout.write
            )
        except LoadError as error:
            raise CommandError(f"Nothing was changed. {error}") from None
        reporting.print_report(self.stdout, report)
