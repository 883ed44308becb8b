"""How a loader's result is printed."""

from collections.abc import Sequence

from django.core.management.base import OutputWrapper

from legislators.selectors.seats import Vacancy
from legislators.services.loading import LoadReport

_LINES = 50


def print_report(out: OutputWrapper, report: LoadReport) -> None:
    """Counts, then every refusal with its reason; the data load's page in the admin has all of a long list."""
    for refusal in report.refused[:_LINES]:
        out.write(f"refused: {refusal.where}: {refusal.why}")
    if len(report.refused) > _LINES:
        out.write(f"refused: and {len(report.refused) - _LINES} more (see the data load in the admin)")
    for note in report.notes[:_LINES]:
        out.write(f"note: {note}")
    out.write(report.summary)
    if report.committees is not None:
        out.write("Committees:")
        print_report(out, report.committees)


def print_vacancies(out: OutputWrapper, vacancies: Sequence[Vacancy]) -> None:
    for vacancy in vacancies[:_LINES]:
        seats = "" if vacancy.seats == 1 else f" ({vacancy.seats} seats)"
        out.write(f"vacant: {vacancy.division.name}, {vacancy.chamber} of {vacancy.division.jurisdiction.name}{seats}")
    out.write(f"{sum(vacancy.seats for vacancy in vacancies)} vacant seat(s)")
