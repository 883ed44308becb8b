"""Reads legislators from the files of Open States and congress-legislators into checked people."""

from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Any

import yaml

from legislators.adapters import source_files
from legislators.adapters.source_files import SourceFile, UnreadableSourceError
from legislators.engine import congress, openstates
from legislators.engine.people import MalformedRecordError, Person, Refusal

#: The pure Python loader takes minutes for what libyaml reads in seconds.
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
#: Folders of openstates/people that hold no sitting legislators.
_OTHER_FOLDERS = {"retired", "executive", "municipalities", "committees"}
CONGRESS_FILE = "legislators-current.yaml"

Read = tuple[Person, list[Refusal]]


def read_openstates(path: Path, state: str = "") -> Iterator[Read]:
    """People of the `legislature` folders of a copy of openstates/people, or of a folder of person files, or of one.

    With `state`, other states' folders are not opened.

    :raises UnreadableSourceError: naming the file and, where known, the line.
    """
    flat = path.is_dir() and not any(path.rglob("legislature/*.yml"))

    def wanted(name: PurePosixPath) -> bool:
        if name.suffix not in {".yml", ".yaml"} or name.name.startswith("."):
            return False
        if name.parent.name != "legislature":
            return flat and not _OTHER_FOLDERS & set(name.parts) and name.stem != "municipalities"
        folder = name.parent.parent.name
        return not state or not folder or folder == state or len(folder) != 2

    found = False
    for file in source_files.read(path, wanted):
        found = True
        yield _checked(openstates.read_person, _parsed(file), file.name)
    if not found:
        raise UnreadableSourceError(f"{path}: no legislator of Open States is in there (looked for legislature/*.yml)")


def read_congress(path: Path) -> Iterator[Read]:
    """Members of `legislators-current.yaml`, given itself or the folder or archive that holds it.

    :raises UnreadableSourceError: naming the file and, where known, the line.
    """
    files = list(source_files.read(path, lambda name: name.name == CONGRESS_FILE))
    if not files:
        raise UnreadableSourceError(f"{path}: there is no {CONGRESS_FILE} in there")
    records = _parsed(files[0])
    if not isinstance(records, list) or not records:
        raise UnreadableSourceError(f"{files[0].name}: not a list of members of Congress")
    for place, record in enumerate(records, start=1):
        yield _checked(congress.read_person, record, f"{files[0].name} member {place}")


def _checked(reader: Any, record: object, where: str) -> Read:
    try:
        read: Read = reader(record, where)
    except MalformedRecordError as error:
        raise UnreadableSourceError(str(error)) from None
    return read


def _parsed(file: SourceFile) -> object:
    content = file.text()
    if not content.endswith("\n"):
        # Both sources end every file with a line break. Without one the last line may be half a line:
        # "phone: 617-722" or an address at "mahouse.go" would be taken for the truth.
        line = content.count("\n") + 1
        raise UnreadableSourceError(f"{file.name}: line {line} does not end with a line break; is it half written?")
    try:
        return yaml.load(content, Loader=_Loader)  # noqa: S506 - the safe loader, in C where there is one
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = f"line {mark.line + 1}" if mark else "the file"
        raise UnreadableSourceError(f"{file.name}: {place} is not YAML ({error.problem or error.context})") from None
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        # ValueError: a date such as 2023-02-30.
        raise UnreadableSourceError(f"{file.name}: not YAML ({error})") from None
