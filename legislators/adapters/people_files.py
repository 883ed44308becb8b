"""Reads legislators from the files of Open States and congress-legislators into checked people."""

from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Any

from legislators.adapters import source_files
from legislators.adapters.source_files import SourceFile, UnreadableSourceError
from legislators.adapters.yaml_files import parsed
from legislators.engine import congress, openstates
from legislators.engine.people import MalformedRecordError, Person, Refusal

#: Folders of openstates/people that hold no sitting legislators.
_OTHER_FOLDERS = {"retired", "executive", "municipalities", "committees"}
CONGRESS_FILE = "legislators-current.yaml"
OFFICES_FILE = "legislators-district-offices.yaml"
SOCIAL_FILE = "legislators-social-media.yaml"

Read = tuple[Person, list[Refusal]]


def read_openstates(path: Path, state: str = "") -> Iterator[Read]:
    """People of the `legislature` folders of a copy of openstates/people, or of a folder of person files, or of one.

    One file is in memory at a time. With `state`, other states' folders are not opened.

    :raises UnreadableSourceError: naming the file and, where known, the line.
    """
    flat = path.is_dir() and next(path.rglob("legislature/*.yml"), None) is None

    def wanted(name: PurePosixPath) -> bool:
        if not is_yaml(name):
            return False
        if name.parent.name != "legislature":
            return flat and not _OTHER_FOLDERS & set(name.parts) and name.stem != "municipalities"
        return is_of_state(name, state)

    found = False
    for file in source_files.read(path, wanted):
        found = True
        yield _checked(openstates.read_person, parsed(file), file.name)
    if not found:
        raise UnreadableSourceError(f"{path}: no legislator of Open States is in there (looked for legislature/*.yml)")


def is_yaml(name: PurePosixPath) -> bool:
    return name.suffix in {".yml", ".yaml"} and not name.name.startswith(".")


def is_of_state(name: PurePosixPath, state: str) -> bool:
    """Whether `<state>/<folder>/<file>` is not plainly another state's."""
    folder = name.parent.parent.name
    return not state or not folder or folder == state or len(folder) != 2


def read_congress(path: Path) -> Iterator[Read]:
    """Members of `legislators-current.yaml`, given itself or the folder or archive that holds it.

    District offices and social media are taken from the source's other files where they are beside it.

    :raises UnreadableSourceError: naming the file and, where known, the line.
    """
    files = congress_files(path, {CONGRESS_FILE, OFFICES_FILE, SOCIAL_FILE})
    main = files.get(CONGRESS_FILE)
    if main is None:
        raise UnreadableSourceError(f"{path}: there is no {CONGRESS_FILE} in there")
    records = parsed(main)
    if not isinstance(records, list) or not records:
        raise UnreadableSourceError(f"{main.name}: not a list of members of Congress")
    try:
        beside = congress.beside(
            parsed(files[OFFICES_FILE]) if OFFICES_FILE in files else None,
            parsed(files[SOCIAL_FILE]) if SOCIAL_FILE in files else None,
        )
    except MalformedRecordError as error:
        raise UnreadableSourceError(str(error)) from None
    for place, record in enumerate(records, start=1):
        yield _checked(congress.read_person, record, f"{main.name} member {place}", beside)


def congress_files(path: Path, names: set[str]) -> dict[str, SourceFile]:
    """Files of congress-legislators by name: of the folder or archive, or `legislators-current.yaml` and its siblings.

    :raises UnreadableSourceError:
    """
    found: dict[str, SourceFile] = {}
    if path.is_dir() or source_files.is_archive(path):
        for file in source_files.read(path, lambda name: name.name in names):
            found.setdefault(file.path.name, file)
        return found
    for name in sorted(names):
        beside = path if name == CONGRESS_FILE else path.with_name(name)
        if name == CONGRESS_FILE or beside.is_file():
            found[name] = next(source_files.read(beside, lambda _name: True))
    return found


def _checked(reader: Any, record: object, where: str, *more: object) -> Read:
    try:
        read: Read = reader(record, where, *more)
    except MalformedRecordError as error:
        raise UnreadableSourceError(str(error)) from None
    return read
