"""What the tests of campaigns share."""

import pytest

from tests.factories import alder as invented_state


@pytest.fixture
def alder(db):
    """The invented state: districts with outlines, officials, streets, ZIP codes."""
    return invented_state.build()
