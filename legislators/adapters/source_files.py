"""Opens what a loader is pointed at: a folder, an archive or one file, member by member, never unpacked to disk."""

import io
import lzma
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

#: No member of the sources comes near it; a bomb does.
_LARGEST_MEMBER_BYTES = 300_000_000
_ARCHIVES = (".tar", ".tar.xz", ".tar.gz", ".tgz", ".tar.bz2", ".zip")


class UnreadableSourceError(Exception):
    """A source cannot be read as a whole: missing, cut off, or not what its name says. Nothing may be taken from it."""


@dataclass(frozen=True, slots=True)
class SourceFile:
    """`name` is the path inside the folder or archive, with forward slashes."""

    name: str
    content: bytes

    @property
    def path(self) -> PurePosixPath:
        return PurePosixPath(self.name)

    def text(self) -> str:
        """:raises UnreadableSourceError: where it is not UTF-8."""
        try:
            return self.content.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = self.content[: error.start].count(b"\n") + 1
            raise UnreadableSourceError(f"{self.name}: line {line} is not UTF-8 text") from None


def is_archive(path: Path) -> bool:
    return path.name.lower().endswith(_ARCHIVES)


def read(path: Path, wanted: Callable[[PurePosixPath], bool]) -> Iterator[SourceFile]:
    """Every wanted file of a folder or an archive, one after another, or the one file itself.

    Only one of them is in memory at a time. A damaged archive may therefore show only after some files were given:
    a caller stores nothing before the end.

    :raises UnreadableSourceError: naming the file, where something is missing, damaged or not readable.
    """
    if path.is_dir():
        yield from _read_folder(path, wanted)
    elif not path.is_file():
        raise UnreadableSourceError(f"{path}: there is no such file or folder")
    elif is_archive(path):
        members = _zip_members(path, path, wanted) if path.suffix.lower() == ".zip" else _tar_members(path, wanted)
        yield from _readable(path, members)
    else:
        yield SourceFile(path.name, _file_bytes(path))


def unzipped(file: SourceFile, wanted: Callable[[PurePosixPath], bool]) -> list[SourceFile]:
    """The wanted members of a zip archive that is itself a member.

    :raises UnreadableSourceError: where it is damaged.
    """
    path = Path(file.name)
    return list(_readable(path, _zip_members(io.BytesIO(file.content), path, wanted)))


def _file_bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise UnreadableSourceError(f"{path}: {error.strerror}") from None


def _read_folder(folder: Path, wanted: Callable[[PurePosixPath], bool]) -> Iterator[SourceFile]:
    for path in sorted(folder.rglob("*")):
        name = PurePosixPath(path.relative_to(folder).as_posix())
        if path.is_file() and wanted(name):
            yield SourceFile(str(name), _file_bytes(path))


def _readable(path: Path, members: Iterator[SourceFile]) -> Iterator[SourceFile]:
    try:
        yield from members
    # The last two: a password, and a kind of compression that nobody here knows.
    except (
        tarfile.TarError, lzma.LZMAError, zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError,
        NotImplementedError,
    ) as error:  # fmt: skip
        why = str(error) or type(error).__name__
        raise UnreadableSourceError(f"{path.name}: the archive is damaged or half written ({why})") from None


def _checked_size(path: Path, name: str, size: int) -> None:
    if size > _LARGEST_MEMBER_BYTES:
        raise UnreadableSourceError(f"{path.name}: {name} is larger than any file of this source")


def _tar_members(path: Path, wanted: Callable[[PurePosixPath], bool]) -> Iterator[SourceFile]:
    with tarfile.open(path, "r:*") as archive:
        for member in archive:
            if member.isfile() and wanted(PurePosixPath(member.name)):
                _checked_size(path, member.name, member.size)
                opened = archive.extractfile(member)
                if opened is not None:
                    yield SourceFile(member.name, opened.read())
        # The library takes the end of a file, and a header that makes no sense, for the end of the archive; a whole
        # archive says where it ends, with blocks of zeros.
        if archive.fileobj is not None:
            archive.fileobj.seek(archive.offset)
            if archive.fileobj.read(tarfile.BLOCKSIZE) != bytes(tarfile.BLOCKSIZE):
                raise tarfile.ReadError("it does not end as an archive ends")


def _zip_members(
    source: Path | io.BytesIO, path: Path, wanted: Callable[[PurePosixPath], bool]
) -> Iterator[SourceFile]:
    with zipfile.ZipFile(source) as archive:
        for member in archive.infolist():
            if not member.is_dir() and wanted(PurePosixPath(member.filename)):
                _checked_size(path, member.filename, member.file_size)
                with archive.open(member) as opened:
                    # Not `archive.read`: it unpacks all that is there, however little the archive says it is.
                    yield SourceFile(member.filename, opened.read(member.file_size))
