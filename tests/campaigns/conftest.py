"""What the tests of campaigns share."""

import pytest

from config.demo import state


@pytest.fixture
def alder(db):
    """The invented state: districts with outlines, officials, streets, ZIP codes."""
    return state.build()
