"""Prints who represents an address or a coordinate, and how sure that is."""

import argparse
import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from legislators.engine.resolution import Point, PostalAddress, Representation, Resolution
from legislators.engine.titles import title_for
from legislators.records.officials import Official
from legislators.selectors import seats
from legislators.selectors.contacts import contact_of
from legislators.services import resolution


class Command(BaseCommand):
    help = "Print the districts and officials of an address (--street --city --state --zip) or a point (--lat --lon)."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        for name in ("street", "city", "state", "zip"):
            parser.add_argument(f"--{name}", default="")
        parser.add_argument("--lat", type=float, help="Degrees north")
        parser.add_argument("--lon", type=float, help="Degrees east: negative in the United States")
        parser.add_argument("--json", action="store_true", help="For programs")

    def handle(self, *args: Any, **options: Any) -> None:
        found = self._resolve(options)
        rows = (*found.representations, *found.candidates, *found.unmapped)
        officials = seats.officials_by_id(number for row in rows for number in row.official_ids)
        if options["json"]:
            self.stdout.write(json.dumps(_as_data(found, officials), ensure_ascii=False, indent=2))
        else:
            self._print(found, officials)

    def _resolve(self, options: dict[str, Any]) -> Resolution:
        latitude, longitude = options["lat"], options["lon"]
        if (latitude is None) != (longitude is None):
            raise CommandError("--lat and --lon go together.")
        if latitude is not None:
            if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
                raise CommandError("--lat is from -90 to 90 and --lon from -180 to 180 degrees.")
            return resolution.resolve_point(point=Point(longitude, latitude))
        if not any(options[name] for name in ("street", "city", "state", "zip")):
            raise CommandError("Say an address, or --lat and --lon.")
        return resolution.resolve_address(
            address=PostalAddress(options["street"], options["city"], options["state"], options["zip"])
        )

    def _print(self, found: Resolution, officials: dict[int, Official]) -> None:
        source = f", by {found.source}" if found.source else ""
        self.stdout.write(f"State: {found.state.upper() or 'unknown'}. How sure: {found.certainty}{source}.")
        for problem in found.problems:
            self.stdout.write(f"Problem: {problem}")
        for heading, rows in (
            ("Settled", found.representations),
            ("To choose from", found.candidates),
            ("Perhaps as well: districts without an outline", found.unmapped),
        ):
            if rows:
                self.stdout.write(f"\n{heading}:")
            for row in rows:
                self._print_row(row, found.state, officials)

    def _print_row(self, row: Representation, state: str, officials: dict[int, Official]) -> None:
        self.stdout.write(f"  {row.chamber}: {row.division_name} ({row.division_ocd_id})")
        for number in row.official_ids:
            official = officials[number]
            contact = contact_of(official)
            reach = contact.email or contact.contact_form_url or "no e-mail"
            title = title_for(chamber=row.chamber, state=state)
            self.stdout.write(f"    {title} {official.name} ({official.party or 'no party'}): {reach}")
        if row.vacant_seats:
            self.stdout.write(f"    {row.vacant_seats} vacant seat(s)")


def _as_data(found: Resolution, officials: dict[int, Official]) -> dict[str, object]:
    return {
        "certainty": str(found.certainty),
        "state": found.state,
        "source": found.source,
        "problems": [str(problem) for problem in found.problems],
        "districts": [_row(row, officials) for row in found.representations],
        "candidates": [_row(row, officials) for row in found.candidates],
        "unmapped": [_row(row, officials) for row in found.unmapped],
        "next_step": str(found.next_step),
    }


def _row(row: Representation, officials: dict[int, Official]) -> dict[str, object]:
    return {
        "chamber": str(row.chamber),
        "division": row.division_ocd_id,
        "name": row.division_name,
        "officials": [_official(officials[number]) for number in row.official_ids],
        "vacant_seats": row.vacant_seats,
    }


def _official(official: Official) -> dict[str, object]:
    contact = contact_of(official)
    return {
        "id": official.pk,
        "source_id": official.source_id,
        "name": official.name,
        "party": official.party,
        "email": contact.email,
        "contact_form_url": contact.contact_form_url,
        "phones": [office.phone for office in official.offices.all() if office.phone],
    }
