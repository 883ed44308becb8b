"""Shows whether letters to Congress would go: settings, lists of offices, and a sample letter that nobody receives."""

import uuid
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from delivery.adapters.cwc import configuration
from delivery.selectors import cwc
from delivery.services import cwc_readiness, cwc_trials


class Command(BaseCommand):
    help = (
        "Say whether letters to Congress would go. With --ask, send a sample letter of an invented person to the test "
        "systems: in the mode validate or test only."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--ask", action="store_true", help="Also ask the chambers' own test systems")

    def handle(self, *, ask: bool, **_options: Any) -> None:
        self.stdout.write(f"CWC_MODE is {configuration.mode()}.")
        found = cwc_readiness.check_cwc_settings(None)
        for message in found:
            self.stdout.write(f"problem: {message.msg} {message.hint or ''}".rstrip())
        for entry in cwc.list_states():
            when = f"{entry.refreshed_at:%Y-%m-%d %H:%M} UTC" if entry.refreshed_at else "never"
            self.stdout.write(
                f"{entry.chamber}: {'on' if entry.is_on else 'off'}, {entry.active} offices, list of {when}"
                f"{f', problem: {entry.problem}' if entry.problem else ''}"
            )
        refused = [self._ask(entry.chamber) for entry in cwc.list_states() if ask and entry.is_on]
        if found or not all(refused):
            raise CommandError("Letters to Congress would not all go; see above.")

    def _ask(self, chamber: str) -> bool:
        trial = cwc_trials.ask(chamber=chamber, delivery_id=uuid.uuid4().hex)
        self.stdout.write(f"{chamber}: {trial.words}")
        return trial.is_taken
