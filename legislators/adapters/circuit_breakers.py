"""Leaves a service alone for a while that keeps failing: every visitor would otherwise wait for the same time-out."""

import threading
import time

_FAILURES_TO_OPEN = 3
_REST_SECONDS = 60.0


class CircuitBreaker:
    """Counts failures in a row in this process.

    After so many it is open, and nobody may ask. After the rest a single caller may: an answer closes the breaker
    for all, a failure begins the next rest.
    """

    def __init__(self, *, failures: int = _FAILURES_TO_OPEN, rest_seconds: float = _REST_SECONDS) -> None:
        self._failures_to_open, self._rest_seconds = failures, rest_seconds
        self._failures = 0
        self._rests_until = 0.0
        self._tried_until = 0.0
        self._lock = threading.Lock()

    @property
    def is_open(self) -> bool:
        """Whether it failed so often that it is left alone until somebody has an answer from it."""
        return self._failures >= self._failures_to_open

    def may_ask(self) -> bool:
        """Whether this caller may ask. Who may has to say afterwards how it went."""
        with self._lock:
            now = time.monotonic()
            if not self.is_open:
                return True
            # A caller who never said how it went holds the others up for one rest, not for ever.
            if now < self._rests_until or now < self._tried_until:
                return False
            self._tried_until = now + self._rest_seconds
            return True

    def succeeded(self) -> None:
        with self._lock:
            self._failures, self._rests_until, self._tried_until = 0, 0.0, 0.0

    def failed(self) -> None:
        with self._lock:
            self._failures += 1
            self._tried_until = 0.0
            if self.is_open:
                self._rests_until = time.monotonic() + self._rest_seconds


_breakers: dict[str, CircuitBreaker] = {}


def breaker_of(service: str) -> CircuitBreaker:
    """The one breaker of this process for a service."""
    return _breakers.setdefault(service, CircuitBreaker())


def open_breakers() -> list[str]:
    """The services that this process leaves alone at the moment, in the order of their names."""
    return sorted(name for name, breaker in list(_breakers.items()) if breaker.is_open)


def forget_failures() -> None:
    """Closes every circuit breaker of this process."""
    _breakers.clear()
