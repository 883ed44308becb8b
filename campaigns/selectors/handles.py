"""Reads which accounts officials have on the networks that posts go to."""

from collections.abc import Collection

from legislators.engine import social
from legislators.records.officials import Official

#: The service's name in the data, by the network's key. Facebook and LinkedIn turn no typed name into a mention.
_SERVICES = {"x": "twitter", "bluesky": "bluesky", "mastodon": "mastodon"}


def of_officials(ids: Collection[int]) -> dict[int, dict[str, str]]:
    """Account without @, by network and by the official's id; what is no account's name is left out."""
    rows = Official.objects.filter(pk__in=ids).values_list("pk", "social_handles")
    return {number: _of(handles) for number, handles in rows}


def _of(handles: object) -> dict[str, str]:
    if not isinstance(handles, dict):
        return {}
    given = {str(service).lower(): handle for service, handle in handles.items() if isinstance(handle, str)}
    return {
        network: given[service].strip().removeprefix("@")
        for network, service in _SERVICES.items()
        if service in given and social.profile(service, given[service])
    }
