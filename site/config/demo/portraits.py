"""Draws a portrait of each of Alder's officials, the same on every machine, so that none has to be fetched."""

import random
from io import BytesIO

from django.core.files.base import ContentFile
from PIL import Image, ImageDraw

from config.demo.officials import OFFICIALS, SampleOfficial, source_id
from legislators.records.officials import Official

_SIZE = (320, 400)
_BACKS = [(219, 234, 236), (255, 240, 214), (226, 232, 214), (240, 222, 216)]
_SKINS = [(241, 208, 178), (214, 168, 128), (164, 113, 78), (110, 74, 52), (232, 190, 158)]
_HAIRS = [(40, 32, 30), (92, 62, 42), (150, 110, 66), (190, 186, 180), (70, 40, 34)]
_COATS = [(27, 54, 66), (42, 110, 118), (92, 60, 76), (70, 80, 52), (60, 60, 84)]
#: One office has sent no photo: the initials that stand in its place are to be seen too.
WITHOUT_PHOTO = 10


def build() -> None:
    """Gives every sample official a portrait who has none yet."""
    for one in OFFICIALS:
        official = Official.objects.get(source_id=source_id(one))
        if not official.photo and one.number != WITHOUT_PHOTO:
            official.photo.save(f"sample-{one.number}.png", ContentFile(portrait(one)))


def portrait(official: SampleOfficial) -> bytes:
    """A PNG of 320 by 400 pixels."""
    chance = random.Random(official.number)  # noqa: S311 - a drawing, no secret
    back, skin, hair, coat = (chance.choice(colours) for colours in (_BACKS, _SKINS, _HAIRS, _COATS))
    has_long_hair, has_glasses = chance.random() < 0.5, chance.random() < 0.4
    # Drawn at twice the size: Pillow's shapes have hard edges.
    canvas = Image.new("RGB", (640, 800), back)
    draw = ImageDraw.Draw(canvas)
    if has_long_hair:
        draw.rounded_rectangle([190, 170, 450, 560], 120, fill=hair)
    draw.ellipse([60, 560, 580, 1100], fill=coat)
    draw.polygon([(250, 580), (390, 580), (320, 720)], fill=(250, 248, 243))
    draw.rounded_rectangle([270, 450, 370, 620], 48, fill=skin)
    draw.ellipse([212, 190, 428, 490], fill=skin)
    draw.pieslice([200, 160, 440, 440], 180, 360, fill=hair)
    draw.ellipse([212, 230, 428, 400], fill=skin)
    for x in (268, 372):
        draw.ellipse([x - 9, 322, x + 9, 342], fill=(40, 32, 30))
        if has_glasses:
            draw.ellipse([x - 40, 296, x + 40, 368], outline=(40, 32, 30), width=6)
    draw.arc([275, 360, 365, 440], 25, 155, fill=(120, 60, 50), width=7)
    buffer = BytesIO()
    canvas.resize(_SIZE, Image.Resampling.LANCZOS).save(buffer, "PNG", optimize=True)
    return buffer.getvalue()
