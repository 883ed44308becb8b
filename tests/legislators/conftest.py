"""What tests of legislators share: files to load, and the published people of the whole country."""

import io
from datetime import date

import pytest
import time_machine
from django.core.management import call_command
from django.db import transaction

from tests.factories import loaded, rows, sources

#: The published snapshots predate the Congress and the legislatures that begin in January 2027.
SNAPSHOT_DAY = date(2026, 11, 21)
ALL_STATES = "openstates_people_all_states_legislature.tar.xz"
#: What the loads of the whole country printed and wrote, once a test of this process has needed it.
_loaded_country: list[tuple[dict[str, str], list[rows.Rows]]] = []


@pytest.fixture
def people(tmp_path):
    """Writes person files as the Open States repository lays them out; returns its root."""

    def write(*records, state="ma"):
        return sources.write_folder(tmp_path, "legislature", records, state=state)

    return write


@pytest.fixture
def committees(tmp_path):
    """Writes committee files beside the person files; returns the same root."""

    def write(*records, state="ma"):
        return sources.write_folder(tmp_path, "committees", records, state=state)

    return write


@pytest.fixture
def congress(tmp_path):
    def write(*records):
        return sources.write_yaml(tmp_path / "legislators-current.yaml", list(records))

    return write


@pytest.fixture(scope="module")
def whole_country(real_data, django_db_setup, django_db_blocker):
    """Everybody of every state and of Congress, there for a module and taken back at its end.

    What the loads printed, by source. They take a process half a minute, and a second module gets the rows they wrote.
    """
    with django_db_blocker.unblock(), time_machine.travel(SNAPSHOT_DAY, tick=False), transaction.atomic():
        if _loaded_country and loaded.can_be_put_back():
            printed, noted = _loaded_country[0]
            rows.put_back(noted)
        else:
            printed = _load_country(real_data)
            _loaded_country.append((printed, loaded.note()))
        yield printed
        transaction.set_rollback(True)


def _load_country(real_data):
    printed = {}
    for source, path in {"openstates": real_data / ALL_STATES, "congress": real_data / "congress"}.items():
        out = io.StringIO()
        call_command("load_legislators", source=source, path=path, stdout=out)
        printed[source] = out.getvalue()
    return printed
