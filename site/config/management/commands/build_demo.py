"""Builds the demonstration site on an empty database."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from config.demo import EDITOR_PASSWORD, EDITOR_USERNAME, build


class Command(BaseCommand):
    help = "Builds the fictional Alder Medical Society: pages, officials, streets, letters and an editor's log-in."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--if-empty", action="store_true", help="Do nothing where there are campaigns already.")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO_ALLOWED:
            raise CommandError("The demonstration has a log-in that everybody knows: it is for development only.")
        if build.is_built():
            if options["if_empty"]:
                return
            raise CommandError("There are campaigns already. The demonstration is built on an empty database only.")
        build.build(say=lambda text: self.stdout.write(f"  {text} …"))
        self.stdout.write(f"Editor's log-in: {EDITOR_USERNAME} / {EDITOR_PASSWORD}")
