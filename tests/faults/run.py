"""One run: letters are written while everything is killed at random; then it is told what became of each."""

import json
import random
import time
from collections import Counter

from django.db import DatabaseError, InterfaceError, connections
from django.db.models import QuerySet
from django.utils import timezone

from delivery.records.messages import DeliveryEvent, OutboxMessage
from tests.faults import plan, reports, verdict
from tests.faults.processes import wait_until
from tests.faults.stage import Stage

State = OutboxMessage.State
UNSETTLED = (State.QUEUED, State.CLAIMED, State.SENDING)
QUIET_WITHIN_SECONDS = 150.0
ROUNDS = 8
TRIES = 15
#: A blow that takes longer is told: something kept the site from working.
SLOW_BLOW_SECONDS = 8.0
#: Of an hour: a letter in doubt waits so long before the lack of a report counts.
RETRY_HOURS = 0.0015
SOME_SECONDS = RETRY_HOURS * 3600 + 0.5


def run(stage: Stage, *, kills: int, letters: int, seed: int) -> verdict.Verdict:
    """Runs to the end.

    :raises TimeoutError: something never came to rest.
    """
    chance = random.Random(f"run {seed}")
    struck = _strike_and_enqueue(stage, kills, letters, seed, chance)
    print("Killed: " + ", ".join(f"{count} {blow.value}" for blow, count in struck.most_common()), flush=True)
    stage.revive()
    stage.calm_down()
    _top_up(stage, letters)
    _wait_until_quiet(stage)
    print(f"At rest: {_by_state()}", flush=True)
    _reconcile(stage, chance)
    print(f"In the end: {_by_state()}", flush=True)
    return _judge(stage, sum(struck.values()))


def _strike_and_enqueue(
    stage: Stage, kills: int, letters: int, seed: int, chance: random.Random
) -> "Counter[plan.Blow]":
    struck: Counter[plan.Blow] = Counter()
    asked = 0
    began = time.monotonic()
    for number, step in enumerate(plan.draw(seed, kills), start=1):
        # A little ahead, so that there is work in hand when the next blow falls.
        while asked < letters * min(number + 1, kills) / kills:
            size = chance.randint(1, 8)
            stage.enqueue(size)
            asked += size
        time.sleep(step.after_seconds)
        waited = time.monotonic()
        for _ in range(TRIES):
            if stage.strike(step.blow):
                break
            # Nothing to kill: some work, and again, so that as many are killed as were promised.
            stage.revive()
            stage.enqueue(5)
            asked += 5
        else:
            raise TimeoutError(f"there is no {step.blow.value} to kill")
        if (seconds := time.monotonic() - waited) > SLOW_BLOW_SECONDS:
            print(f"{step.blow.value}: {seconds:.0f} s", flush=True)
        struck[step.blow] += 1
        stage.revive()
        if number % 25 == 0:
            print(f"{number} kills after {time.monotonic() - began:.0f} s", flush=True)
    return struck


def _top_up(stage: Stage, letters: int) -> None:
    """What the killed enqueuing processes had not written is written now."""
    until = time.monotonic() + QUIET_WITHIN_SECONDS
    while (missing := letters - _rows().count()) > 0:
        if time.monotonic() > until:
            raise TimeoutError("the letters cannot be written")
        before = _rows().count()
        for _ in range(0, missing, 5):
            stage.enqueue(5)
        until_written = time.monotonic() + 10
        while _rows().count() < before + missing and time.monotonic() < until_written:
            time.sleep(0.2)


def _wait_until_quiet(stage: Stage) -> None:
    def is_quiet() -> bool:
        stage.revive()
        return not _rows().filter(state__in=UNSETTLED).exists()

    try:
        wait_until(is_quiet, QUIET_WITHIN_SECONDS, "rest")
    except TimeoutError:
        print(f"Not at rest: {_by_state()}", flush=True)
        raise


def _reconcile(stage: Stage, chance: random.Random) -> None:
    """The provider's reports come in; what was never taken is proved to be that, and sent again."""
    reported: set[str] = set()
    for _ in range(ROUNDS):
        taken, _refused = _record(stage)
        reports.post_forged(sorted(_ids(State.UNCERTAIN) - set(taken)))
        reports.post_deliveries(sorted(set(taken) - reported), chance)
        reported |= set(taken)
        if not _ids(State.UNCERTAIN):
            if not _ids(State.ACCEPTED):
                return
            continue
        # Later mail, of which the provider reports too: only that makes its silence mean something.
        _top_up(stage, _rows().count() + 3)
        _wait_until_quiet(stage)
        taken, _refused = _record(stage)
        reports.post_deliveries(sorted(set(taken) - reported), chance)
        reported |= set(taken)
        time.sleep(SOME_SECONDS)
        stage.run_once("clock-once", "run_clock", "--once", UNCERTAIN_RETRY_HOURS=str(RETRY_HOURS))
        _wait_until_quiet(stage)


def _judge(stage: Stage, kills: int) -> verdict.Verdict:
    taken, refused = _record(stage)
    doubted = DeliveryEvent.objects.filter(state=State.UNCERTAIN).values_list("message_id", flat=True)
    return verdict.judge(
        kills=kills,
        committed=stage.enqueued.read_text().split(),
        states={str(pk): state for pk, state in _rows().values_list("pk", "state")},
        ever_uncertain={str(pk) for pk in doubted},
        taken=taken,
        refused=refused,
    )


def _rows() -> "QuerySet[OutboxMessage]":
    """Over a connection that is there: the database has been killed since the last look."""
    try:
        connections["default"].ensure_connection()
        with connections["default"].cursor() as cursor:
            cursor.execute("SELECT 1")
    except (DatabaseError, InterfaceError):
        connections.close_all()
    return OutboxMessage.objects.filter(dedupe_key__startswith="faults:", created_at__lte=timezone.now())


def _ids(state: str) -> set[str]:
    return {str(pk) for pk in _rows().filter(state=state).values_list("pk", flat=True)}


def _by_state() -> str:
    found = Counter(_rows().values_list("state", flat=True))
    return ", ".join(f"{count} {state}" for state, count in found.most_common())


def _record(stage: Stage) -> tuple[list[str], set[str]]:
    """The mail server's own record: what it took, as often as it took it; and what it refused for good."""
    lines = [json.loads(line) for line in stage.record.read_text().splitlines()]
    taken = [line["reference"] for line in lines if line["what"] == "taken"]
    return taken, {line["reference"] for line in lines if line["what"] == "refused"}
