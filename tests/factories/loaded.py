"""What a loader of the legislators wrote, noted as rows, so that a process needs to load it once."""

from django.apps import apps
from django.core.serializers import sort_dependencies
from django.db import connection, models

from tests.factories import rows


def tables() -> list[type[models.Model]]:
    everything = sort_dependencies([(apps.get_app_config("legislators"), None)])
    # Not the page on which visitors look.
    return [table for table in everything if not table._meta.parents]


def can_be_put_back() -> bool:
    """Only SQLite takes back what it gave as it is; and beside other rows only the loaders know what to add."""
    return connection.vendor == "sqlite" and not any(table._base_manager.exists() for table in tables())


def note() -> list[rows.Rows]:
    return [rows.note(table._meta.db_table) for table in tables()]
