"""Everything that runs during a run, and how each of it is struck down and brought back."""

import random
import socket
import sys
import time
from collections.abc import Mapping
from pathlib import Path

import redis

from tests.faults.plan import Blow
from tests.faults.processes import MANAGE, Running, kill_process, wait_until
from tools import queue_server
from tools.postgres_server import PostgresServer

SWEEP_SECONDS = "0.5"
#: Without work in hand, there is no work-horse to kill: so long is waited for one.
HORSE_WITHIN_SECONDS = 3.0
STARTS_WITHIN_SECONDS = 60.0


class Stage:
    """Started by `open`, ended by `close`; `strike` kills one thing and brings it back."""

    def __init__(
        self,
        folder: Path,
        environment: Mapping[str, str],
        queue: queue_server.QueueServer,
        database: PostgresServer,
        *,
        workers: int,
        seed: int,
    ) -> None:
        self.folder, self.chance = folder, random.Random(f"stage {seed}")
        self.record, self.enqueued = folder / "record.jsonl", folder / "enqueued.txt"
        self._seed, self._database, self._queue_url = seed, database, queue.url
        self.port = _free_port()
        self.environment = {**environment, "EMAIL_PORT": str(self.port)}
        self._worker_count, self._queue_command = workers, queue.command
        self._is_calm = False
        self._sinks = self._ended_by_itself = 0
        self._running: list[Running] = []
        self._orphans: list[int] = []

    # --- Up and down ---------------------------------------------------------------------------------

    def open_queue(self) -> None:
        self.queue = self._run("queue", self._queue_command)
        self._wait_for_queue()

    def open(self) -> None:
        self.sink = self._run("sink", self._sink_command())
        self.workers = [self._run(f"worker{number}", [*MANAGE, "run_worker"]) for number in range(self._worker_count)]
        self.clock = self._run("clock", [*MANAGE, "run_clock", "--sweep-seconds", SWEEP_SECONDS])
        command = [sys.executable, "-m", "tests.faults.enqueuer", str(self.enqueued)]
        self.enqueuer = self._run("enqueuer", command, has_input=True)

    def close(self) -> None:
        # All at once but the queue: a worker that cannot reach it takes longer to end.
        for running in self._running[1:]:
            if running.is_alive:
                running.process.terminate()
        for running in reversed(self._running):
            running.stop()
        for pid in self._orphans:
            kill_process(pid)

    def calm_down(self) -> None:
        """From now on the mail server behaves."""
        self._is_calm = True
        self.sink.restart(command=self._sink_command())

    def revive(self) -> None:
        """What ended by itself, such as a worker that had lost its queue, starts again as under any supervisor."""
        for running in self._running:
            if running.revive():
                self._ended_by_itself += 1
        if self._ended_by_itself > self._worker_count * 20:
            raise RuntimeError(f"the programs end by themselves again and again: see {self.folder}")

    def run_once(self, name: str, *arguments: str, **more: str) -> None:
        """:raises RuntimeError: the command fails.
        :raises TimeoutError: it does not end.
        """
        command = Running(name, [*MANAGE, *arguments], {**self.environment, **more}, self.folder / f"{name}.log")
        try:
            wait_until(lambda: not command.is_alive, STARTS_WITHIN_SECONDS, f"the end of {name}")
        finally:
            command.stop()
        if command.process.returncode != 0:
            raise RuntimeError(f"{name} failed: see {self.folder}")

    def enqueue(self, letters: int) -> None:
        """Has so many letters written in one transaction; nobody is told whether it came to that."""
        try:
            pipe = self.enqueuer.process.stdin
            assert pipe is not None
            pipe.write(f"{letters}\n".encode())
            pipe.flush()
        except OSError:
            self.enqueuer.revive()

    # --- Blows ---------------------------------------------------------------------------------------

    def strike(self, blow: Blow) -> bool:
        """Kills it and brings it back; whether there was something to kill."""
        match blow:
            case Blow.WORK_HORSE:
                return self._kill_horse()
            case Blow.WORKER | Blow.BOTH:
                return self._kill_worker(with_horse=blow is Blow.BOTH)
            case Blow.CLOCK:
                return self._again(self.clock)
            case Blow.ENQUEUER:
                return self._again(self.enqueuer)
            case Blow.QUEUE_KILLED:
                is_killed = self.queue.kill()
                time.sleep(self.chance.uniform(0.0, 1.0))
                self.queue.revive()
                self._wait_for_queue()
                return is_killed
            case Blow.QUEUE_FLUSHED:
                with redis.Redis.from_url(self._queue_url, socket_timeout=5) as client:
                    return bool(client.flushall())
            case Blow.DATABASE:
                assert self._database.crash is not None
                self._database.crash()
                return True
            case Blow.MAIL_SERVER:
                is_killed = self.sink.kill()
                time.sleep(self.chance.uniform(0.0, 0.5))
                self.sink.restart(command=self._sink_command())
                return is_killed

    def _kill_horse(self) -> bool:
        until = time.monotonic() + HORSE_WITHIN_SECONDS
        while time.monotonic() < until:
            horses = [pid for worker in self.workers for pid in worker.children()]
            if horses:
                # Not always at its first breath: most of its life is in the middle of sending.
                time.sleep(self.chance.uniform(0.0, 0.1))
                return kill_process(self.chance.choice(horses))
            time.sleep(0.01)
        return False

    def _kill_worker(self, *, with_horse: bool) -> bool:
        at_work = [worker for worker in self.workers if worker.children()]
        worker = self.chance.choice(at_work or self.workers)
        horses = worker.children()
        is_killed = worker.kill()
        if with_horse:
            for pid in horses:
                kill_process(pid)
        else:
            self._orphans += horses
        worker.revive()
        return is_killed

    def _again(self, running: Running) -> bool:
        is_killed = running.kill()
        running.revive()
        return is_killed

    # --- What it takes -------------------------------------------------------------------------------

    def _run(self, name: str, command: "list[str] | tuple[str, ...]", *, has_input: bool = False) -> Running:
        running = Running(name, command, self.environment, self.folder / f"{name}.log", has_input=has_input)
        self._running.append(running)
        return running

    def _sink_command(self) -> list[str]:
        self._sinks += 1
        seed = str(self._seed * 1000 + self._sinks)
        manner = ["calm"] if self._is_calm else []
        return [sys.executable, "-m", "tests.faults.sink", str(self.port), str(self.record), seed, *manner]

    def _wait_for_queue(self) -> None:
        wait_until(lambda: queue_server.answers(self._queue_url), 15, "the queue's server")


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])
