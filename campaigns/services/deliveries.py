"""What the staff do to deliveries as a whole: stop them, let them go on."""

import uuid
from typing import Any

from delivery.records.pauses import Pause
from delivery.services import pauses, planning


def pause(*, scope: str, key: str = "", by: Any = None) -> Pause:
    """Stops what `scope` and `key` mean from now on, until somebody ends it.

    :param scope: a `Pause.Scope` value.
    :param key: as `Pause.key`.
    """
    made = pauses.pause(scope=scope, key=key, by=by)
    if scope == Pause.Scope.CAMPAIGN:
        # Only after the pause is committed: nothing may keep it from acting at once.
        planning.replan(campaign_key=uuid.UUID(hex=key))
    return made


def resume(*, scope: str, key: str = "") -> int:
    """Ends the pauses of `scope` and `key`, and gives what waited new times, so that it does not leave as a burst.

    :returns: how many pauses there were.
    """
    ended = pauses.resume(scope=scope, key=key)
    if ended:
        planning.replan(campaign_key=uuid.UUID(hex=key) if scope == Pause.Scope.CAMPAIGN else None)
    return ended
