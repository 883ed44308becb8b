"""Asks the geocoder of the U.S. Census Bureau, which is free and needs no key."""

import re
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.views.decorators.debug import sensitive_variables

from legislators.adapters import http_json
from legislators.adapters.geocoding import GeocoderUnavailableError
from legislators.adapters.http_json import Question
from legislators.engine import matching
from legislators.engine.districts import CONGRESS, LOWER, UPPER, is_undefined
from legislators.engine.matching import Match
from legislators.engine.resolution import Certainty, ClaimedDistrict, GeocodedPoint, PostalAddress

#: The Census's feature classes (MTFCC), and what the layers are called: "119th Congressional Districts",
#: "2024 State Legislative Districts - Upper". The number in front changes with each plan.
_KINDS = {"G5200": CONGRESS, "G5210": UPPER, "G5220": LOWER}
_LAYERS = (
    (re.compile(r"Congressional Districts"), CONGRESS),
    (re.compile(r"State Legislative Districts - Upper"), UPPER),
    (re.compile(r"State Legislative Districts - Lower"), LOWER),
)
_CODES = {UPPER: "SLDU", LOWER: "SLDL"}


class CensusGeocoder:
    """`geographies/address` of the Geocoding Services API (version of July 2024).

    The point is interpolated along a street's range of numbers: good to some tens of metres. It names districts
    too, of the plans that it holds. The service is slow and often away.
    """

    name = "census"
    asks_network = True

    def __init__(self, *, base_url: str = "", key: str = "", timeout_seconds: float = 0.0) -> None:
        """What is left out is taken from the settings GEOCODER_CENSUS_URL, _KEY and GEOCODER_TIMEOUT_SECONDS."""
        self._url = (base_url or settings.GEOCODER_CENSUS_URL).rstrip("/") + "/geographies/address"
        self._key = key or settings.GEOCODER_CENSUS_KEY
        self._timeout_seconds = timeout_seconds or settings.GEOCODER_TIMEOUT_SECONDS

    @sensitive_variables()
    def locate(self, address: PostalAddress) -> GeocodedPoint | None:
        parameters = {
            "street": address.street,
            "city": address.city,
            "state": address.state.upper(),
            "zip": address.zip_code,
            "benchmark": "Public_AR_Current",
            "vintage": "Current_Current",
            "layers": "all",
            "format": "json",
        }
        if self._key:
            parameters["key"] = self._key
        question = Question("the Census geocoder", self._url, parameters)
        answer = http_json.ask(question, timeout_seconds=self._timeout_seconds)
        try:
            matches = _matches(answer)
        except (KeyError, TypeError, ValueError, AttributeError):
            matches = None
        if matches is None:
            raise GeocoderUnavailableError("the Census geocoder's answer has another form than documented")
        return matching.best(matches, address, source=self.name)


def _matches(answer: Any) -> list[Match]:
    rows = answer["result"]["addressMatches"]
    if not isinstance(rows, list):
        raise TypeError
    return [_match(row) for row in rows]


def _match(row: Any) -> Match:
    components = row.get("addressComponents") or {}
    matched = str(row.get("matchedAddress") or "")
    return Match(
        point=matching.degrees(row["coordinates"]["x"], row["coordinates"]["y"]),
        certainty=Certainty.INTERPOLATED,
        street=matched.partition(",")[0],
        state=str(components.get("state") or ""),
        zip_code=str(components.get("zip") or ""),
        matched_address=matched,
        districts=tuple(dict.fromkeys(_districts(row.get("geographies")))),
    )


def _districts(geographies: Any) -> Iterator[ClaimedDistrict]:
    """An answer without them, or with others than documented, still has its point."""
    if not isinstance(geographies, dict):
        return
    for layer, rows in geographies.items():
        for row in rows if isinstance(rows, list) else []:
            kind = _kind(layer, row) if isinstance(row, dict) else ""
            geoid = _geoid(row, kind) if kind else ""
            if geoid and not is_undefined(geoid):
                yield ClaimedDistrict(kind=kind, geoid=geoid, vintage=_vintage(layer, row, kind))


def _kind(layer: str, row: dict[str, Any]) -> str:
    by_class = _KINDS.get(str(row.get("MTFCC") or ""), "")
    return by_class or next((kind for pattern, kind in _LAYERS if pattern.search(layer)), "")


def _geoid(row: dict[str, Any], kind: str) -> str:
    """State and code, which may have letters: 25D27, 5000, 3307A."""
    if row.get("GEOID"):
        return str(row["GEOID"])
    codes = [str(value) for key, value in row.items() if re.fullmatch(_CODES.get(kind, r"CD\d+"), key) and value]
    return f"{row['STATE']}{codes[0]}" if row.get("STATE") and codes else ""


def _vintage(layer: str, row: dict[str, Any], kind: str) -> str:
    """The number of the Congress, or the year of the legislative plan."""
    if kind == CONGRESS and row.get("CDSESSN"):
        return str(row["CDSESSN"])
    found = re.match(r"\d+", layer)
    return found[0] if found else ""
