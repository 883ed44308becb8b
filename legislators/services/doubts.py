"""Records that a visitor said "this is not my legislator", without anything of the visitor."""

import hashlib

from django.core.cache import cache
from django.db import transaction

from legislators.records.answers import LegislatorDoubt
from legislators.records.divisions import Division
from legislators.records.officials import Official

#: The same press of the button, sent again by a browser that reloads, is one doubt.
_SAME_PRESS_SECONDS = 60 * 60


@transaction.atomic
def record(
    *,
    division_ocd_id: str,
    official_id: int | None,
    reason: str,
    certainty: str = "",
    geocoder: str = "",
    press: str = "",
) -> LegislatorDoubt | None:
    """Keeps the doubt for staff; None where it was recorded already, or the division or the reason does not exist.

    :param official_id: who was shown; None, or somebody unknown, leaves it at the district.
    :param reason: a value of `LegislatorDoubt.Reason`.
    :param certainty: a value of `Certainty`: how sure the answer was.
    :param geocoder: who had located the address, as `GeocodedPoint.source`.
    :param press: anything that is the same when a browser sends the same form again; only its hash is kept, for an
        hour.
    """
    division = Division.objects.filter(ocd_id=division_ocd_id).first()
    if division is None or reason not in LegislatorDoubt.Reason.values or not _is_new(press, division, official_id):
        return None
    return LegislatorDoubt.objects.create(
        division=division,
        official=Official.objects.filter(pk=official_id).first() if official_id else None,
        reason=reason,
        certainty=certainty,
        geocoder=geocoder,
    )


def _is_new(press: str, division: Division, official_id: int | None) -> bool:
    if not press:
        return True
    text = f"{press}\n{division.pk}\n{official_id}"
    return cache.add(f"legislators:doubt:{hashlib.sha256(text.encode()).hexdigest()}", True, _SAME_PRESS_SECONDS)
