"""Finds the houses of an invented state: the demonstration's geocoder."""

from legislators.engine.addresses import parse_street
from legislators.engine.resolution import Certainty, GeocodedPoint, Point, PostalAddress
from legislators.records.places import AddressPoint


class SampleGeocoder:
    """Knows the exact place of every address point of a sample jurisdiction, and no real address at all."""

    name = "sample"
    asks_network = False

    def locate(self, address: PostalAddress) -> GeocodedPoint | None:
        street = parse_street(address.street)
        if street.number is None:
            return None
        found = AddressPoint.objects.filter(
            jurisdiction__code=address.state,
            jurisdiction__is_sample=True,
            zip_code=address.zip_code,
            street_key=street.key,
            house_number=street.number,
        ).first()
        if found is None:
            return None
        return GeocodedPoint(
            point=Point(found.longitude, found.latitude),
            certainty=Certainty.ROOFTOP,
            source=self.name,
            matched_address=f"{found.house_number} {found.street_key}, {found.city} {found.zip_code}",
        )
