"""Reads committees from the files of Open States and congress-legislators, where those files are there."""

from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from legislators.adapters import source_files
from legislators.adapters.people_files import congress_files, is_of_state, is_yaml
from legislators.adapters.source_files import UnreadableSourceError
from legislators.adapters.yaml_files import parsed
from legislators.engine import committees
from legislators.engine.committees import CommitteeFact
from legislators.engine.people import MalformedRecordError, Refusal

COMMITTEES_FILE = "committees-current.yaml"
MEMBERSHIP_FILE = "committee-membership-current.yaml"

Read = tuple[CommitteeFact, list[Refusal]]


def read_openstates(path: Path, state: str = "") -> Iterator[Read]:
    """Committees of the `committees` folders of a copy of openstates/people; none where there is no such folder.

    :raises UnreadableSourceError: naming the file and, where known, the line.
    """
    if path.is_file() and not source_files.is_archive(path):
        return

    def wanted(name: PurePosixPath) -> bool:
        return is_yaml(name) and name.parent.name == "committees" and is_of_state(name, state)

    for file in source_files.read(path, wanted):
        try:
            yield committees.read_openstates(parsed(file), file.name)
        except MalformedRecordError as error:
            raise UnreadableSourceError(str(error)) from None


def read_congress(path: Path) -> Iterator[Read]:
    """Committees of Congress and their members; none where the source's two files are not there.

    :raises UnreadableSourceError: naming the file, also where one of the two is missing.
    """
    files = congress_files(path, {COMMITTEES_FILE, MEMBERSHIP_FILE})
    for name, other in ((COMMITTEES_FILE, MEMBERSHIP_FILE), (MEMBERSHIP_FILE, COMMITTEES_FILE)):
        if name not in files and other in files:
            raise UnreadableSourceError(f"{path}: {other} is there without {name}")
    if COMMITTEES_FILE not in files:
        return
    try:
        found, refused = committees.read_congress(
            parsed(files[COMMITTEES_FILE]), parsed(files[MEMBERSHIP_FILE]), COMMITTEES_FILE
        )
    except MalformedRecordError as error:
        raise UnreadableSourceError(str(error)) from None
    for place, one in enumerate(found):
        yield one, ([] if place else refused)
