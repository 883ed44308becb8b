"""Archives that were made to hurt whoever opens them."""

import io
import struct
import tarfile
import tracemalloc
import zipfile

import pytest

from legislators.adapters import source_files
from legislators.adapters.source_files import UnreadableSourceError

_UNPACKED = 60 << 20


def _read(path):
    return list(source_files.read(path, lambda name: name.suffix == ".csv"))


def _zip(path, content=b"a,b\n", compression=zipfile.ZIP_DEFLATED):
    with zipfile.ZipFile(path, "w", compression) as archive:
        archive.writestr("one.csv", content)
    return path


def _patched(path, old: bytes, new: bytes):
    path.write_bytes(path.read_bytes().replace(old, new))
    return path


def test_a_member_that_is_larger_than_the_archive_says_is_never_unpacked_whole(tmp_path):
    bomb = _zip(tmp_path / "bomb.zip", bytes(_UNPACKED))
    _patched(bomb, struct.pack("<I", _UNPACKED), struct.pack("<I", 100))
    tracemalloc.start()
    try:
        with pytest.raises(UnreadableSourceError, match=r"bomb\.zip: the archive is damaged"):
            _read(bomb)
        _now, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < _UNPACKED / 10


def test_a_member_that_says_it_is_enormous_is_refused_by_name(tmp_path):
    bomb = _zip(tmp_path / "bomb.zip")
    _patched(bomb, struct.pack("<I", 4), struct.pack("<I", 4_000_000_000))
    with pytest.raises(UnreadableSourceError, match=r"one\.csv is larger than any file of this source"):
        _read(bomb)


def test_an_archive_behind_a_password_is_named(tmp_path):
    path = tmp_path / "locked.zip"
    _zip(path)
    content = bytearray(path.read_bytes())
    # Bit 0 of the flags, in the member's own header and in the directory at the end.
    content[6] |= 1
    content[content.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(content)
    with pytest.raises(UnreadableSourceError, match=r"locked\.zip: .*password"):
        _read(path)


def test_a_compression_that_nobody_knows_is_named(tmp_path):
    path = tmp_path / "odd.zip"
    _zip(path)
    content = bytearray(path.read_bytes())
    content[8] = content[content.index(b"PK\x01\x02") + 10] = 99
    path.write_bytes(content)
    with pytest.raises(UnreadableSourceError, match=r"odd\.zip: the archive is damaged"):
        _read(path)


def test_links_devices_and_names_that_climb_are_never_followed(tmp_path):
    (tmp_path / "secret.csv").write_text("secret")
    folder = tmp_path / "inside"
    folder.mkdir()
    path = folder / "people.tar.gz"
    with tarfile.open(path, "w:gz") as archive:
        for kind, name in (
            (tarfile.SYMTYPE, "link.csv"),
            (tarfile.LNKTYPE, "hard.csv"),
            (tarfile.FIFOTYPE, "pipe.csv"),
        ):
            member = tarfile.TarInfo(name)
            member.type, member.linkname = kind, "../secret.csv"
            archive.addfile(member)
        member = tarfile.TarInfo("../../secret.csv")
        member.size = 4
        archive.addfile(member, io.BytesIO(b"a,b\n"))
    assert [file.content for file in _read(path)] == [b"a,b\n"]
    assert (tmp_path / "secret.csv").read_text() == "secret"
    assert sorted(one.name for one in folder.iterdir()) == ["people.tar.gz"]


def test_a_web_page_under_an_archives_name_is_named(tmp_path):
    for name in ("one.zip", "one.tar.gz", "one.tar.xz"):
        (tmp_path / name).write_text("<!doctype html><title>Please log in</title>")
        with pytest.raises(UnreadableSourceError, match=name):
            _read(tmp_path / name)
