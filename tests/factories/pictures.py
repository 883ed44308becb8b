"""Makes picture files."""

import io

from PIL import Image


def picture(size=(800, 600), form="JPEG", mode="RGB", **options) -> bytes:
    made = io.BytesIO()
    # Noise in one corner, so that a file that is cut off lacks something.
    image = Image.new(mode, size, "teal" if mode == "RGB" else 120)
    image.paste(Image.effect_noise((min(size[0], 300), min(size[1], 300)), 90).convert(mode))
    image.save(made, form, **options)
    return made.getvalue()
