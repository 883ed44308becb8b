"""One limit an hour and what of it is taken, in steps of five minutes."""

from collections.abc import Mapping
from math import ceil

STEP_SECONDS = 300
STEPS_AN_HOUR = 3600 // STEP_SECONDS
#: A limit from this on is none: more would leave than one service takes.
NO_LIMIT = 1_000_000


def step_of(moment: float) -> int:
    """The five minutes that `moment` (a Unix time) lies in, numbered from 1970 on."""
    return int(moment // STEP_SECONDS)


class Lane:
    """Promises: any hour that begins with a step holds at most `per_hour` letters.

    So that an hour's letters do not come in its first minutes, a step holds at most a twelfth of them (rounded up), a
    quarter of an hour a fourth, and below twelve an hour they keep their distance: four an hour are one every fifteen
    minutes. An hour that begins within a step may hold the share of one step more.

    Not a bucket that fills up by the clock: whatever limits meet, some step is free for all of them.
    """

    __slots__ = ("_last", "_skips", "_total", "_widths", "per_hour", "taken")

    def __init__(self, per_hour: int, taken: Mapping[int, int] | None = None) -> None:
        """:param taken: letters by the step that they were given."""
        self.per_hour = per_hour
        self.taken = dict(taken or {})
        self._total = sum(self.taken.values())
        self._last = max(self.taken, default=0)
        #: Steps that are not free, with a later one that may be; letters only come, so it stays true.
        self._skips: dict[int, int] = {}
        distance = STEPS_AN_HOUR // per_hour if per_hour < STEPS_AN_HOUR else 1
        most = {1: self.most_a_step, 3: ceil(per_hour / 4), distance: 1} if distance > 1 else {}
        most = most or {1: self.most_a_step, 3: ceil(per_hour / 4)}
        self._widths = tuple(sorted({**most, STEPS_AN_HOUR: per_hour}.items()))

    @property
    def most_a_step(self) -> int:
        return ceil(self.per_hour / STEPS_AN_HOUR)

    def first_free(self, step: int) -> int:
        """The first step from `step` on that takes one more letter."""
        passed: list[int] = []
        while True:
            following = self._skips.get(step) or self._blocked_until(step)
            if not following:
                break
            passed.append(step)
            step = following
        for one in passed:
            self._skips[one] = step
        return step

    def take(self, step: int) -> None:
        self.taken[step] = self.taken.get(step, 0) + 1
        self._total += 1
        self._last = max(self._last, step)

    def skip(self, step: int, to: int) -> None:
        """What was known before of this lane: between these steps nothing is free."""
        if to > step:
            self._skips[step] = to

    def _blocked_until(self, step: int) -> int:
        """The step after the last span that contains `step` and is full; 0: there is none."""
        get = self.taken.get
        for width, most in self._widths:
            if self._total < most:
                continue
            first = step - width + 1
            count = sum([get(one, 0) for one in range(first, step + 1)])
            full_from = first if count >= most else None
            if self._last > step:
                # Something lies behind: every span that contains the step has to have room.
                for start in range(first + 1, step + 1):
                    count += get(start + width - 1, 0) - get(start - 1, 0)
                    if count >= most:
                        full_from = start
            if full_from is not None:
                return full_from + width
        return 0
