"""A QR code to be printed, with the address that it leads to below it."""

import io
from html import escape

import segno
from PIL import Image, ImageDraw, ImageFont

#: In centimetres, with the margin: a badge, a handout, a poster, a banner.
SIZES = (4, 8, 15, 30)
_DOTS_PER_CM = 300 / 2.54
#: Modules that stay white on each side, as ISO/IEC 18004 asks; readers fail without.
QUIET_ZONE = 4
#: 15 % of the code may be dirty or torn.
_CORRECTION = "m"
#: So that the address can be read where the code is small.
_LETTERS_IN_LINE = 34
_LINE = 1.4


def code(address: str) -> segno.QRCode:
    """At least with correction M, and with more where that makes it no larger."""
    return segno.make_qr(address, error=_CORRECTION, boost_error=True)


def svg(address: str, *, size_cm: int) -> bytes:
    """:param size_cm: the width on paper, with the quiet zone; the lines of the address come below."""
    made = code(address)
    width = made.symbol_size(border=QUIET_ZONE)[0]
    letter = _letter(width)
    lines = _lines(address)
    height = width + letter * _LINE * len(lines) + letter
    texts = "".join(
        f'<text x="{width / 2:g}" y="{width + letter * _LINE * (number + 0.7):g}">{escape(line)}</text>'
        for number, line in enumerate(lines)
    )
    drawn = made.svg_inline(border=QUIET_ZONE, light="white")
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{size_cm}cm" height="{size_cm * height / width:g}cm" '
        f'viewBox="0 0 {width} {height:g}"><title>{escape(address)}</title>'
        f'<rect width="{width}" height="{height:g}" fill="white"/>{drawn}'
        f'<g font-family="monospace" font-size="{letter:g}" text-anchor="middle" fill="black">{texts}</g></svg>'
    ).encode()


def png(address: str, *, size_cm: int) -> bytes:
    """The same for 300 dots per inch; a module is a whole number of dots, so that its edges stay sharp."""
    made = code(address)
    modules = made.symbol_size(border=QUIET_ZONE)[0]
    scale = max(1, int(size_cm * _DOTS_PER_CM) // modules)
    drawn = io.BytesIO()
    made.save(drawn, kind="png", scale=scale, border=QUIET_ZONE)
    symbol = Image.open(drawn).convert("L")
    lines = _lines(address)
    letter = max(8, int(_letter(symbol.width)))
    image = Image.new("L", (symbol.width, symbol.height + int(letter * _LINE * len(lines)) + letter), 255)
    image.paste(symbol, (0, 0))
    draw, font = ImageDraw.Draw(image), ImageFont.load_default(size=letter)
    for number, line in enumerate(lines):
        draw.text((symbol.width / 2, symbol.height + letter * _LINE * number), line, fill=0, font=font, anchor="ma")
    written = io.BytesIO()
    image.save(written, format="PNG", dpi=(300, 300), optimize=True)
    return written.getvalue()


def _letter(width: float) -> float:
    """The height of a letter with which a full line is as wide as the code: a letter is 0.6 as wide as high."""
    return width * 0.92 / (_LETTERS_IN_LINE * 0.6)


def _lines(address: str) -> list[str]:
    shown = address.partition("://")[2] or address
    return [shown[start : start + _LETTERS_IN_LINE] for start in range(0, len(shown), _LETTERS_IN_LINE)]
