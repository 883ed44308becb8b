"""Loads ranges of house numbers, to find addresses without asking anybody."""

import argparse
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from legislators.management import reporting
from legislators.services import loading_streets
from legislators.services.loading import LoadError


class Command(BaseCommand):
    help = "Load ranges of house numbers, to find addresses without asking anybody. Again changes only what differs."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument(
            "--path",
            type=Path,
            required=True,
            help="ADDRFEAT shapefiles of the Census, one a county: .zip, .shp or a folder",
        )
        parser.add_argument("--state", default="", help="Two letters")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            report = loading_streets.load(
                path=Path(options["path"]), state=options["state"].lower(), progress=self.stdout.write
            )
        except LoadError as error:
            raise CommandError(f"Nothing was changed. {error}") from None
        reporting.print_report(self.stdout, report)
