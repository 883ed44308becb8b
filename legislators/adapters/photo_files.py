"""Fetches a photo from where a source keeps it, and makes a small clean picture of whatever comes."""

import time
from collections.abc import Callable
from io import BytesIO
from typing import Protocol
from urllib.parse import urlsplit

import requests
from PIL import Image, ImageOps, UnidentifiedImageError

from legislators.adapters import public_hosts
from legislators.adapters.public_hosts import RefusedHostError

_LARGEST_BYTES = 15_000_000
#: More pixels than any camera makes; a picture that unpacks into gigabytes has more.
_MOST_PIXELS = 60_000_000
#: A PNG cannot be read at a smaller scale, so it is held in full.
_MOST_PIXELS_IN_FULL = 30_000_000
_LEAST_SIDE, _LONGEST_SIDE = 40, 400
_QUALITY = 82
_TIMEOUT_SECONDS = 15.0
_DEADLINE_SECONDS = 45.0
_FORMATS = ("JPEG", "PNG", "WEBP", "GIF")
#: Nothing compressed on the way: what is counted is what came.
_HEADERS = {"Accept": "image/*", "Accept-Encoding": "identity"}
_USER_AGENT = "grassroots-action-center (self-hosted advocacy site; copies each photo once)"


class PhotoError(Exception):
    """There is no photo to be had; the message is for staff. `is_host_away` if the host is at fault, not the photo."""

    def __init__(self, why: str, *, is_host_away: bool = False) -> None:
        super().__init__(why)
        self.is_host_away = is_host_away


class PhotoFetcher(Protocol):
    def fetch(self, url: str) -> bytes:
        """What lies at the address.

        :raises PhotoError:
        """


class WebPhotos:
    """The real one. Asks public hosts only, for what may be a photo by its size."""

    def __init__(
        self,
        *,
        is_allowed: public_hosts.IsAllowed = public_hosts.is_public,
        timeout_seconds: float = _TIMEOUT_SECONDS,
        deadline_seconds: float = _DEADLINE_SECONDS,
        largest_bytes: int = _LARGEST_BYTES,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._session = public_hosts.session(is_allowed, user_agent=_USER_AGENT)
        self._timeout, self._deadline, self._largest = timeout_seconds, deadline_seconds, largest_bytes
        self._clock = clock

    def fetch(self, url: str) -> bytes:
        parts = urlsplit(url)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise PhotoError("the address is not one of the web")
        give_up_at = self._clock() + self._deadline
        try:
            with self._session.get(url, stream=True, timeout=self._timeout, headers=_HEADERS) as response:
                if response.status_code != requests.codes.ok:
                    raise PhotoError(f"the host answered {response.status_code}")
                return self._content(response, give_up_at)
        except RefusedHostError as error:
            raise PhotoError(str(error)) from None
        except requests.TooManyRedirects:
            raise PhotoError("the host leads in circles") from None
        except (requests.exceptions.InvalidSchema, requests.exceptions.InvalidURL, ValueError):
            raise PhotoError("the host leads to an address that is not one of the web") from None
        except (requests.RequestException, OSError) as error:
            raise PhotoError(
                f"the host does not answer, or breaks off ({type(error).__name__})", is_host_away=True
            ) from None

    def _content(self, response: requests.Response, give_up_at: float) -> bytes:
        promised = response.headers.get("Content-Length", "")
        if promised.isdigit() and int(promised) > self._largest:
            raise PhotoError("the file is too large")
        content = bytearray()
        for chunk in response.iter_content(1 << 16):
            content += chunk
            if len(content) > self._largest:
                raise PhotoError("the file is too large")
            if self._clock() > give_up_at:
                raise PhotoError("the host is too slow", is_host_away=True)
        return bytes(content)


def thumbnail(content: bytes) -> bytes:
    """The picture as a JPEG of at most 400 pixels a side, upright, without anything but its pixels.

    :raises PhotoError: for what is no picture, a damaged one, or one that would unpack into too much.
    """
    if not content:
        raise PhotoError("the file is empty")
    start = content[:1000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith(b"<"):
        raise PhotoError("an SVG drawing is not taken" if b"<svg" in start else "a web page came instead of a picture")
    try:
        with Image.open(BytesIO(content), formats=_FORMATS) as picture:
            return _shrunk(picture)
    except PhotoError:
        raise
    except Image.DecompressionBombError:
        raise PhotoError("the picture has too many pixels") from None
    except UnidentifiedImageError:
        raise PhotoError("not a picture of a kind that is taken (JPEG, PNG, WebP, GIF)") from None
    # Pillow raises whatever its decoders stumble over.
    except Exception:
        raise PhotoError("the picture is damaged or cut off") from None


def _shrunk(picture: Image.Image) -> bytes:
    width, height = picture.size
    most = _MOST_PIXELS if picture.format == "JPEG" else _MOST_PIXELS_IN_FULL
    if width * height > most:
        raise PhotoError(f"the picture has too many pixels ({width} × {height})")
    if min(width, height) < _LEAST_SIDE:
        raise PhotoError(f"the picture is too small to be a photo ({width} × {height})")
    # Decodes a large JPEG at a fraction of its size.
    picture.draft("RGB", (_LONGEST_SIDE * 2, _LONGEST_SIDE * 2))
    picture.load()
    upright = ImageOps.exif_transpose(picture)
    upright.thumbnail((_LONGEST_SIDE, _LONGEST_SIDE), Image.Resampling.LANCZOS)
    flat = Image.new("RGB", upright.size, "white")
    if "A" in upright.getbands() or "transparency" in upright.info:
        layer = upright.convert("RGBA")
        flat.paste(layer, mask=layer)
    else:
        flat.paste(upright.convert("RGB"))
    # A new picture of the pixels alone: no location, no camera, no comment.
    written = BytesIO()
    flat.save(written, "JPEG", quality=_QUALITY, optimize=True, progressive=True)
    return written.getvalue()
