"""The sources that a site can keep itself in line with: what each one downloads, and which loader reads it."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urljoin

from legislators.adapters import downloads
from legislators.adapters.committee_files import COMMITTEES_FILE, MEMBERSHIP_FILE
from legislators.adapters.people_files import CONGRESS_FILE, OFFICES_FILE, SOCIAL_FILE
from legislators.engine.districts import LOWER, state_districts
from legislators.engine.states import STATES
from legislators.records.officials import Official
from legislators.services import loading_boundaries, loading_legislators
from legislators.services.loading import LoadReport

PHOTOS = "photos"
#: For whoever set LEGISLATORS_SYNC.
EXAMPLES = "openstates (all states), openstates:ma, openstates:us, congress, boundaries:ma, photos"


_CONGRESS_FILES = (CONGRESS_FILE, OFFICES_FILE, SOCIAL_FILE, COMMITTEES_FILE, MEMBERSHIP_FILE)


class UnknownSourceError(Exception):
    """The setting names something that no loader reads; the message says which word and what there is."""


@dataclass(frozen=True, slots=True)
class DownloadedSource:
    """One source of the setting. `load` takes the folder with everything that `urls` brought, under its own names."""

    key: str
    urls: tuple[str, ...]
    load: Callable[[Path], LoadReport]


def is_known(key: str) -> bool:
    try:
        return key == PHOTOS or bool(find(key))
    except UnknownSourceError:
        return False


def find(key: str) -> DownloadedSource:
    """The source that a word of LEGISLATORS_SYNC means; `photos` is none of these.

    :raises UnknownSourceError:
    """
    kind, _, code = key.partition(":")
    if key == "congress":
        return DownloadedSource(
            key, tuple(urljoin(downloads.CONGRESS_URL, name) for name in _CONGRESS_FILES), _load_congress
        )
    if kind == "openstates" and (key == kind or code == "us" or code in STATES):
        return DownloadedSource(key, (downloads.OPENSTATES_URL,), _openstates_loader(code))
    if kind == "boundaries" and code in STATES:
        has_lower = any(district.kind == LOWER for district in state_districts(code))
        urls = downloads.tiger_urls(STATES[code].fips, has_lower_house=has_lower)
        return DownloadedSource(key, tuple(urls), _boundaries_loader(code))
    raise UnknownSourceError(f"LEGISLATORS_SYNC names {key!r}; it may name {EXAMPLES}")


def _load_congress(folder: Path) -> LoadReport:
    return loading_legislators.load(source=Official.Source.CONGRESS, path=folder)


def _openstates_loader(state: str) -> Callable[[Path], LoadReport]:
    def load(folder: Path) -> LoadReport:
        archive = next(path for path in sorted(folder.iterdir()) if path.is_file())
        return loading_legislators.load(source=Official.Source.OPENSTATES, path=archive, state=state)

    return load


def _boundaries_loader(state: str) -> Callable[[Path], LoadReport]:
    def load(folder: Path) -> LoadReport:
        return loading_boundaries.load(path=folder, state=state)

    return load
