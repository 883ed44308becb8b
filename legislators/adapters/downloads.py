"""Fetches the published data sets from their official addresses."""

import gzip
import hashlib
import lzma
import random
import time
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import requests

OPENSTATES_URL = "https://github.com/openstates/people/archive/refs/heads/main.tar.gz"
CONGRESS_URL = "https://raw.githubusercontent.com/unitedstates/congress-legislators/main/legislators-current.yaml"
#: The newest year of TIGER/Line that the loaders were tried with.
TIGER_YEAR = 2024
_LARGEST_BYTES = 500_000_000
_CHUNK_BYTES = 1 << 16
_USER_AGENT = "grassroots-action-center (self-hosted advocacy site)"
#: How long to wait after the first, second and third failure that may pass. The Census answers 429 quite readily.
_WAITS_SECONDS = (2.0, 8.0, 30.0)
_LONGEST_WAIT_SECONDS = 120.0
_PAUSE_SECONDS = (2.0, 5.0)
_MAY_PASS = frozenset({408, 425, 429, 500, 502, 503, 504})
#: What the first bytes of a file are, by the end of its name.
_SIGNATURES = {".zip": b"PK", ".gz": b"\x1f\x8b", ".tgz": b"\x1f\x8b", ".xz": b"\xfd7zXZ\x00"}
_WEB_PAGE = (b"<!doctype html", b"<html")

#: Named here so that a test need not wait.
sleep: Callable[[float], None] = time.sleep


class DownloadError(Exception):
    """The file could not be had; the message names the address and is for the person who ran the loader."""


class _MayPassError(Exception):
    """Worth another try. `wait_seconds` is what the server asked for, or 0."""

    def __init__(self, why: str, wait_seconds: float = 0.0) -> None:
        super().__init__(why)
        self.wait_seconds = wait_seconds


@dataclass(frozen=True, slots=True)
class Downloaded:
    """`checksum` is the content's SHA-256; `etag` and `last_modified` are the server's marks of a version, or empty."""

    path: Path
    checksum: str
    etag: str = ""
    last_modified: str = ""


def tiger_urls(fips: str, *, has_lower_house: bool, year: int = TIGER_YEAR) -> list[str]:
    """Where the outlines of a state's districts are: one archive for each kind. `fips` is its two digits.

    The congressional file of an even year is already that of the Congress elected that autumn: TIGER2022 has the
    118th, TIGER2024 the 119th.
    """
    congress = (year - 1788) // 2 + 1
    layers = [("SLDU", f"tl_{year}_{fips}_sldu.zip"), ("CD", f"tl_{year}_{fips}_cd{congress}.zip")]
    if has_lower_house:
        layers.append(("SLDL", f"tl_{year}_{fips}_sldl.zip"))
    return [f"https://www2.census.gov/geo/tiger/TIGER{year}/{folder}/{name}" for folder, name in layers]


def fetch(url: str, folder: Path, *, timeout_seconds: float = 30.0, deadline_seconds: float = 900.0) -> Path:
    """The file alone of what `download` does.

    :raises DownloadError:
    """
    return download(url, folder, timeout_seconds=timeout_seconds, deadline_seconds=deadline_seconds).path


def download(url: str, folder: Path, *, timeout_seconds: float = 30.0, deadline_seconds: float = 900.0) -> Downloaded:
    """Saves what is at the address into the folder, whole or not at all; tries again where a failure may pass.

    :param timeout_seconds: how long the server may say nothing.
    :param deadline_seconds: how long the whole may take, pauses and all.
    :raises DownloadError:
    """
    name = Path(urlsplit(url).path).name
    if not name:
        raise DownloadError(f"{url}: the address names no file")
    target = folder / name
    unfinished = target.with_suffix(target.suffix + ".part")
    give_up_at = time.monotonic() + deadline_seconds
    try:
        for wait in (*_WAITS_SECONDS, None):
            try:
                found = _once(url, unfinished, timeout_seconds, give_up_at)
                break
            except _MayPassError as error:
                pause = min(max(wait or 0.0, error.wait_seconds), _LONGEST_WAIT_SECONDS)
                if wait is None or time.monotonic() + pause > give_up_at:
                    raise DownloadError(f"{url}: {error}") from None
                sleep(pause)
        _check_content(url, target.suffix.lower(), unfinished)
        unfinished.replace(target)
    except OSError as error:
        raise DownloadError(f"{url}: {type(error).__name__}") from None
    finally:
        unfinished.unlink(missing_ok=True)
    return Downloaded(target, **found)


