"""Recognises the address of a video, so that a page can show it without asking its host beforehand."""

import re
from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

_YOUTUBE_ID = re.compile(r"[A-Za-z0-9_-]{11}\Z")
_VIMEO_ID = re.compile(r"[0-9]{4,12}\Z")
_YOUTUBE_HOSTS = {"youtube.com", "www.youtube.com", "m.youtube.com", "www.youtube-nocookie.com"}
_VIMEO_HOSTS = {"vimeo.com", "www.vimeo.com", "player.vimeo.com"}


class NotAVideoAddress(ValueError):
    """The address is of no video that the site can show."""


@dataclass(frozen=True, slots=True)
class Video:
    #: `youtube` or `vimeo`.
    provider: str
    video_id: str
    #: The host's own page of the video, which works without JavaScript.
    page_url: str

    @property
    def provider_name(self) -> str:
        return {"youtube": "YouTube", "vimeo": "Vimeo"}[self.provider]


def recognise(url: str) -> Video:
    """Reads provider and id out of any usual form of a video's address.

    :raises NotAVideoAddress: for another host, another scheme, or an id that cannot be one.
    """
    try:
        parts = urlsplit(url.strip())
        host = parts.hostname or ""
    except ValueError as error:
        raise NotAVideoAddress(url) from error
    if parts.scheme not in {"https", "http"}:
        raise NotAVideoAddress(url)
    steps = [step for step in parts.path.split("/") if step]
    if host in _YOUTUBE_HOSTS | {"youtu.be"}:
        video_id = _youtube_id(host, steps, parts.query)
        if _YOUTUBE_ID.match(video_id):
            return Video("youtube", video_id, f"https://www.youtube.com/watch?v={video_id}")
    if host in _VIMEO_HOSTS and steps and _VIMEO_ID.match(steps[-1]):
        return Video("vimeo", steps[-1], f"https://vimeo.com/{steps[-1]}")
    raise NotAVideoAddress(url)


def _youtube_id(host: str, steps: list[str], query: str) -> str:
    if host == "youtu.be":
        return steps[0] if steps else ""
    if len(steps) >= 2 and steps[0] in {"embed", "shorts", "live", "v"}:
        return steps[1]
    return parse_qs(query).get("v", [""])[0]
