"""Draws the districts that tests load, as GeoJSON and as the Census's shapefiles."""

import json

from tests.factories.shapefiles import write_shapefile


def square(west, south=42.0, size=1.0):
    east, north = west + size, south + size
    return [[[west, south], [west, north], [east, north], [east, south], [west, south]]]


def feature(geoid="25068", name="10th Middlesex District", west=-72.0, **properties):
    return {
        "type": "Feature",
        "properties": {"STATEFP": geoid[:2], "GEOID": geoid, "NAMELSAD": name, "MTFCC": "G5220", "LSY": "2024"}
        | properties,
        "geometry": {"type": "Polygon", "coordinates": square(west)},
    }


#: Two districts of the house of Massachusetts side by side, and what the Census calls no district.
HOUSE = [feature(), feature("25069", "11th Middlesex District", -71.0), feature("25ZZZ", "not defined", -70.0)]


def write_geojson(folder, *features, name="MA_lower.json", **members):
    path = folder / name
    path.write_text(json.dumps({"type": "FeatureCollection", "features": list(features)} | members))
    return path


def write_congress(folder):
    """Two congressional districts as a shapefile."""
    rows = [
        (square(-72.0 + place), (f"250{place + 1}", f"Congressional District {place + 1}", "G5200", "118"))
        for place in range(2)
    ]
    return write_shapefile(folder, "tl_2022_25_cd118", rows)
