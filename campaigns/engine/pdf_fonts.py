"""The fonts that a PDF is written with, and which characters they have."""

import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFError, TTFont

#: Regular and bold, the widest coverage first: Debian's `fonts-dejavu-core`, then `fonts-liberation`. Vera comes with
#: reportlab, so that there is always one; it has Western European letters only.
CANDIDATES = (
    ("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf", "/usr/share/fonts/truetype/dejavu/DejaVuSans-Bold.ttf"),
    (
        "/usr/share/fonts/truetype/liberation/LiberationSans-Regular.ttf",
        "/usr/share/fonts/truetype/liberation/LiberationSans-Bold.ttf",
    ),
    ("Vera.ttf", "VeraBd.ttf"),
)
#: What may be asked for a character that those above lack, where this machine has it: Debian's `fonts-droid-fallback`,
#: `fonts-wqy-zenhei`, `fonts-wqy-microhei`, `fonts-nanum`, `fonts-unifont` and `fonts-symbola`. Only outlines of
#: TrueType can be embedded, so that Noto's fonts for Chinese, Japanese and Korean cannot.
MORE_CANDIDATES = (
    "/usr/share/fonts/truetype/droid/DroidSansFallbackFull.ttf",
    "/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc",
    "/usr/share/fonts/truetype/wqy/wqy-microhei.ttc",
    "/usr/share/fonts/truetype/nanum/NanumGothic.ttf",
    "/usr/share/fonts/truetype/ancient-scripts/Symbola_hint.ttf",
    "/usr/share/fonts/truetype/unifont/unifont.ttf",
    "/usr/share/fonts/truetype/unifont/unifont_upper.ttf",
)
REPLACEMENTS = ("\ufffd", "\u25a1", "?")
#: Written from right to left, or joined as the neighbours ask: without a shaping engine they come out wrong.
_RIGHT_TO_LEFT = frozenset({"R", "AL", "AN"})


@dataclass(frozen=True, slots=True)
class Fonts:
    regular: str
    bold: str
    characters: frozenset[int]
    #: Names of further fonts, and the characters that each has.
    more: tuple[tuple[str, frozenset[int]], ...] = ()

    @property
    def replacement(self) -> str:
        return next(sign for sign in REPLACEMENTS if ord(sign) in self.characters)

    def has(self, character: str) -> bool:
        """Whether the character can be written so that a reader recognises it."""
        if character in "\n\t":
            return True
        return self._is_known(character) and unicodedata.bidirectional(character) not in _RIGHT_TO_LEFT

    def _is_known(self, character: str) -> bool:
        return ord(character) in self.characters or any(ord(character) in known for _name, known in self.more)

    def runs(self, text: str) -> list[tuple[str, str]]:
        """A text that can be written, in parts of one font each, with the font's name; "" for the first font.

        :param text: as `writable` gave it.
        """
        found: list[tuple[str, str]] = []
        for character in text:
            name = self._name_for(character)
            if found and found[-1][0] == name:
                found[-1] = (name, found[-1][1] + character)
            else:
                found.append((name, character))
        return found

    def _name_for(self, character: str) -> str:
        if character in "\n\t" or ord(character) in self.characters:
            return ""
        return next((name for name, known in self.more if ord(character) in known), "")

    def writable(self, text: str) -> tuple[str, int]:
        """The text as it can be written, and how many characters had to be replaced by a sign that says so.

        A letter that the font lacks loses its accents where it has it without; that is not counted.
        """
        if text.isascii() and text.isprintable():
            return text, 0
        parts: list[str] = []
        replaced = 0
        for character in unicodedata.normalize("NFC", text):
            if self.has(character):
                parts.append(character)
                continue
            if unicodedata.category(character) in {"Cf", "Mn", "Me"}:
                continue
            base = unicodedata.normalize("NFKD", character)
            plain = "".join(part for part in base if self.has(part) and not unicodedata.combining(part))
            if plain and len(plain) == sum(not unicodedata.combining(part) for part in base):
                parts.append(plain)
                continue
            parts.append(self.replacement)
            replaced += 1
        return "".join(parts), replaced


@lru_cache(maxsize=1)
def fonts() -> Fonts:
    """The first that this machine has; told to reportlab once."""
    for number, (regular, bold) in enumerate(CANDIDATES):
        if regular.startswith("/") and not (Path(regular).is_file() and Path(bold).is_file()):
            continue
        try:
            faces = TTFont(f"packet-{number}", regular), TTFont(f"packet-{number}-bold", bold)
        except TTFError:
            continue
        for face in faces:
            pdfmetrics.registerFont(face)
        both = set(faces[0].face.charToGlyph) & set(faces[1].face.charToGlyph)
        return Fonts(faces[0].fontName, faces[1].fontName, frozenset(both), _more())
    raise RuntimeError("reportlab has lost its own font")


def _more() -> tuple[tuple[str, frozenset[int]], ...]:
    found = []
    for number, path in enumerate(MORE_CANDIDATES):
        if not Path(path).is_file():
            continue
        try:
            face = TTFont(f"packet-more-{number}", path)
        except TTFError:
            continue
        pdfmetrics.registerFont(face)
        found.append((face.fontName, frozenset(face.face.charToGlyph)))
    return tuple(found)
