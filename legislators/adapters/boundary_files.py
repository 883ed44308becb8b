"""Reads outlines from GeoJSON and from shapefiles, in folders and archives."""

import hashlib
import io
import json
import re
import struct
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

import shapefile

from legislators.adapters import source_files
from legislators.adapters.source_files import SourceFile, UnreadableSourceError
from legislators.engine.collecting import without_collecting

_GEOJSON = {".json", ".geojson"}
_SHAPEFILE_PARTS = {".shp", ".dbf", ".shx", ".cpg", ".prj"}
_SHP_HEADER_BYTES = 100
#: Datums that lie within a metre or two of WGS 84 in the United States, as their descriptions spell them.
_DATUMS = re.compile(rb"WGS[_ ]?(19)?84|NAD[_ ]?(19)?83|North_American_(Datum_)?1983|GRS[_ ]?(19)?80", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class RawFeature:
    """`where` names the file and the feature's place in it; `geometry` is GeoJSON's."""

    where: str
    file_name: str
    properties: Mapping[str, object]
    geometry: Mapping[str, object] | None


def read(path: Path) -> Iterator[RawFeature]:
    """Every feature of a GeoJSON file, a shapefile (`.shp` or `.zip`), an archive, or a folder of them, one at a time.

    :raises UnreadableSourceError: naming the file, where one is damaged, cut off or in another projection.
    """
    if path.suffix.lower() == ".shp":
        parts = [SourceFile(one.name, one.read_bytes()) for one in _siblings(path)]
        yield from _read_all(parts)
    else:
        yield from _read_all(source_files.read(path, _is_wanted), is_sorted=path.is_dir())


def fingerprint(path: Path) -> str:
    """SHA-256 of all that `read` would look at, names and contents, without understanding any of it.

    :raises UnreadableSourceError: where something is missing or not readable.
    """
    if path.is_dir():
        parts = [one for one in sorted(path.rglob("*")) if one.is_file() and _is_wanted(PurePosixPath(one.name))]
    else:
        parts = _siblings(path) if path.suffix.lower() == ".shp" else [path]
    digest = hashlib.sha256()
    for part in parts:
        # Digests of one length each: where a name ends and its content begins is never in question.
        digest.update(hashlib.sha256(part.name.encode("utf-8", "surrogateescape")).digest())
        try:
            with part.open("rb") as file:
                digest.update(hashlib.file_digest(file, "sha256").digest())
        except OSError as error:
            raise UnreadableSourceError(f"{part}: {error.strerror}") from None
    return digest.hexdigest()


def _is_wanted(name: PurePosixPath) -> bool:
    is_hidden = name.name.startswith((".", "._")) or "__MACOSX" in name.parts
    return not is_hidden and name.suffix.lower() in _GEOJSON | _SHAPEFILE_PARTS | {".zip"}


def _siblings(path: Path) -> list[Path]:
    if not path.is_file():
        raise UnreadableSourceError(f"{path}: there is no such file or folder")
    return [
        one for one in sorted(path.parent.iterdir()) if one.stem == path.stem and one.suffix.lower() in _SHAPEFILE_PARTS
    ]


def _read_all(files: Iterable[SourceFile], *, is_sorted: bool = False) -> Iterator[RawFeature]:
    """A shapefile's parts are together when all are read; in the order of names, when the next name comes."""
    shapes: dict[PurePosixPath, dict[str, bytes]] = {}
    found = False
    for file in files:
        found = True
        if is_sorted and shapes and file.path.with_suffix("") not in shapes:
            yield from _shapefiles(shapes)
            shapes.clear()
        suffix = file.path.suffix.lower()
        if suffix in _GEOJSON:
            yield from _geojson(file)
        elif suffix == ".zip":
            yield from _read_all(source_files.unzipped(file, _is_wanted))
        else:
            shapes.setdefault(file.path.with_suffix(""), {})[suffix] = file.content
    yield from _shapefiles(shapes)
    if not found:
        raise UnreadableSourceError("there is no GeoJSON file or shapefile in there")


def _shapefiles(shapes: Mapping[PurePosixPath, dict[str, bytes]]) -> Iterator[RawFeature]:
    for name, parts in shapes.items():
        yield from _shapefile(str(name), parts)


def _geojson(file: SourceFile) -> Iterator[RawFeature]:
    try:
        with without_collecting():
            collection = json.loads(file.text())
    except json.JSONDecodeError as error:
        raise UnreadableSourceError(f"{file.name}: line {error.lineno} is not JSON ({error.msg})") from None
    except RecursionError:
        raise UnreadableSourceError(f"{file.name}: nested too deeply") from None
    features = collection.get("features") if isinstance(collection, dict) else None
    if not isinstance(features, list):
        raise UnreadableSourceError(f"{file.name}: not a GeoJSON collection of features")
    # Only an old kind of GeoJSON names a coordinate system, and only to say that it is another one.
    system = json.dumps(collection.get("crs") or "")
    if system != '""' and not any(code in system for code in ("CRS84", "4326", "4269")):
        raise UnreadableSourceError(f"{file.name}: the coordinates are not longitude and latitude")
    if not features:
        raise UnreadableSourceError(f"{file.name}: there is no feature in it")
    file_name = f"{collection.get('fileName') or ''} {file.path.name}".strip()
    for place, feature in enumerate(features, start=1):
        where = f"{file.name} feature {place}"
        if not isinstance(feature, dict):
            raise UnreadableSourceError(f"{where}: not a feature")
        properties, geometry = feature.get("properties") or {}, feature.get("geometry")
        if not isinstance(properties, dict) or not isinstance(geometry, dict | None):
            raise UnreadableSourceError(f"{where}: its attributes or its outline are not what GeoJSON calls them")
        yield RawFeature(where, file_name, properties, geometry)


def _shapefile(name: str, parts: dict[str, bytes]) -> Iterator[RawFeature]:
    """TIGER is in NAD 83, which is taken for WGS 84: in the contiguous states they differ by a metre or two."""
    for suffix in (".shp", ".dbf"):
        if suffix not in parts:
            raise UnreadableSourceError(f"{name}{suffix} is missing beside the other parts of the shapefile")
    _check_lengths(name, parts)
    _check_projection(name, parts.get(".prj", b"").strip())
    encoding = parts.get(".cpg", b"utf-8").decode("ascii", "replace").strip() or "utf-8"
    try:
        with shapefile.Reader(
            shp=io.BytesIO(parts[".shp"]),
            dbf=io.BytesIO(parts[".dbf"]),
            # The index (.shx) tells nothing that the outlines do not, and a damaged one misleads.
            encoding=encoding,
        ) as reader:
            if not reader.numRecords:
                raise UnreadableSourceError(f"{name}: there is no feature in it")
            rows = reader.iterRecords(deleted_as_None=True)
            for place, (drawn, row) in enumerate(zip(reader.iterShapes(), rows, strict=True), start=1):
                if row is not None:
                    yield RawFeature(
                        f"{name}.shp feature {place}",
                        f"{PurePosixPath(name).name}.shp",
                        row.as_dict(),
                        drawn.__geo_interface__ if drawn.shapeType else None,
                    )
    except LookupError:
        raise UnreadableSourceError(f"{name}.cpg: unknown encoding {encoding[:40]!r}") from None
    except (shapefile.ShapefileException, struct.error, ValueError, IndexError, EOFError) as error:
        raise UnreadableSourceError(f"{name}: the shapefile is damaged ({_damage(error, encoding)})") from None


def _damage(error: Exception, encoding: str) -> str:
    if str(error).startswith("Could not decode"):
        return f"a name is not written in {encoding[:40]}"
    return "it has not as many rows as outlines" if "zip()" in str(error) else type(error).__name__


def _check_projection(name: str, description: bytes) -> None:
    if description.startswith((b"PROJ", b"COMPD", b"LOCAL")):
        raise UnreadableSourceError(f"{name}.prj: the coordinates are projected, not longitude and latitude")
    if description and not _DATUMS.search(description):
        raise UnreadableSourceError(f"{name}.prj: the coordinates are in a datum other than WGS 84 and NAD 83")


def _check_lengths(name: str, parts: dict[str, bytes]) -> None:
    """The reader stops quietly where a cut-off file ends; the headers say how long the files should be."""
    shp, dbf = parts[".shp"], parts[".dbf"]
    if len(shp) < _SHP_HEADER_BYTES or struct.unpack(">i", shp[24:28])[0] * 2 != len(shp):
        raise UnreadableSourceError(f"{name}.shp: half written, it is shorter or longer than its header says")
    if len(dbf) < 32:
        raise UnreadableSourceError(f"{name}.dbf: half written, it has no header")
    records, header, record = struct.unpack("<IHH", dbf[4:12])
    if len(dbf) < header + records * record:
        raise UnreadableSourceError(f"{name}.dbf: half written, it ends before record {records}")
