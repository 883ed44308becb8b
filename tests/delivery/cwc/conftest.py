"""What the tests of letters to Congress share."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from pytest_django import Settings

from delivery.adapters.cwc import carrier
from tests.delivery.cwc.server import HOUSE_KEY, SENATE_KEY, CwcServer, running

#: A Tuesday at noon in Washington.
OPEN_HOURS = datetime(2026, 3, 10, 16, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def open_hours(monkeypatch: pytest.MonkeyPatch) -> None:
    """The real hour would close both chambers for a part of each night."""
    monkeypatch.setattr(carrier, "now", lambda: OPEN_HOURS)


@pytest.fixture
def congress(settings: Settings) -> Iterator[CwcServer]:
    """Both chambers' systems on this machine, with the settings of a site that sends to them."""
    with running() as server:
        settings.DELIVERY_MODE = "send"
        settings.CWC_MODE = "live"
        settings.CWC_HOUSE_KEY, settings.CWC_SENATE_KEY = HOUSE_KEY, SENATE_KEY
        settings.CWC_HOUSE_URL, settings.CWC_HOUSE_TEST_URL = f"{server.url}/house", f"{server.url}/house-test"
        settings.CWC_SENATE_URL = f"{server.url}/senate"
        settings.CWC_HOUSE_RULES = settings.CWC_SENATE_RULES = {"messages_per_second": 1000.0}
        settings.CWC_HOUSE_DELIVERY_AGENT = settings.CWC_SENATE_DELIVERY_AGENT = "Alder Medical Society"
        settings.CWC_ACK_ADDRESS = "acks@alder-medical.example"
        settings.CWC_CONTACT_NAME, settings.CWC_CONTACT_EMAIL = "Grace Bell", "grace@alder-medical.example"
        settings.CWC_CONTACT_PHONE = "617-555-0100"
        settings.CWC_ORGANIZATION = "Alder Medical Society"
        yield server
