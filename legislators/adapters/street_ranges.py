"""Finds an address on the street ranges that were loaded: nothing leaves the server."""

from collections.abc import Collection, Sequence

from django.views.decorators.debug import sensitive_variables

from legislators.engine.addresses import StreetAddress, is_alike, is_shortened, parse_street, parse_zip
from legislators.engine.matching import ONE_PLACE_METRES
from legislators.engine.resolution import Certainty, GeocodedPoint, Point, PostalAddress
from legislators.engine.street_ranges import Segment, fits_parity, metres_apart, position
from legislators.records.places import StreetRange

#: A number that a street's files give twice, on two stretches that meet.
_SAME_STRETCH_METRES = 2 * ONE_PLACE_METRES
_LARGEST_NUMBER = 999_999


class StreetRangeGeocoder:
    """Matches state, ZIP and street, then interpolates the number on the side of the street that it is on.

    - The street as typed is the only one that counts where the ZIP has it: number found, the answer is
      `interpolated`; number not on it, `street`, at the middle of the street.
    - Otherwise a street that adds only a suffix or a direction to what was typed ("Maple" – "Maple St") is taken as
      if it had been typed, where it is the only one in the ZIP and has the number.
    - Otherwise the only one that has the number, of those that may be the same street ("N Main St" – "Main St"),
      is an answer with the certainty `street`: likely, and not to be believed without asking.
    - "Maple St" is never taken for "Maple Ave", nor "N Main St" for "S Main St".
    - A number that lies in two places of one ZIP is `street` as well.
    """

    name = "street_ranges"
    asks_network = False

    @sensitive_variables()
    def locate(self, address: PostalAddress) -> GeocodedPoint | None:
        street = parse_street(address.street)
        if street.number is None or not street.key or parse_zip(address.zip_code) is None:
            return None
        in_zip = StreetRange.objects.filter(jurisdiction__code=address.state, zip_code=address.zip_code)
        known = list(in_zip.filter(street_key=street.key).order_by("low_number", "pk"))
        if known:
            return self._on_street(street, known) or self._middle(known)
        keys = in_zip.order_by("street_key").values_list("street_key", flat=True).distinct()
        alike = [key for key in keys if is_alike(street.key, key)]
        rows = list(in_zip.filter(street_key__in=alike).order_by("low_number", "pk")) if alike else []
        return self._on_one_alike(street, alike, rows)

    @sensitive_variables()
    def _on_street(self, street: StreetAddress, rows: Sequence[StreetRange]) -> GeocodedPoint | None:
        """The number's place on the ranges of one street; None where it is on none of them."""
        fitting = [
            (row, number)
            for number in street.numbers
            if number <= _LARGEST_NUMBER
            for row in rows
            if row.low_number <= number <= row.high_number and fits_parity(number, row.parity)
        ]
        if not fitting:
            return None
        # Where two ranges hold the number, the tighter one knows better.
        best, number = min(fitting, key=lambda one: one[0].high_number - one[0].low_number)
        point = position(number, _segment(best))
        places = [position(other, _segment(row)) for row, other in fitting]
        is_one_place = all(metres_apart(point, other) <= _SAME_STRETCH_METRES for other in places)
        return self._answer(point, Certainty.INTERPOLATED if is_one_place else Certainty.STREET, best, number)

    @sensitive_variables()
    def _on_one_alike(
        self, street: StreetAddress, keys: Collection[str], rows: Sequence[StreetRange]
    ) -> GeocodedPoint | None:
        found = [
            (key, answer)
            for key in keys
            if (answer := self._on_street(street, [row for row in rows if row.street_key == key])) is not None
        ]
        if len(found) != 1:
            return None
        key, answer = found[0]
        if len(keys) == 1 and is_shortened(street.key, key):
            return answer
        return GeocodedPoint(answer.point, Certainty.STREET, self.name, answer.matched_address)

    @sensitive_variables()
    def _middle(self, rows: Sequence[StreetRange]) -> GeocodedPoint:
        row = rows[len(rows) // 2]
        number = (row.low_number + row.high_number) // 2
        return self._answer(position(number, _segment(row)), Certainty.STREET, row, None)

    def _answer(self, point: Point, certainty: Certainty, row: StreetRange, number: int | None) -> GeocodedPoint:
        street = f"{number} {row.street_key}" if number is not None else row.street_key
        place = " ".join(filter(None, [row.city, row.zip_code]))
        return GeocodedPoint(point, certainty, self.name, f"{street}, {place}")


def _segment(row: StreetRange) -> Segment:
    return Segment(
        low_number=row.low_number,
        high_number=row.high_number,
        parity=row.parity,
        low_end=(row.low_longitude, row.low_latitude),
        high_end=(row.high_longitude, row.high_latitude),
    )
