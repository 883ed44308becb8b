"""Asks Geocodio, a paid service with house-by-house positions."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.views.decorators.debug import sensitive_variables

from legislators.adapters import http_json
from legislators.adapters.geocoding import GeocoderUnavailableError
from legislators.adapters.http_json import Question, StatusError
from legislators.engine import matching
from legislators.engine.districts import CONGRESS, LOWER, UPPER
from legislators.engine.matching import Match
from legislators.engine.resolution import Certainty, ClaimedDistrict, GeocodedPoint, PostalAddress

_SERVICE = "Geocodio"
#: Of the documentation's accuracy types. A "point" is one that a range with a single number gave. A neighbour's
#: house, a crossing and a town's centre say something of the street only; a county or a state says nothing.
_CERTAINTIES = {
    "rooftop": Certainty.ROOFTOP,
    "point": Certainty.INTERPOLATED,
    "range_interpolation": Certainty.INTERPOLATED,
    "nearest_rooftop_match": Certainty.STREET,
    "intersection": Certainty.STREET,
    "street_center": Certainty.STREET,
    "place": Certainty.STREET,
}
#: From here on, the documentation says, a result is accurate.
_ACCURATE = 0.8
_WHY = {403: "the key is wrong, or the day's look-ups are used up", 429: "too many look-ups in a short time"}
_STATE_CHAMBERS = (("house", LOWER), ("senate", UPPER))


class GeocodioGeocoder:
    """`geocode` of the API, version 1.11, asked by the parts of an address.

    The key goes into a header: an address line is written down by every server on the way.
    """

    name = "geocodio"
    asks_network = True

    def __init__(self, *, base_url: str = "", key: str = "", timeout_seconds: float = 0.0) -> None:
        """What is left out is taken from the settings GEOCODER_GEOCODIO_URL, _KEY and GEOCODER_TIMEOUT_SECONDS."""
        self._url = (base_url or settings.GEOCODER_GEOCODIO_URL).rstrip("/") + "/geocode"
        self._key = key or settings.GEOCODER_GEOCODIO_KEY
        self._timeout_seconds = timeout_seconds or settings.GEOCODER_TIMEOUT_SECONDS

    @sensitive_variables()
    def locate(self, address: PostalAddress) -> GeocodedPoint | None:
        if not self._key:
            raise GeocoderUnavailableError("Geocodio has no key (GEOCODER_GEOCODIO_KEY)")
        parameters = {
            "street": address.street,
            "city": address.city,
            "state": address.state.upper(),
            "postal_code": address.zip_code,
            "country": "USA",
        }
        if settings.GEOCODER_GEOCODIO_DISTRICTS:
            parameters["fields"] = "cd,stateleg"
        question = Question(_SERVICE, self._url, parameters, {"Authorization": f"Bearer {self._key}"})
        try:
            answer = http_json.ask(question, timeout_seconds=self._timeout_seconds)
        except StatusError as error:
            status = error.status
        else:
            return self._best(answer, address)
        if status == 422:
            # "A client error prevented the request": there is nothing in this address that it could find.
            return None
        why = f": {_WHY[status]}" if status in _WHY else ""
        raise GeocoderUnavailableError(f"Geocodio answered with status {status}{why}")

    @sensitive_variables()
    def _best(self, answer: Any, address: PostalAddress) -> GeocodedPoint | None:
        try:
            matches = _matches(answer)
        except (KeyError, TypeError, ValueError, AttributeError):
            matches = None
        if matches is None:
            raise GeocoderUnavailableError("Geocodio's answer has another form than documented")
        return matching.best(matches, address, source=self.name)


def _matches(answer: Any) -> list[Match]:
    rows = answer["results"]
    if not isinstance(rows, list):
        raise TypeError
    return [match for row in rows if (match := _match(row)) is not None]


def _match(row: Any) -> Match | None:
    accuracy, kind = float(row["accuracy"]), str(row["accuracy_type"])
    point = matching.degrees(row["location"]["lng"], row["location"]["lat"])
    certainty = _CERTAINTIES.get(kind)
    if certainty is None:
        return None
    components = row.get("address_components") or {}
    number, street = components.get("number") or "", components.get("formatted_street") or ""
    return Match(
        point=point,
        certainty=certainty if accuracy >= _ACCURATE else Certainty.STREET,
        street=f"{number} {street}".strip(),
        state=str(components.get("state") or ""),
        zip_code=str(components.get("zip") or ""),
        matched_address=str(row.get("formatted_address") or ""),
        districts=tuple(_districts(row.get("fields"))),
    )


def _districts(fields: Any) -> Iterator[ClaimedDistrict]:
    """Those in force; a result without them, or with others than documented, still has its point."""
    if not isinstance(fields, dict):
        return
    for row in _rows(fields.get("congressional_districts")):
        congress = "".join(mark for mark in str(row.get("congress_number") or "") if mark.isdigit())
        yield from _claim(row, CONGRESS, congress)
    chambers = fields.get("state_legislative_districts")
    if not isinstance(chambers, dict):
        return
    for chamber, kind in _STATE_CHAMBERS:
        for row in _rows(chambers.get(chamber)):
            if not row.get("is_upcoming_state_legislative_district"):
                yield from _claim(row, kind, "")


def _rows(value: Any) -> list[dict[str, Any]]:
    return [row for row in value if isinstance(row, dict)] if isinstance(value, list) else []


def _claim(row: dict[str, Any], kind: str, vintage: str) -> Iterator[ClaimedDistrict]:
    if isinstance(row.get("ocd_id"), str):
        yield ClaimedDistrict(kind=kind, ocd_id=row["ocd_id"], vintage=vintage)
