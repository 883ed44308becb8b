"""What a geocoder is: it turns an address into a point, or says that it cannot."""

from typing import Protocol

from django.utils.module_loading import import_string

from legislators.engine.resolution import GeocodedPoint, PostalAddress

#: What `settings.GEOCODERS` may call the project's own; any other is named by its dotted path.
OWN_GEOCODERS = {
    "sample": "legislators.adapters.sample.SampleGeocoder",
    "street_ranges": "legislators.adapters.street_ranges.StreetRangeGeocoder",
    "census": "legislators.adapters.census.CensusGeocoder",
    "geocodio": "legislators.adapters.geocodio.GeocodioGeocoder",
    "nominatim": "legislators.adapters.nominatim.NominatimGeocoder",
}


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

        An answer with the certainty `street` says that only the street, or the town, was found.

        :raises GeocoderUnavailableError: if it could not find out.
        """
        ...


def geocoder_class(name: str) -> type[Geocoder]:
    """The class for a short name of OWN_GEOCODERS, or for a dotted path.

    :raises ImportError: where there is none.
    """
    found: type[Geocoder] = import_string(OWN_GEOCODERS.get(name, name))
    return found
