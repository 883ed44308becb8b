"""What the staff do to deliveries as a whole: stop them, let them go on."""

from typing import Any

from delivery.records.pauses import Pause
from delivery.services import pauses


def pause(*, scope: str, key: str = "", by: Any = None) -> Pause:
    """Stops what `scope` and `key` mean from now on, until somebody ends it.

    :param scope: a `Pause.Scope` value.
    :param key: as `Pause.key`.
    """
    return pauses.pause(scope=scope, key=key, by=by)


def resume(*, scope: str, key: str = "") -> int:
    """Ends the pauses of `scope` and `key`, and gives what waited new times, so that it does not leave as a burst.

    :returns: how many pauses there were.
    """
    return pauses.resume(scope=scope, key=key)