def download_all(urls: Iterable[str], folder: Path) -> Iterator[Downloaded]:
    """One after the other, with a pause between them: the Census shuts out whoever hurries.

    :raises DownloadError: at the first that cannot be had.
    """
    for place, url in enumerate(urls):
        if place:
            pause()
        yield download(url, folder)


def pause() -> None:
    """Between two requests of one server."""
    sleep(random.uniform(*_PAUSE_SECONDS))  # noqa: S311 - nothing secret about it


def _once(url: str, unfinished: Path, timeout_seconds: float, give_up_at: float) -> dict[str, str]:
    # Compressed on the way, a file's length could not be compared with what was promised.
    headers = {"User-Agent": _USER_AGENT, "Accept-Encoding": "identity"}
    digest, size = hashlib.sha256(), 0
    try:
        with requests.get(url, stream=True, timeout=timeout_seconds, headers=headers) as response:
            if response.status_code in _MAY_PASS:
                raise _MayPassError(f"the server answered {response.status_code}", _asked_to_wait(response))
            if response.status_code != requests.codes.ok:
                raise DownloadError(f"{url}: the server answered {response.status_code}")
            with unfinished.open("wb") as file:
                for chunk in response.iter_content(_CHUNK_BYTES):
                    size += len(chunk)
                    if size > _LARGEST_BYTES or time.monotonic() > give_up_at:
                        raise DownloadError(f"{url}: too large or too slow")
                    digest.update(chunk)
                    file.write(chunk)
            promised = response.headers.get("Content-Length", "")
            if promised.isdigit() and "Content-Encoding" not in response.headers and int(promised) != size:
                raise _MayPassError(f"only {size} of {promised} bytes came")
            return {
                "checksum": digest.hexdigest(),
                "etag": response.headers.get("ETag", ""),
                "last_modified": response.headers.get("Last-Modified", ""),
            }
    except (requests.ConnectionError, requests.Timeout, requests.exceptions.ChunkedEncodingError) as error:
        raise _MayPassError(type(error).__name__) from None
    except requests.RequestException as error:
        raise DownloadError(f"{url}: {type(error).__name__}") from None


def _asked_to_wait(response: requests.Response) -> float:
    """Seconds of a Retry-After header; its other form, a date, is left alone."""
    asked = response.headers.get("Retry-After", "").strip()
    return float(asked) if asked.isdigit() else 0.0


def _check_content(url: str, suffix: str, file: Path) -> None:
    """A server that is unwell likes to answer 200 with a page that says so; a half file may be called whole."""
    with file.open("rb") as opened:
        start = opened.read(512)
    if not start:
        raise DownloadError(f"{url}: the file is empty")
    if start.lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith(_WEB_PAGE):
        raise DownloadError(f"{url}: a web page came instead of the file")
    signature = _SIGNATURES.get(suffix)
    if signature is None:
        return
    if not start.startswith(signature):
        raise DownloadError(f"{url}: what came is no {suffix} file")
    try:
        _read_through(suffix, file)
    # The last two: a password, and a kind of compression that nobody here knows.
    except (
        zipfile.BadZipFile, lzma.LZMAError, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError,
    ) as error:  # fmt: skip
        raise DownloadError(f"{url}: the archive is damaged or half of one ({type(error).__name__})") from None


def _read_through(suffix: str, file: Path) -> None:
    if suffix == ".zip":
        with zipfile.ZipFile(file) as archive:
            damaged = archive.testzip()
        if damaged is not None:
            raise zipfile.BadZipFile(damaged)
        return
    with gzip.open(file) if suffix in {".gz", ".tgz"} else lzma.open(file) as opened:
        while opened.read(1 << 20):
            pass
