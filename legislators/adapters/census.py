"""Asks the geocoder of the U.S. Census Bureau, which is free and needs no key."""

import json
import logging
import time
from typing import Any

import requests
from django.conf import settings

from legislators.adapters.geocoding import GeocoderUnavailableError
from legislators.engine.resolution import Certainty, GeocodedPoint, Point, PostalAddress

# It logs every address that it asks for, with the query, at DEBUG.
logging.getLogger("urllib3.connectionpool").setLevel(logging.INFO)

#: An answer for one address has some ten thousand bytes.
_LARGEST_ANSWER_BYTES = 1_000_000


class CensusGeocoder:
    """`geographies/address` of the Geocoding Services API (version of July 2024).

    The point is interpolated along a street's range of numbers: good to some tens of metres. Districts are taken
    from our own outlines, whose plan we know. The service is slow and often away: no answer within the time-out
    is an answer, and nothing is asked twice.
    """

    name = "census"
    asks_network = True

    def __init__(self, *, base_url: str = "", key: str = "", timeout_seconds: float = 0.0) -> None:
        """What is left out is taken from the settings GEOCODER_CENSUS_URL, _KEY and GEOCODER_TIMEOUT_SECONDS."""
        self._url = (base_url or settings.GEOCODER_CENSUS_URL).rstrip("/") + "/geographies/address"
        self._key = key or settings.GEOCODER_CENSUS_KEY
        self._timeout_seconds = timeout_seconds or settings.GEOCODER_TIMEOUT_SECONDS

    def locate(self, address: PostalAddress) -> GeocodedPoint | None:
        answer = self._ask(address)
        try:
            matches = answer["result"]["addressMatches"]
            if not isinstance(matches, list):
                raise TypeError
            usable = [match for match in matches if _is_in_state(match, address.state)]
            return _point(usable[0]) if usable else None
        except (KeyError, TypeError, ValueError, AttributeError):
            raise GeocoderUnavailableError("the Census geocoder's answer has another form than documented") from None

    def _ask(self, address: PostalAddress) -> Any:
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
        # An exception of requests holds the address in its URL: none may be chained or printed.
        try:
            with requests.get(
                self._url, params=parameters, timeout=self._timeout_seconds, stream=True, allow_redirects=False
            ) as response:
                if response.status_code != requests.codes.ok:
                    raise GeocoderUnavailableError(f"the Census geocoder answered with status {response.status_code}")
                return json.loads(self._body(response))
        except requests.Timeout:
            raise GeocoderUnavailableError("the Census geocoder did not answer in time") from None
        except (requests.RequestException, OSError) as error:
            raise GeocoderUnavailableError(f"the Census geocoder was not reached ({type(error).__name__})") from None
        except (ValueError, RecursionError):
            raise GeocoderUnavailableError("the Census geocoder's answer is not JSON") from None

    def _body(self, response: requests.Response) -> bytes:
        """The whole body, within the time-out: requests' own counts only the pauses between bytes."""
        give_up_at = time.monotonic() + self._timeout_seconds
        body = b""
        while part := response.raw.read1(65536, decode_content=True):
            body += part
            if time.monotonic() > give_up_at:
                raise GeocoderUnavailableError("the Census geocoder did not answer in time")
            if len(body) > _LARGEST_ANSWER_BYTES:
                raise GeocoderUnavailableError("the Census geocoder's answer is too large")
        return body


def _is_in_state(match: Any, state: str) -> bool:
    """A street of the same name in another state is no match."""
    components = match.get("addressComponents") or {}
    found = str(components.get("state") or "").lower()
    return not found or not state or found == state


def _point(match: Any) -> GeocodedPoint:
    coordinates = match["coordinates"]
    longitude, latitude = float(coordinates["x"]), float(coordinates["y"])
    if not (-180 <= longitude <= 180 and -90 <= latitude <= 90):
        raise ValueError
    return GeocodedPoint(
        point=Point(longitude, latitude),
        certainty=Certainty.INTERPOLATED,
        source=CensusGeocoder.name,
        matched_address=str(match.get("matchedAddress") or "")[:300],
    )
