"""Asks a Nominatim server of the society's own, which knows what OpenStreetMap knows."""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.views.decorators.debug import sensitive_variables

from legislators.adapters import http_json
from legislators.adapters.geocoding import GeocoderUnavailableError
from legislators.adapters.http_json import Question
from legislators.engine import matching
from legislators.engine.matching import Match
from legislators.engine.resolution import Certainty, GeocodedPoint, PostalAddress
from legislators.engine.states import STATES

#: Of houses and places within them; streets have 26 and 27, and what is below 13 is a county or more.
_HOUSE_RANK = 30
_LOWEST_RANK = 13


def is_public_server(url: str) -> bool:
    """Whether it is OpenStreetMap's own: its usage policy lets nobody send it other people's addresses for a site."""
    host = (urlsplit(url).hostname or "").rstrip(".")
    return host == "openstreetmap.org" or host.endswith(".openstreetmap.org")


class NominatimGeocoder:
    """`search` by the parts of an address, in the `jsonv2` form (Nominatim 4 and 5)."""

    name = "nominatim"
    asks_network = True

    def __init__(self, *, base_url: str = "", timeout_seconds: float = 0.0) -> None:
        """What is left out is taken from the settings GEOCODER_NOMINATIM_URL and GEOCODER_TIMEOUT_SECONDS."""
        self._base_url = (base_url or settings.GEOCODER_NOMINATIM_URL).rstrip("/")
        self._timeout_seconds = timeout_seconds or settings.GEOCODER_TIMEOUT_SECONDS

    @sensitive_variables()
    def locate(self, address: PostalAddress) -> GeocodedPoint | None:
        if not self._base_url:
            raise GeocoderUnavailableError("Nominatim has no server (GEOCODER_NOMINATIM_URL)")
        if is_public_server(self._base_url):
            raise GeocoderUnavailableError("OpenStreetMap's own Nominatim may not be asked for a site's visitors")
        state = STATES.get(address.state)
        given = {
            "street": address.street,
            "city": address.city,
            "state": state.name if state else address.state,
            "postalcode": address.zip_code,
        }
        parameters = {
            **{name: value for name, value in given.items() if value},
            "countrycodes": "us",
            "format": "jsonv2",
            "addressdetails": "1",
            "layer": "address",
            "limit": "5",
        }
        question = Question("Nominatim", f"{self._base_url}/search", parameters)
        answer = http_json.ask(question, timeout_seconds=self._timeout_seconds)
        try:
            matches = _matches(answer)
        except (KeyError, TypeError, ValueError, AttributeError):
            matches = None
        if matches is None:
            raise GeocoderUnavailableError("Nominatim's answer has another form than documented")
        return matching.best(matches, address, source=self.name)


def _matches(answer: Any) -> list[Match]:
    if not isinstance(answer, list):
        raise TypeError
    return [match for row in answer if (match := _match(row)) is not None]


def _match(row: Any) -> Match | None:
    rank, point = int(row["place_rank"]), matching.degrees(row["lon"], row["lat"])
    if rank < _LOWEST_RANK:
        return None
    address = row.get("address") or {}
    # "US-MA"; the state's name comes in the server's language.
    state = str(address.get("ISO3166-2-lvl4") or "").rpartition("-")[2]
    number, road = address.get("house_number") or "", address.get("road") or ""
    return Match(
        point=point,
        certainty=_certainty(row, rank, str(number)),
        street=f"{number} {road}".strip(),
        state=state,
        zip_code=str(address.get("postcode") or ""),
        matched_address=str(row.get("display_name") or ""),
    )


def _certainty(row: Any, rank: int, number: str) -> Certainty:
    if rank != _HOUSE_RANK or not number:
        return Certainty.STREET
    # Numbers between two known ones, and those of the Census's ranges, are told by lying on a way without being one.
    is_between = row.get("category") == "place" and row.get("type") == "house" and row.get("osm_type") == "way"
    return Certainty.INTERPOLATED if is_between else Certainty.ROOFTOP
