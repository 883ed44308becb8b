"""Fetches the published data sets from their official addresses."""

import time
from pathlib import Path
from urllib.parse import urlsplit

import requests

OPENSTATES_URL = "https://github.com/openstates/people/archive/refs/heads/main.tar.gz"
CONGRESS_URL = "https://raw.githubusercontent.com/unitedstates/congress-legislators/main/legislators-current.yaml"
#: The Census publishes one archive per state and chamber; cd119 is the plan of the 119th Congress.
_TIGER_URL = "https://www2.census.gov/geo/tiger/TIGER2024"
_LARGEST_BYTES = 500_000_000
_USER_AGENT = "grassroots-action-center (self-hosted advocacy site)"


class DownloadError(Exception):
    """The file could not be had; the message names the address and is for the person who ran the loader."""


def tiger_urls(fips: str, *, has_lower_house: bool) -> list[str]:
    """Where the outlines of a state's districts are. `fips` is its two digits."""
    layers = [("SLDU", f"tl_2024_{fips}_sldu.zip"), ("CD", f"tl_2024_{fips}_cd119.zip")]
    if has_lower_house:
        layers.append(("SLDL", f"tl_2024_{fips}_sldl.zip"))
    return [f"{_TIGER_URL}/{folder}/{name}" for folder, name in layers]


def fetch(url: str, folder: Path, *, timeout_seconds: float = 30.0, deadline_seconds: float = 900.0) -> Path:
    """Saves what is at the address into the folder, whole or not at all, and returns the file.

    :param timeout_seconds: how long the server may say nothing.
    :param deadline_seconds: how long the whole may take.
    :raises DownloadError:
    """
    target = folder / Path(urlsplit(url).path).name
    unfinished = target.with_suffix(target.suffix + ".part")
    give_up_at = time.monotonic() + deadline_seconds
    try:
        with requests.get(url, stream=True, timeout=timeout_seconds, headers={"User-Agent": _USER_AGENT}) as response:
            response.raise_for_status()
            size = 0
            with unfinished.open("wb") as file:
                for chunk in response.iter_content(1 << 16):
                    size += len(chunk)
                    if size > _LARGEST_BYTES or time.monotonic() > give_up_at:
                        raise DownloadError(f"{url}: too large or too slow")
                    file.write(chunk)
            promised = response.headers.get("Content-Length", "")
            if promised.isdigit() and "Content-Encoding" not in response.headers and int(promised) != size:
                raise DownloadError(f"{url}: only {size} of {promised} bytes came")
    except (requests.RequestException, OSError) as error:
        raise DownloadError(f"{url}: {type(error).__name__}") from None
    unfinished.rename(target)
    return target
