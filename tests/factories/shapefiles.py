"""Writes the shapefiles that tests load."""

import shapefile


def write_shapefile(
    folder, name, rows, kind=shapefile.POLYGON, fields=(("GEOID", 20), ("NAMELSAD", 100), ("MTFCC", 5), ("CDSESSN", 3))
):
    with shapefile.Writer(str(folder / name), shapeType=kind) as writer:
        for field, size in fields:
            writer.field(field, "C", size=size)
        for parts, record in rows:
            (writer.poly if kind == shapefile.POLYGON else writer.line)(parts)
            writer.record(*record)
    return folder / f"{name}.shp"
