"""Loads the outlines of districts."""

import argparse
import tempfile
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from legislators.adapters import downloads
from legislators.engine.districts import LOWER, state_districts
from legislators.engine.states import STATES, State
from legislators.management import reporting
from legislators.selectors import plans
from legislators.services import loading_boundaries, plan_succession
from legislators.services.loading import LoadError

_EVERY_STATE = "all"
_LISTED = "{state:<6}{kind:<6}{plan:<40}{valid_from:<12}{valid_to:<12}{accuracy:>9}{outlines:>10}  {loaded_at}"


class Command(BaseCommand):
    help = (
        "Load district outlines from GeoJSON, a shapefile, an archive, or a folder of them; from the Census itself "
        "where only --state is given. Loading again changes only what differs. A damaged file changes nothing. A plan "
        "that redraws another takes over on its first day."
    )

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--path", type=Path, help="File or folder")
        parser.add_argument("--state", default="", help="Two letters; without --path also all")
        parser.add_argument("--plan", default="", help="Name of the plan, instead of the file's own")
        parser.add_argument("--valid-from", type=date.fromisoformat, help="First day in force, as 2027-01-03")
        parser.add_argument("--valid-to", type=date.fromisoformat, help="First day no longer in force")
        parser.add_argument(
            "--accept-losses",
            action="store_true",
            help="Take a plan even where it has fewer outlines than the state has districts, or than before",
        )
        parser.add_argument(
            "--year", type=int, default=downloads.TIGER_YEAR, help="Which year's files to fetch from the Census"
        )
        parser.add_argument("--list", action="store_true", help="Only list the plans that are loaded")
        parser.add_argument("--remove", metavar="PLAN", help="Take a plan of --state out again, by its name in --list")

    def handle(self, *args: Any, **options: Any) -> None:
        options["state"] = options["state"].lower()
        if options["list"]:
            self._list(options["state"])
        elif options["remove"]:
            self._remove(options["remove"], options["state"])
        elif options["path"]:
            if options["state"] == _EVERY_STATE:
                options["state"] = ""
            self._load(Path(options["path"]), options)
        elif options["state"] == _EVERY_STATE:
            self._fetch_every_state(options)
        elif options["state"] in STATES:
            self._fetch(STATES[options["state"]], options)
        else:
            raise CommandError("Say --path, or --state to fetch that state's outlines from the Census.")

    def _fetch_every_state(self, options: dict[str, Any]) -> None:
        """A state at a time: what one server's bad minute costs is one state."""
        failed: list[str] = []
        for place, state in enumerate(STATES.values()):
            if place:
                downloads.pause()
            try:
                self._fetch(state, options)
            except CommandError as error:
                self.stderr.write(f"{state.name}: {error}")
                failed.append(state.code.upper())
        if failed:
            raise CommandError(f"Not loaded: {', '.join(failed)}. Every other state is; run it again for these.")

    def _fetch(self, state: State, options: dict[str, Any]) -> None:
        has_lower = any(district.kind == LOWER for district in state_districts(state.code))
        urls = downloads.tiger_urls(state.fips, has_lower_house=has_lower, year=options["year"])
        with tempfile.TemporaryDirectory() as folder:
            try:
                for found in downloads.download_all(urls, Path(folder)):
                    self.stdout.write(f"{found.path.name} is here, {found.path.stat().st_size:,} bytes.")
            except downloads.DownloadError as error:
                raise CommandError(f"Nothing was changed. {error}") from None
            self._load(Path(folder), options | {"state": state.code})

    def _load(self, path: Path, options: dict[str, Any]) -> None:
        dates = loading_boundaries.PlanDates(options["plan"], options["valid_from"], options["valid_to"])
        try:
            report = loading_boundaries.load(
                path=path,
                state=options["state"],
                dates=dates,
                accept_losses=options["accept_losses"],
                progress=self.stdout.write,
            )
        except LoadError as error:
            raise CommandError(f"Nothing was changed. {error}") from None
        reporting.print_report(self.stdout, report)

    def _remove(self, plan: str, state: str) -> None:
        try:
            report = plan_succession.remove(state=state, plan=plan)
        except LoadError as error:
            raise CommandError(f"Nothing was changed. {error}") from None
        reporting.print_report(self.stdout, report)

    def _list(self, state: str) -> None:
        names = {"valid_from": "from", "valid_to": "until", "loaded_at": "loaded"}
        columns = ("state", "kind", "plan", "valid_from", "valid_to", "accuracy", "outlines", "loaded_at")
        self.stdout.write(_LISTED.format(**{name: names.get(name, name) for name in columns}))
        for row in plans.listed("" if state == _EVERY_STATE else state):
            self.stdout.write(
                _LISTED.format(
                    state=row.state.upper(),
                    kind=row.kind,
                    plan=row.plan,
                    valid_from=str(row.valid_from or "–"),
                    valid_to=str(row.valid_to or "–"),
                    accuracy=f"{row.accuracy_metres} m" if row.accuracy_metres else "exact",
                    outlines=row.outlines,
                    loaded_at=f"{timezone.localtime(row.loaded_at):%Y-%m-%d %H:%M}",
                )
            )
