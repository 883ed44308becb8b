"""Reads how old the data is."""

from datetime import datetime

from django.db.models import Max

from legislators.records.loads import DataLoad


def last_loaded() -> dict[str, datetime]:
    """When each kind of data (`DataLoad.Kind`) was last loaded."""
    rows = DataLoad.objects.filter(finished_at__isnull=False).values("kind").annotate(last=Max("finished_at"))
    return {row["kind"]: row["last"] for row in rows}
