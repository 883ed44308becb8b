"""Where an official's account with a social service is found."""

import re
from urllib.parse import quote

#: Label and address by the service's name as the sources write it; `%s` is the handle.
_SERVICES = {
    "twitter": ("X", "https://x.com/%s"),
    "facebook": ("Facebook", "https://www.facebook.com/%s"),
    "instagram": ("Instagram", "https://www.instagram.com/%s/"),
    "youtube": ("YouTube", "https://www.youtube.com/@%s"),
    "youtube_id": ("YouTube", "https://www.youtube.com/channel/%s"),
    "threads": ("Threads", "https://www.threads.net/@%s"),
    "bluesky": ("Bluesky", "https://bsky.app/profile/%s"),
    "linkedin": ("LinkedIn", "https://www.linkedin.com/in/%s/"),
    "tiktok": ("TikTok", "https://www.tiktok.com/@%s"),
    "mastodon": ("Mastodon", "https://%s"),
}
#: name@server: on Mastodon an account belongs to a server.
_ON_A_SERVER = re.compile(r"([\w.\-]{1,60})@([a-z0-9\-]{1,63}(?:\.[a-z0-9\-]{1,63}){1,4})", re.IGNORECASE)
_HANDLE = re.compile(r"[\w.\-]{1,100}")


def profile(service: str, handle: str) -> tuple[str, str] | None:
    """The service's name and the address of the account; None for an unknown service or what is no handle."""
    known = _SERVICES.get(service.lower())
    handle = handle.strip().removeprefix("@")
    if known is None:
        return None
    label, address = known
    if service.lower() == "mastodon":
        account = _ON_A_SERVER.fullmatch(handle)
        return (label, address % f"{account[2].lower()}/@{quote(account[1])}") if account else None
    if not _HANDLE.fullmatch(handle):
        return None
    return label, address % quote(handle)


def profiles(handles: object) -> tuple[tuple[str, str], ...]:
    """Every account that can be linked, each service once, in the order of the list above."""
    if not isinstance(handles, dict):
        return ()
    given = {str(service).lower(): handle for service, handle in handles.items() if isinstance(handle, str)}
    found: dict[str, str] = {}
    for service in _SERVICES:
        one = profile(service, given.get(service, ""))
        if one is not None:
            found.setdefault(*one)
    return tuple(found.items())
