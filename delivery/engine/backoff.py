"""How long to wait before a message that was refused for now is tried again, and when to stop."""

import random

FIRST_DELAY_SECONDS = 60.0
LONGEST_DELAY_SECONDS = 6 * 3600.0
#: With these delays the last try comes about two days after the first, as RFC 5321 section 4.5.4.1 has mail
#: servers give up after four or five days: an office's server that is down over a night is waited for.
MAX_ATTEMPTS = 16
#: While the mail service itself is away, one message is tried in about this time.
SERVICE_DELAY_SECONDS = 60.0
#: Nobody who asks to be left alone is left alone for longer at a time.
LONGEST_WAIT_SECONDS = 24 * 3600.0


def retry_delay_seconds(attempts: int, *, jitter: random.Random | None = None) -> float:
    """Seconds to wait after the `attempts`-th failed try (1 or more): doubled each time, give or take a fifth.

    The jitter spreads messages that failed together, so that they do not come back together.
    """
    exponent = min(max(attempts, 1) - 1, 20)
    delay = min(FIRST_DELAY_SECONDS * 2.0**exponent, LONGEST_DELAY_SECONDS)
    return delay * (jitter or random).uniform(0.8, 1.2)


def is_last(attempts: int) -> bool:
    """Whether a message that was refused for now for the `attempts`-th time is given up."""
    return attempts >= MAX_ATTEMPTS


def within_reason(seconds: float) -> float:
    """A wait that the other side asked for: a second at least, a day at most."""
    return min(max(seconds, 1.0), LONGEST_WAIT_SECONDS)
