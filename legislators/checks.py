"""Refuses settings under which no address, or not the right one, would be found."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning

from legislators.adapters.geocoding import OWN_GEOCODERS, geocoder_class
from legislators.adapters.nominatim import is_public_server
from legislators.services import sync, sync_sources


def check_geocoder_settings(app_configs: Sequence[Any] | None, **_kwargs: Any) -> list[CheckMessage]:
    """Every problem of the geocoders' settings, each with what to do about it."""
    problems: list[CheckMessage] = []
    names = []
    for name in settings.GEOCODERS:
        try:
            names.append(geocoder_class(name).name)
        except (ImportError, AttributeError):
            problems.append(
                Error(
                    f"GEOCODERS names {name!r}, which is no geocoder.",
                    hint=f"Use {', '.join(OWN_GEOCODERS)}, or the dotted path of a class of your own.",
                    id="legislators.E001",
                )
            )
    if not settings.GEOCODERS:
        problems.append(
            Warning(
                "GEOCODERS is empty: every visitor chooses their legislators from a list.",
                hint="Name at least street_ranges (nothing leaves the server) or census.",
                id="legislators.W001",
            )
        )
    if settings.GEOCODER_TIMEOUT_SECONDS <= 0:
        problems.append(Error("GEOCODER_TIMEOUT_SECONDS is not above 0.", id="legislators.E002"))
    checks = {"census": _check_census, "geocodio": _check_geocodio, "nominatim": _check_nominatim}
    return problems + [problem for name in dict.fromkeys(names) if name in checks for problem in checks[name]()]


def _check_census() -> list[CheckMessage]:
    return _check_url("GEOCODER_CENSUS_URL")


def _check_geocodio() -> list[CheckMessage]:
    problems = _check_url("GEOCODER_GEOCODIO_URL")
    if not settings.GEOCODER_GEOCODIO_KEY:
        problems.append(
            Error(
                "GEOCODERS names geocodio, but GEOCODER_GEOCODIO_KEY is empty.",
                hint="Set the key of your Geocodio account, or take geocodio out of GEOCODERS.",
                id="legislators.E003",
            )
        )
    return problems


def _check_nominatim() -> list[CheckMessage]:
    if not settings.GEOCODER_NOMINATIM_URL:
        return [
            Error(
                "GEOCODERS names nominatim, but GEOCODER_NOMINATIM_URL is empty.",
                hint="Set the address of a Nominatim server of your own, or take nominatim out of GEOCODERS.",
                id="legislators.E004",
            )
        ]
    if is_public_server(settings.GEOCODER_NOMINATIM_URL):
        return [
            Error(
                "GEOCODER_NOMINATIM_URL is OpenStreetMap's own server.",
                hint="Its usage policy does not allow a site to look its visitors up there: run your own server.",
                id="legislators.E005",
            )
        ]
    return _check_url("GEOCODER_NOMINATIM_URL")


def _check_url(name: str) -> list[CheckMessage]:
    parts = urlsplit(getattr(settings, name))
    if parts.scheme not in ("http", "https") or not parts.hostname:
        return [Error(f"{name} is not the address of a web service.", id="legislators.E006")]
    if parts.scheme == "http" and parts.hostname not in ("localhost", "127.0.0.1", "::1"):
        return [
            Warning(
                f"{name} begins with http: visitors' addresses cross the network in the open.",
                hint="Use https, unless the network between the two servers is your own.",
                id="legislators.W002",
            )
        ]
    return []


def check_sync_settings(app_configs: Sequence[Any] | None, **_kwargs: Any) -> list[CheckMessage]:
    """Every problem of what the clock is to keep up to date, each with what to do about it."""
    problems: list[CheckMessage] = [
        Error(
            f"LEGISLATORS_SYNC names {key!r}, which is no source.",
            hint=f"Name {sync_sources.EXAMPLES}.",
            id="legislators.E007",
        )
        for key in sync.configured()
        if not sync_sources.is_known(key)
    ]
    if settings.LEGISLATORS_SYNC_HOURS < 1:
        problems.append(
            Error(
                "LEGISLATORS_SYNC_HOURS is below 1.",
                hint="The sources change once a day at most: 24 is right for nearly everybody.",
                id="legislators.E008",
            )
        )
    return problems
