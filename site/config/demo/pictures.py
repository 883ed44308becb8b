"""Draws the demonstration's pictures, the same on every machine, so that none has to be shipped or fetched."""

from collections.abc import Callable
from io import BytesIO

from django.core.files.images import ImageFile
from PIL import Image, ImageDraw
from wagtail.images.models import Image as WagtailImage

_SIZE = (1600, 900)
_SKY, _GLOW = (219, 234, 236), (255, 240, 214)
_INK, _TEAL, _DEEP, _SAND, _WHITE, _CORAL = (
    (27, 54, 66),
    (42, 110, 118),
    (22, 78, 92),
    (233, 214, 184),
    (252, 250, 245),
    (214, 106, 79),
)

ALT_TEXTS = {
    "capitol": "Drawing of a domed state house on a hill at dawn",
    "screen": "Drawing of a laptop on a desk with a physician on its screen",
    "forms": "Drawing of a tall pile of paper forms beside a clock",
    "harbor": "Drawing of a harbor town with a lighthouse that is lit",
}


def _sky(draw: ImageDraw.ImageDraw) -> None:
    width, height = _SIZE
    for y in range(height):
        share = y / height
        colour = tuple(round(a + (b - a) * share) for a, b in zip(_SKY, _GLOW, strict=True))
        draw.line([(0, y), (width, y)], fill=colour)


def _capitol(draw: ImageDraw.ImageDraw) -> None:
    draw.ellipse([-300, 620, 1900, 1500], fill=_TEAL)
    draw.ellipse([500, 700, 2400, 1600], fill=_DEEP)
    draw.rectangle([480, 560, 1120, 740], fill=_WHITE)
    for x in range(510, 1110, 60):
        draw.rectangle([x, 590, x + 24, 740], fill=_SAND)
    draw.polygon([(620, 560), (800, 470), (980, 560)], fill=_SAND)
    draw.rectangle([690, 400, 910, 480], fill=_WHITE)
    draw.pieslice([690, 270, 910, 530], 180, 360, fill=_CORAL)
    draw.rectangle([792, 200, 808, 285], fill=_INK)


def _screen(draw: ImageDraw.ImageDraw) -> None:
    draw.rectangle([0, 700, 1600, 900], fill=_SAND)
    draw.rounded_rectangle([430, 240, 1170, 700], 24, fill=_INK)
    draw.rectangle([460, 270, 1140, 670], fill=_SKY)
    draw.ellipse([720, 330, 880, 490], fill=_CORAL)
    draw.pieslice([610, 480, 990, 860], 180, 360, fill=_WHITE)
    draw.arc([730, 480, 870, 640], 0, 180, fill=_DEEP, width=12)
    draw.rounded_rectangle([340, 700, 1260, 740], 16, fill=_DEEP)
    draw.ellipse([190, 560, 330, 720], fill=_TEAL)
    draw.rectangle([245, 420, 275, 600], fill=_TEAL)


def _forms(draw: ImageDraw.ImageDraw) -> None:
    draw.rectangle([0, 740, 1600, 900], fill=_DEEP)
    for step in range(14):
        shift = (step * 37) % 46
        draw.rectangle(
            [430 + shift, 700 - step * 36, 860 + shift, 736 - step * 36], fill=_WHITE, outline=_TEAL, width=3
        )
    draw.ellipse([1010, 330, 1370, 690], fill=_INK)
    draw.ellipse([1040, 360, 1340, 660], fill=_WHITE)
    draw.line([(1190, 510), (1190, 400)], fill=_CORAL, width=14)
    draw.line([(1190, 510), (1280, 560)], fill=_CORAL, width=14)


def _harbor(draw: ImageDraw.ImageDraw) -> None:
    draw.rectangle([0, 620, 1600, 900], fill=_TEAL)
    for y in range(660, 900, 48):
        draw.line([(0, y), (1600, y - 18)], fill=_DEEP, width=5)
    for index, x in enumerate(range(60, 760, 140)):
        top = 430 + (index % 3) * 40
        draw.rectangle([x, top, x + 120, 640], fill=(_WHITE, _SAND, _CORAL)[index % 3])
        draw.polygon([(x - 10, top), (x + 60, top - 70), (x + 130, top)], fill=_INK)
    draw.polygon([(1200, 640), (1225, 280), (1315, 280), (1340, 640)], fill=_WHITE)
    draw.rectangle([1215, 400, 1328, 460], fill=_CORAL)
    draw.rectangle([1228, 220, 1312, 280], fill=_GLOW, outline=_INK, width=8)
    draw.polygon([(1312, 240), (1600, 150), (1600, 330)], fill=_GLOW)
    draw.polygon([(1215, 222), (1270, 160), (1325, 222)], fill=_INK)


_SCENES: dict[str, Callable[[ImageDraw.ImageDraw], None]] = {
    "capitol": _capitol,
    "screen": _screen,
    "forms": _forms,
    "harbor": _harbor,
}


def picture(scene: str) -> WagtailImage:
    """The library's picture of that scene, drawn on first use. :raises KeyError: for a scene that nobody drew."""
    title = ALT_TEXTS[scene]
    existing = WagtailImage.objects.filter(title=title).first()
    if existing is not None:
        return existing
    canvas = Image.new("RGB", _SIZE)
    draw = ImageDraw.Draw(canvas)
    _sky(draw)
    _SCENES[scene](draw)
    buffer = BytesIO()
    canvas.save(buffer, "PNG", optimize=True)
    image = WagtailImage(title=title, description=title)
    image.file = ImageFile(BytesIO(buffer.getvalue()), name=f"demo-{scene}.png")
    image.save()
    return image
