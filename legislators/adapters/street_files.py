"""Reads ranges of house numbers from the Census's ADDRFEAT shapefiles (TIGER/Line, one a county)."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from legislators.adapters import boundary_files
from legislators.adapters.source_files import UnreadableSourceError
from legislators.engine.addresses import hyphenated_number, parse_zip, street_key
from legislators.engine.street_ranges import LonLat, Segment, parity_of, split

_URL = "https://www2.census.gov/geo/tiger/TIGER2024/ADDRFEAT"
_PARITIES = {"O": "odd", "E": "even", "B": "both"}
#: Seen along the line from its first point, as the Census draws it.
_SIDES = {"L": "left", "R": "right"}
#: Numbers beyond it are grid addresses or mistakes.
_HIGHEST_NUMBER = 999_999


@dataclass(frozen=True, slots=True)
class StreetSide:
    """One side of one block, cut into straight pieces that lie on that side."""

    where: str
    source: str
    street_key: str
    zip_code: str
    segments: tuple[Segment, ...]


@dataclass(frozen=True, slots=True)
class UnusableSide:
    where: str
    why: str


def official_url(fips: str, county: str) -> str:
    """Where the Census publishes a county's file. `fips` is the state's two digits, `county` three."""
    return f"{_URL}/tl_2024_{fips}{county}_addrfeat.zip"


def read(path: Path) -> Iterator[StreetSide | UnusableSide]:
    """Every side of every block with house numbers, and those whose numbers cannot be used; county after county.

    :raises UnreadableSourceError: naming the file, where one is damaged, cut off or something else.
    """
    for file in _files(path):
        for feature in boundary_files.read(file):
            properties = feature.properties
            source = feature.file_name.rsplit(".", 1)[0]
            if "FULLNAME" not in properties or "LFROMHN" not in properties:
                raise UnreadableSourceError(f"{feature.where}: not a file of address ranges (ADDRFEAT)")
            key = street_key(str(properties.get("FULLNAME") or ""))
            lines = _lines(feature.geometry)
            if not key or not lines:
                continue
            for side in "LR":
                read_side = _side(side, properties, key, lines, feature.where, source)
                if read_side is not None:
                    yield read_side


def _files(path: Path) -> list[Path]:
    """Each county's file of a folder by itself, so that no more than one is in memory."""
    if not path.is_dir():
        return [path]
    found = [one for one in sorted(path.rglob("*")) if one.is_file() and one.suffix.lower() in {".zip", ".shp"}]
    if not found:
        raise UnreadableSourceError(f"{path}: there is no shapefile in there")
    return found


def _lines(geometry: object) -> list[LonLat]:
    """The points of a line; of several lines the longest, as numbers say nothing about the gap between them."""
    if not isinstance(geometry, dict):
        return []
    coordinates = geometry.get("coordinates") or []
    if geometry.get("type") == "MultiLineString":
        coordinates = max(coordinates, key=len, default=[])
    elif geometry.get("type") != "LineString":
        return []
    return [(float(point[0]), float(point[1])) for point in coordinates]


def _side(
    side: str, properties: Mapping[str, object], key: str, line: list[LonLat], where: str, source: str
) -> StreetSide | UnusableSide | None:
    first, last = (str(properties.get(f"{side}{end}") or "").strip() for end in ("FROMHN", "TOHN"))
    if not first or not last:
        return None
    zip_parts = parse_zip(str(properties.get(f"ZIP{side}") or ""))
    if zip_parts is None:
        return UnusableSide(where, "a side with house numbers has no ZIP code")
    start, end = _number(first), _number(last)
    if start is None or end is None or ("-" in first) != ("-" in last):
        return UnusableSide(where, "house numbers that are not whole numbers")
    if max(start, end) > _HIGHEST_NUMBER or len(line) < 2:
        return UnusableSide(where, "a range without length or out of all bounds")
    if any(not (-180 <= east <= 180 and -90 <= north <= 90) for east, north in line):
        return UnusableSide(where, "coordinates that are not degrees of longitude and latitude")
    parity = _PARITIES.get(str(properties.get(f"PARITY{side}") or ""), parity_of(start, end))
    return StreetSide(where, source, key, zip_parts[0], tuple(split(line, start, end, parity, _SIDES[side])))


def _number(text: str) -> int | None:
    """Queens and Oahu number their houses 37-12, which is kept as 3712."""
    return int(text) if re.fullmatch(r"\d{1,6}", text, re.ASCII) else hyphenated_number(text)
