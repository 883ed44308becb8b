"""What the tests of `delivery` share."""

from collections.abc import Iterator
from uuid import UUID

import pytest
from pytest_django import Settings

from delivery.adapters import queue
from tests.delivery.fakes import RoomsAbove, the_rooms_above
from tests.delivery.sink import Sink, running_sink


@pytest.fixture(autouse=True)
def no_queue(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Most tests want no Redis: wake-ups are counted, and acknowledged in vain."""
    wakes: list[str] = []
    if "redis" in request.keywords:
        return wakes

    def wake(*names: str) -> bool:
        wakes.extend(names or [queue.LETTERS])
        return True

    monkeypatch.setattr(queue, "wake", wake)
    monkeypatch.setattr(queue, "acknowledge", lambda _name: None)
    return wakes


@pytest.fixture(autouse=True)
def rooms_above(settings: Settings) -> RoomsAbove:
    """What `campaigns` answers when it is asked about letters: they may go, unless a test says otherwise."""
    settings.DELIVERY_RECIPIENT_CHECK = "tests.delivery.fakes.rule"
    settings.DELIVERY_AFTER_FALLBACK = "tests.delivery.fakes.tell_of_handoffs"
    return the_rooms_above()


@pytest.fixture
def sending(settings: Settings) -> None:
    """Mail leaves, as far as the program knows: for tests with a mailer or a server of their own."""
    settings.DELIVERY_MODE = "send"
    settings.EMAIL_BACKEND = "delivery.adapters.smtp.SmtpBackend"


@pytest.fixture
def smtp_sink(sending: None, settings: Settings) -> Iterator[Sink]:
    """A mail server of our own, with the settings under which mail is sent to it for real."""
    with running_sink() as sink:
        settings.EMAIL_HOST = "127.0.0.1"
        settings.EMAIL_PORT = sink.port
        settings.EMAIL_TIMEOUT = 5
        yield sink


@pytest.fixture
def told_of_handoffs(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> list[UUID]:
    """The ids of letters that became hand-offs, instead of mail to those who wrote them."""
    told: list[UUID] = []
    monkeypatch.setattr("tests.delivery.conftest.tell", lambda message_ids: told.extend(message_ids), raising=False)
    settings.DELIVERY_AFTER_FALLBACK = "tests.delivery.conftest.tell"
    return told
