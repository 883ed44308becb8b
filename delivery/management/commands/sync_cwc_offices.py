"""Brings the lists of Congress's offices that take letters by CWC up to date, as the clock does each day."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from delivery.adapters.cwc import configuration
from delivery.engine.cwc.chambers import CHAMBERS
from delivery.services import cwc_offices


class Command(BaseCommand):
    help = "Ask the House and the Senate which offices take letters. A list that looks wrong changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--chamber", choices=CHAMBERS, help="Only this one; else each of which there is a key")
        parser.add_argument(
            "--accept-fewer", action="store_true", help="Take over a list that is much shorter than the one before"
        )

    def handle(self, *, chamber: str | None, accept_fewer: bool, **_options: Any) -> None:
        chambers = [chamber] if chamber else [entry for entry in CHAMBERS if configuration.key(entry)]
        if not chambers:
            raise CommandError("There is no key: set CWC_HOUSE_KEY or CWC_SENATE_KEY (docs/settings.md).")
        problems = 0
        for entry in chambers:
            refreshed = cwc_offices.refresh(chamber=entry, accepts_fewer=accept_fewer)
            if refreshed.problem:
                problems += 1
                self.stdout.write(f"{entry}: nothing was changed, {refreshed.active} offices as before.")
                self.stdout.write(f"  {refreshed.problem}")
            else:
                self.stdout.write(
                    f"{entry}: {refreshed.active} offices, {refreshed.joined} new, {refreshed.left} no longer."
                )
        if problems:
            raise CommandError("Not every list could be had; see above.")
