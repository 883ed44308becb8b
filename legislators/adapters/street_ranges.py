"""Finds an address on the street ranges that were loaded: nothing leaves the server."""

from legislators.engine.addresses import parse_street
from legislators.engine.resolution import Certainty, GeocodedPoint, PostalAddress
from legislators.engine.street_ranges import Segment, fits_parity, position
from legislators.records.places import StreetRange


class StreetRangeGeocoder:
    """Matches ZIP and street exactly, then interpolates the number on the side of the street that it is on."""

    name = "street_ranges"
    asks_network = False

    def locate(self, address: PostalAddress) -> GeocodedPoint | None:
        street = parse_street(address.street)
        if street.number is None or not street.key or not address.zip_code:
            return None
        ranges = StreetRange.objects.filter(
            jurisdiction__code=address.state,
            zip_code=address.zip_code,
            street_key=street.key,
            low_number__lte=street.number,
            high_number__gte=street.number,
        ).order_by("pk")
        fitting = [one for one in ranges if fits_parity(street.number, one.parity)]
        if not fitting:
            return None
        # Where two ranges hold the number, the tighter one knows better.
        best = min(fitting, key=lambda one: one.high_number - one.low_number)
        return GeocodedPoint(
            point=position(street.number, _segment(best)),
            certainty=Certainty.INTERPOLATED,
            source=self.name,
            matched_address=f"{street.number} {best.street_key}, {best.city} {best.zip_code}",
        )


def _segment(row: StreetRange) -> Segment:
    return Segment(
        low_number=row.low_number,
        high_number=row.high_number,
        parity=row.parity,
        low_end=(row.low_longitude, row.low_latitude),
        high_end=(row.high_longitude, row.high_latitude),
    )
