"""Point → districts → officials: beside a bare tree over the same polygons, which is the limit, and a scan of them."""

import gc
import os
import random
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.timing import median_seconds, megabytes, shown

ROOT = Path(__file__).resolve().parents[1]
REAL_DATA = ROOT.parent / "shared" / "data"
POINTS, SCANNED = 1000, 20
_BOUNDARIES = ("tl_2022_25_cd118", "cd119_20m.geojson")
#: Of the whole country's outlines, or those of one state.
_STATE_FILES = "tiger2024_sld_all_states_15pct.tar.xz"


@dataclass(frozen=True)
class Place:
    longitude: float
    latitude: float


def load(state: str = "") -> str:
    """Loads one state, or all of them, with the project's own loaders; says why it did not, or nothing."""
    from django.core.management import call_command

    boundaries = REAL_DATA / "boundaries"
    people = (
        REAL_DATA / "openstates_ma" if state == "ma" else REAL_DATA / "openstates_people_all_states_legislature.tar.xz"
    )
    outlines = [boundaries / name for name in _BOUNDARIES]
    outlines += [boundaries / "MA_lower.json", boundaries / "MA_upper.json"] if state else [boundaries / _STATE_FILES]
    missing = [path for path in (people, *outlines, REAL_DATA / "congress") if not path.exists()]
    if missing:
        return f"skipped: {missing[0]} is not on this machine"
    with Path(os.devnull).open("w") as quiet:
        options: dict[str, Any] = {"stdout": quiet, "stderr": quiet} | ({"state": state} if state else {})
        call_command("load_legislators", source="openstates", path=people, **options)
        call_command("load_legislators", source="congress", path=REAL_DATA / "congress", **options)
        for path in outlines:
            call_command("load_boundaries", path=path, **options)
    return ""


def measure(title: str) -> None:
    """Prints the comparison for what is in the database."""
    import shapely

    from legislators.engine.resolution import Point
    from legislators.services import atlas, resolution

    atlas.forget()
    day = atlas.on()
    outlines = [shapely.from_wkb(wkb) for _, wkb in atlas._read_outlines(_plans(day))]
    tree = shapely.STRtree(outlines)
    places = _points(tree, outlines)
    asked = [Point(place.longitude, place.latitude) for place in places]
    spots = [shapely.Point(place.longitude, place.latitude) for place in places]
    vertices = int(shapely.get_num_coordinates(outlines).sum())
    print(f"{title}: {len(outlines):,} outlines with {vertices:,} corners, {POINTS} places at random on land")
    ours, touching, within, scan = _in_turns(
        lambda: [resolution.resolve_point(point=point) for point in asked],
        lambda: [tree.query(spot, predicate="intersects") for spot in spots],
        lambda: [tree.query(spot, predicate="within") for spot in spots],
        lambda: [shapely.intersects(outlines, spot) for spot in spots[:SCANNED]],
    )
    ours, touching, within, scan = ours / POINTS, touching / POINTS, within / POINTS, scan / SCANNED
    rows = [
        ("ours: districts, doubts and officials", ours),
        ("limit: STRtree.query(…, 'intersects'), districts only", touching),
        ("limit: STRtree.query(…, 'within'), districts only", within),
        ("scan of all outlines, vectorised", scan),
    ]
    for name, seconds in rows:
        print(f"    {name:<56}{shown(seconds):>10}   {1 / seconds:>9,.0f} a second")
    print(
        f"    ours reaches {touching / ours:.0%} of the throughput of intersects, {within / ours:.0%} of that of within"
    )


def _in_turns(*calls: Callable[[], object]) -> list[float]:
    return median_seconds(calls, rounds=5)


def _plans(day: Any) -> set[int]:
    return {day.facts.outlines[place].plan for place in day.places}


def _points(tree: Any, outlines: Sequence[Any]) -> list[Place]:
    """At random within the contiguous states or the one state, wherever two districts at least hold the place."""
    import shapely

    west, south, east, north = shapely.total_bounds(outlines)
    west, south, east, north = max(west, -125.0), max(south, 24.5), min(east, -66.9), min(north, 49.4)
    dice = random.Random(20261122)
    found: list[Place] = []
    while len(found) < POINTS:
        place = Place(dice.uniform(west, east), dice.uniform(south, north))
        if tree.query(shapely.Point(place.longitude, place.latitude), predicate="within").size >= 2:
            found.append(place)
    return found


def measure_worker(title: str, states: str, database: str) -> None:
    """Prints what the index costs a fresh process: time and memory, in one of its own."""
    environment = os.environ | {"DATABASE_URL": database, "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'site'}"}
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.districts", states],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
    )
    print(f"{title}, in a process of its own:")
    print("    " + (done.stdout.strip() or done.stderr.strip()[-500:]).replace("\n", "\n    "))


def _in_worker(states: str) -> None:
    import django

    began = time.perf_counter()
    django.setup()
    for_outlines = "shapely is imported" if "shapely" in sys.modules else "nothing: shapely is not imported"
    print(f"start: {time.perf_counter() - began:.2f} s, {megabytes():.0f} MB; of that for outlines {for_outlines}")
    from django.db import connection

    from legislators.services import atlas

    connection.ensure_connection()
    began = time.perf_counter()
    import shapely  # noqa: F401

    imported, before = time.perf_counter() - began, megabytes()
    gc.collect()
    began = time.perf_counter()
    held = atlas.current()
    day = atlas.on()
    _ = day.index
    header = time.perf_counter() - began
    print(f"first look-up imports shapely in {imported:.2f} s and reads the facts of everything in {header:.2f} s, "
          f"{megabytes() - before:.0f} MB")  # fmt: skip
    for name, wanted in (("one state's outlines (ma)", "ma"), ("all outlines", "")):
        if wanted and states == "all" or not wanted:
            places = [place for place in day.places if not wanted or held.facts.outlines[place].state == wanted]
            began = time.perf_counter()
            held.store.require(places)
            print(f"{name}: {len(places):,} in {time.perf_counter() - began:.2f} s; "
                  f"the index takes {megabytes() - before:.0f} MB in all")  # fmt: skip
    print("granian's workers import the site after they have been started, so that each has a copy of its own")
    connection.close()


if __name__ == "__main__":
    _in_worker(sys.argv[1])
