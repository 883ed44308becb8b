"""The invented state, for tests: loaded once in a process, and afterwards written down as it was then."""

from config.demo import state
from legislators.records.jurisdictions import Jurisdiction
from tests.factories import loaded, rows

_noted: list[rows.Rows] = []


def build() -> Jurisdiction:
    """Districts with outlines, officials, streets, ZIP codes.

    What the loaders do with them is what their own tests show; here it would be a third of each test's time.
    """
    if not loaded.can_be_put_back():
        return state.build()
    if not _noted:
        made = state.build()
        _noted.extend(loaded.note())
        return made
    rows.put_back(_noted)
    return Jurisdiction.objects.get(code="ax")
