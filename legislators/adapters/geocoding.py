"""What a geocoder is: it turns an address into a point, or says that it cannot."""

from typing import Protocol

from legislators.engine.resolution import GeocodedPoint, PostalAddress


class GeocoderUnavailableError(Exception):
    """The geocoder did not answer, or answered nonsense. The message never carries any part of an address."""


class Geocoder(Protocol):
    """Finds where an address is."""

    #: Short and stable, for `GeocodedPoint.source` and the log: "census".
    name: str
    #: Whether it sends the address to somebody else: such a one is never asked about an invented state.
    asks_network: bool

    def locate(self, address: PostalAddress) -> GeocodedPoint | None:
        """Where the normalised address is; None if this geocoder does not know it.

        :raises GeocoderUnavailableError: if it could not find out.
        """
        ...
