"""What a file that somebody hands in really is, by its content, and what is kept of it."""

import io
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePosixPath

from PIL import Image, ImageOps

from campaigns.engine import pdf_contents

IMAGE_TYPES = ("image/jpeg", "image/png", "image/webp")
PDF = "application/pdf"
#: The endings that a name may have, by type.
ENDINGS = {
    "image/jpeg": ("jpg", "jpeg", "jpe", "jfif"),
    "image/png": ("png",),
    "image/webp": ("webp",),
    PDF: ("pdf",),
}
#: A photograph of today's telephones has 12 to 50 million; decoded, each takes four bytes.
MAX_PIXELS = 60_000_000
MAX_NAME_LENGTH = 120

_FORMATS = {"image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WEBP"}
#: Before the last ending they say that a name hides something: photo.exe.jpg.
_PROGRAMS = frozenset(
    "exe com bat cmd scr msi pif js jse vbs vbe wsf ps1 jar sh php asp aspx jsp cgi pl py html htm xhtml svg hta lnk"
    " docm xlsm pptm app dmg apk".split()
)


class Why(StrEnum):
    """Why a file is not taken."""

    EMPTY = "empty"
    TOO_BIG = "too_big"
    TOO_MANY = "too_many"
    WRONG_TYPE = "wrong_type"
    #: The name says one type and the content another, or the name hides something.
    MISLEADING_NAME = "misleading_name"
    UNREADABLE = "unreadable"
    TOO_MANY_PIXELS = "too_many_pixels"
    ACTIVE_PDF = "active_pdf"
    NO_SPACE = "no_space"
    GONE = "gone"


class Refused(Exception):
    """The file is not taken."""

    def __init__(self, why: Why) -> None:
        super().__init__(why.value)
        self.why = why


@dataclass(frozen=True, slots=True)
class Checked:
    name: str
    content_type: str
    #: Of an image, drawn anew: without the place where it was taken and all else that cameras write into files.
    data: bytes


def check(data: bytes, *, name: str, types: Collection[str]) -> Checked:
    """What is kept of a file.

    :param name: as the browser gave it.
    :param types: those that are taken.
    :raises Refused: where it is not one of them, or not whole, or its name misleads.
    """
    if not data:
        raise Refused(Why.EMPTY)
    found = type_of(data)
    if found not in types:
        raise Refused(Why.WRONG_TYPE)
    tidy = checked_name(name, found)
    if found == PDF:
        _check_pdf(data)
        return Checked(tidy, found, data)
    return Checked(tidy, found, _drawn_anew(data, found))


def type_of(data: bytes) -> str:
    """The media type by how the file begins; "" for any that nobody hands in here."""
    if data.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "image/webp"
    return PDF if data.startswith(b"%PDF-") else ""


def checked_name(name: str, content_type: str) -> str:
    """The name as it is shown and given to who downloads it.

    :raises Refused: where it says another type than the content, or shows its letters in another order.
    """
    if any(unicodedata.category(character) in ("Cc", "Cf", "Cs", "Zl", "Zp") for character in name):
        raise Refused(Why.MISLEADING_NAME)
    path = PurePosixPath(unicodedata.normalize("NFC", name).replace("\\", "/"))
    endings = [suffix.removeprefix(".").strip().lower() for suffix in path.suffixes]
    if not endings or endings[-1] not in ENDINGS[content_type] or not _PROGRAMS.isdisjoint(endings):
        raise Refused(Why.MISLEADING_NAME)
    return f"{path.stem[: MAX_NAME_LENGTH - 6].strip()}.{endings[-1]}"


def _drawn_anew(data: bytes, content_type: str) -> bytes:
    kind = _FORMATS[content_type]
    try:
        with Image.open(io.BytesIO(data), formats=[kind]) as image:
            width, height = image.size
            if width * height > MAX_PIXELS:
                raise Refused(Why.TOO_MANY_PIXELS)
            # As few copies as can be: of the largest picture each takes a quarter of a gigabyte.
            ImageOps.exif_transpose(image, in_place=True)
            has_alpha = kind != "JPEG" and (image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info)
            mode = "RGBA" if has_alpha else "RGB"
            pixels = image if image.mode == mode else image.convert(mode)
            # A new image knows nothing of what was written into the file beside its pixels.
            fresh = Image.new(mode, pixels.size)
            fresh.paste(pixels)
    except Refused:
        raise
    # Pillow's readers raise whatever a broken file makes them stumble over.
    except Exception as error:
        raise Refused(Why.UNREADABLE) from error
    out = io.BytesIO()
    fresh.save(out, kind, **({} if kind == "PNG" else {"quality": 88}))
    return out.getvalue()


def small(data: bytes, content_type: str, *, pixels: int) -> bytes:
    """A picture that was checked, no wider and no higher than so many pixels.

    :raises Refused: where it cannot be read any more.
    """
    kind = _FORMATS[content_type]
    try:
        with Image.open(io.BytesIO(data), formats=[kind]) as image:
            image.thumbnail((pixels, pixels))
            out = io.BytesIO()
            image.save(out, kind, **({} if kind == "PNG" else {"quality": 85}))
    except Exception as error:
        raise Refused(Why.UNREADABLE) from error
    return out.getvalue()


def _check_pdf(data: bytes) -> None:
    if b"%%EOF" not in data[-2048:]:
        raise Refused(Why.UNREADABLE)
    if pdf_contents.does_something(data):
        raise Refused(Why.ACTIVE_PDF)
