"""The time zone of each capitol, by the letters of its state or territory."""

from collections.abc import Mapping
from zoneinfo import ZoneInfo

#: Of the capital city, not of most of the state. Source: the IANA time zone database; Arizona and Hawaii keep one
#: time all year, Frankfort (Kentucky) keeps Eastern and Pierre (South Dakota) Central time.
ZONES: Mapping[str, str] = {
    "us": "America/New_York",
    **dict.fromkeys("al ar ia il ks la mn mo ms nd ne ok sd tn tx wi".split(), "America/Chicago"),
    **dict.fromkeys("ct dc de fl ga ky ma md me nc nh nj ny oh pa ri sc va vt wv".split(), "America/New_York"),
    **dict.fromkeys("co mt nm ut wy".split(), "America/Denver"),
    **dict.fromkeys("ca nv or wa".split(), "America/Los_Angeles"),
    "ak": "America/Juneau",
    "az": "America/Phoenix",
    "hi": "Pacific/Honolulu",
    "id": "America/Boise",
    "in": "America/Indiana/Indianapolis",
    "mi": "America/Detroit",
    "as": "Pacific/Pago_Pago",
    "gu": "Pacific/Guam",
    "mp": "Pacific/Saipan",
    "pr": "America/Puerto_Rico",
    "vi": "America/St_Thomas",
}


def zone_of(jurisdiction: str, default: str) -> ZoneInfo:
    """The zone of the capitol of `jurisdiction` (two letters, lower case; "us" is Congress), else `default`."""
    return ZoneInfo(ZONES.get(jurisdiction, default))
