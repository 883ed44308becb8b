"""`make faults`: kills workers, queue, database and mail server at random, and counts what that did to letters."""

import argparse
import os
import secrets
import shutil
import signal
import sys
import tempfile
from pathlib import Path

from tools import postgres_server, queue_server
from tools.bootstrap import ROOT, CannotStart

#: What a developer's .env or shell may set for the running site must not decide what a run finds.
NOT_FOR_FAULTS = ("REDIS_URL", "DATABASE_URL", "DELIVERY_MODE", "EMAIL_BACKEND", "UNCERTAIN_RETRY_HOURS", "LOG_LEVEL")


def main(arguments: list[str]) -> int:
    # A stop from outside ends what was started here too.
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(128 + number))
    options = _options(arguments)
    print(f"Seed {options.seed}: repeat the plan with --seed {options.seed}", flush=True)
    folder = Path(tempfile.mkdtemp(prefix="faults-"))
    inherited = {name: value for name, value in os.environ.items() if name not in NOT_FOR_FAULTS}
    is_kept = True
    try:
        # Servers of its own: those of the suite must not be killed under other tests.
        with postgres_server.running({}) as database:
            queue = queue_server.choose({"PATH": os.environ.get("PATH", "")}, folder)
            environment = {
                **inherited,
                "DATABASE_URL": database.url,
                "REDIS_URL": queue.url,
                "DATA_DIR": str(folder),
                "DJANGO_SETTINGS_MODULE": "tests.faults.settings",
                "PYTHONPATH": os.pathsep.join([str(ROOT), str(Path(ROOT) / "site")]),
                "LOG_LEVEL": "ERROR",
            }
            is_kept = not _run(options, folder, environment, queue, database)
    finally:
        if is_kept:
            print(f"What the processes said is in {folder}", file=sys.stderr, flush=True)
        else:
            shutil.rmtree(folder, ignore_errors=True)
    return int(is_kept)


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make faults", description=__doc__)
    parser.add_argument("--kills", type=int, default=300, help="how many times something is killed")
    parser.add_argument("--letters", type=int, default=3000, help="how many letters are written meanwhile, at least")
    parser.add_argument("--workers", type=int, default=3, help="how many workers run")
    parser.add_argument("--seed", type=int, default=None, help="of the plan; without it, a new one")
    options = parser.parse_args(arguments)
    if options.seed is None:
        options.seed = secrets.randbelow(10**6)
    return options


def _run(
    options: argparse.Namespace,
    folder: Path,
    environment: dict[str, str],
    queue: queue_server.QueueServer,
    database: postgres_server.PostgresServer,
) -> bool:
    """Whether no letter was lost, none came twice, and no doubt was left."""
    # This process reads the outbox and posts the reports: it is the site too.
    os.environ.update(environment)
    sys.path.insert(0, str(Path(ROOT) / "site"))
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", run_syncdb=True, verbosity=0)

    from tests.faults import run
    from tests.faults.stage import Stage

    stage = Stage(folder, environment, queue, database, workers=options.workers, seed=options.seed)
    try:
        stage.open_queue()
        stage.open()
        found = run.run(stage, kills=options.kills, letters=options.letters, seed=options.seed)
    finally:
        stage.close()
    for note in found.notes[:50]:
        print(f"Wrong: {note}", flush=True)
    for stranger in found.strangers[:50]:
        print(f"Wrong: {stranger}: sent, and in no row", flush=True)
    print(found.line(), flush=True)
    return found.is_good


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except (CannotStart, postgres_server.NoPostgres) as problem:
        sys.exit(str(problem))
