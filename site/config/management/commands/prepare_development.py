"""What `make run` does to the data before the site starts: migrate, build the demo where there is no site yet."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import BaseCommand, CommandError, call_command
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.migrations.executor import MigrationExecutor

from config.demo import EDITOR_PASSWORD, EDITOR_USERNAME, build


class Command(BaseCommand):
    help = "Bring the database of a development machine up to date, and build the demonstration in an empty one."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--welcome", type=Path, help="write what the person should be told to this file, as JSON")

    def handle(self, *args: Any, welcome: Path | None = None, **options: Any) -> None:
        if settings.DELIVERY_MODE != "capture":
            raise CommandError("This command is for development machines, where mail is captured.")
        if self._migrations_are_missing():
            self.stdout.write("  setup | Preparing the database; the first time this takes half a minute.")
            call_command("migrate", interactive=False, verbosity=0)
        if self._is_nobodys():
            self.stdout.write("  setup | Building the demonstration: an invented society in an invented state.")
            call_command("build_demo", stdout=self.stdout)
        if welcome is not None:
            welcome.write_text(json.dumps(self._welcome()), encoding="utf-8")

    def _migrations_are_missing(self) -> bool:
        executor = MigrationExecutor(connections[DEFAULT_DB_ALIAS])
        return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))

    def _is_nobodys(self) -> bool:
        """Whoever has replaced the demonstration by pages of their own has a log-in, and is left alone."""
        return not get_user_model().objects.exists() and not build.is_built()

    def _welcome(self) -> dict[str, str]:
        lines = {"Captured mail": f"{settings.CAPTURED_MAIL_DIR} (nothing leaves this machine)"}
        if get_user_model().objects.filter(username=EDITOR_USERNAME).exists():
            lines["Log in as"] = f"{EDITOR_USERNAME}, password {EDITOR_PASSWORD}"
        return lines
