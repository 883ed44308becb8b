"""Alder: its districts, towns, ZIP codes and streets, drawn in the middle of the Atlantic Ocean."""

from dataclasses import dataclass

STATE_CODE = "ax"
STATE_NAME = "Alder"
STATE_OCD_ID = f"ocd-division/country:us/state:{STATE_CODE}"
ZIP_PREFIXES = ["699"]

#: Corners of the grid that all districts are cut from, by column (west to east) and row (south to north).
#: They lean a little, so that the map does not look like a chessboard; neighbours share them exactly.
_CORNERS = [
    [(-42.00, 38.00), (-41.98, 39.03), (-42.02, 40.00)],
    [(-41.52, 37.97), (-41.47, 38.98), (-41.50, 40.02)],
    [(-41.00, 38.02), (-41.04, 39.01), (-40.97, 39.98)],
    [(-40.49, 38.00), (-40.53, 38.96), (-40.51, 40.01)],
    [(-40.00, 37.98), (-40.02, 39.02), (-39.99, 40.00)],
]


@dataclass(frozen=True, slots=True)
class District:
    kind: str
    slug: str
    name: str
    #: Columns and row of the grid: first column, last column (exclusive), first row, last row (exclusive).
    cells: tuple[int, int, int, int]

    @property
    def ocd_id(self) -> str:
        return f"{STATE_OCD_ID}/{self.kind}:{self.slug}"

    @property
    def ring(self) -> list[tuple[float, float]]:
        """The outline, closed, counter-clockwise, in degrees of longitude and latitude."""
        west, east, south, north = self.cells
        bottom = [_CORNERS[column][south] for column in range(west, east + 1)]
        right = [_CORNERS[east][row] for row in range(south + 1, north + 1)]
        top = [_CORNERS[column][north] for column in range(east - 1, west - 1, -1)]
        left = [_CORNERS[west][row] for row in range(north - 1, south - 1, -1)]
        return [*bottom, *right, *top, *left]


def _house(slug: str, name: str, column: int, row: int) -> District:
    return District("sldl", slug, name, (column, column + 1, row, row + 1))


DISTRICTS = [
    District("cd", "1", "1st Congressional", (0, 2, 0, 2)),
    District("cd", "2", "2nd Congressional", (2, 4, 0, 2)),
    District("sldu", "harbor", "Harbor", (0, 2, 0, 1)),
    District("sldu", "birch", "Birch", (0, 2, 1, 2)),
    District("sldu", "stone", "Stone", (2, 4, 0, 1)),
    District("sldu", "mill", "Mill", (2, 4, 1, 2)),
    _house("1st_harbor", "1st Harbor", 0, 0),
    _house("2nd_harbor", "2nd Harbor", 1, 0),
    _house("1st_birch", "1st Birch", 0, 1),
    _house("2nd_birch", "2nd Birch", 1, 1),
    _house("1st_stone", "1st Stone", 2, 0),
    _house("2nd_stone", "2nd Stone", 3, 0),
    _house("1st_mill", "1st Mill", 2, 1),
    _house("2nd_mill", "2nd Mill", 3, 1),
]


@dataclass(frozen=True, slots=True)
class Street:
    """A straight street: house numbers 1 to 199 run from its south-western to its north-eastern end."""

    name: str
    town: str
    zip_code: str
    start: tuple[float, float]
    end: tuple[float, float]


#: Where each town lies. Birchfield straddles the line between 1st and 2nd Birch, and so does its ZIP code.
TOWNS = {
    "Port Alder": ("69901", (-41.75, 38.50)),
    "Saltmarsh": ("69902", (-41.25, 38.45)),
    "Birchfield": ("69903", (-41.485, 39.50)),
    "Elmstead": ("69904", (-41.20, 39.55)),
    "Stonebridge": ("69905", (-40.77, 38.50)),
    "Quarry Hill": ("69906", (-40.25, 38.52)),
    "Millbrook": ("69907", (-40.77, 39.50)),
    "Fulling": ("69908", (-40.25, 39.48)),
}
ZIP_DISTRICTS = {
    "69901": ["cd:1", "sldu:harbor", "sldl:1st_harbor"],
    "69902": ["cd:1", "sldu:harbor", "sldl:2nd_harbor"],
    "69903": ["cd:1", "sldu:birch", "sldl:1st_birch", "sldl:2nd_birch"],
    "69904": ["cd:1", "sldu:birch", "sldl:2nd_birch"],
    "69905": ["cd:2", "sldu:stone", "sldl:1st_stone"],
    "69906": ["cd:2", "sldu:stone", "sldl:2nd_stone"],
    "69907": ["cd:2", "sldu:mill", "sldl:1st_mill"],
    "69908": ["cd:2", "sldu:mill", "sldl:2nd_mill"],
}


def _streets_of(town: str) -> list[Street]:
    zip_code, (longitude, latitude) = TOWNS[town]
    west, east = longitude - 0.04, longitude + 0.04
    return [
        Street("Main Street", town, zip_code, (west, latitude), (east, latitude + 0.004)),
        Street("Clinic Road", town, zip_code, (west, latitude + 0.02), (east, latitude + 0.022)),
        Street("Orchard Avenue", town, zip_code, (longitude, latitude - 0.03), (longitude + 0.002, latitude + 0.03)),
    ]


def _line_street() -> Street:
    """Runs along the line between 1st and 2nd Birch, some thirty metres from it: the map cannot be sure there."""
    south, north = _CORNERS[1][1], _CORNERS[1][2]
    offset = 0.0003

    def along(share: float) -> tuple[float, float]:
        return (south[0] + (north[0] - south[0]) * share + offset, south[1] + (north[1] - south[1]) * share)

    return Street("Line Road", "Birchfield", "69903", along(0.48), along(0.52))


STREETS = [street for town in TOWNS for street in _streets_of(town)] + [_line_street()]
