"""What the tests of `delivery` share."""

from collections.abc import Iterator

import pytest
from pytest_django import Settings

from delivery.adapters import queue
from tests.delivery.sink import Sink, running_sink


@pytest.fixture(autouse=True)
def no_queue(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Most tests want no Redis: wake-ups are counted, and acknowledged in vain."""
    wakes: list[str] = []
    if "redis" in request.keywords:
        return wakes

    def wake() -> bool:
        wakes.append("wake")
        return True

    monkeypatch.setattr(queue, "wake", wake)
    monkeypatch.setattr(queue, "acknowledge", lambda: None)
    return wakes


@pytest.fixture
def smtp_sink(settings: Settings) -> Iterator[Sink]:
    """A mail server of our own, with the settings under which mail is sent to it for real."""
    with running_sink() as sink:
        settings.DELIVERY_MODE = "send"
        settings.EMAIL_BACKEND = "delivery.adapters.smtp.SmtpBackend"
        settings.EMAIL_HOST = "127.0.0.1"
        settings.EMAIL_PORT = sink.port
        settings.EMAIL_TIMEOUT = 5
        yield sink
