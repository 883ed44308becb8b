"""What is made of a file that a source calls a photo: a small clean picture, or a refusal by name."""

import io

import pytest
from PIL import Image

from legislators.adapters import photo_files
from legislators.adapters.photo_files import PhotoError
from tests.factories.pictures import picture


def test_a_large_picture_becomes_a_small_jpeg():
    with Image.open(io.BytesIO(photo_files.thumbnail(picture((3000, 4000))))) as made:
        assert (made.format, made.mode, made.size) == ("JPEG", "RGB", (300, 400))


def test_what_a_camera_wrote_down_is_gone():
    exif = Image.Exif()
    exif[0x010E] = "taken at home"
    exif.get_ifd(0x8825)[1] = "N"
    content = picture(exif=exif.tobytes(), comment=b"secret")
    assert b"taken at home" in content
    made = photo_files.thumbnail(content)
    assert b"taken at home" not in made
    assert b"secret" not in made
    with Image.open(io.BytesIO(made)) as image:
        assert dict(image.getexif()) == {}


def test_a_photo_that_was_taken_sideways_stands_upright():
    exif = Image.Exif()
    exif[0x0112] = 6
    with Image.open(io.BytesIO(photo_files.thumbnail(picture((800, 400), exif=exif.tobytes())))) as made:
        assert made.size == (200, 400)


@pytest.mark.parametrize(
    ("form", "mode"), [("PNG", "RGBA"), ("GIF", "P"), ("WEBP", "RGB"), ("PNG", "L"), ("JPEG", "L")]
)
def test_other_kinds_of_picture_are_taken_too(form, mode):
    image = Image.new("L", (120, 160), 200).convert(mode)
    content = io.BytesIO()
    image.save(content, form)
    with Image.open(io.BytesIO(photo_files.thumbnail(content.getvalue()))) as made:
        assert (made.format, made.size) == ("JPEG", (120, 160))


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"<!DOCTYPE html><title>Moved</title>", "web page"),
        (b"\n <html>", "web page"),
        (b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"></svg>', "SVG"),
        (b"", "empty"),
        (b"%PDF-1.7 ...", "not a picture"),
        (picture(form="BMP"), "not a picture"),
        (picture()[:4000], "damaged or cut off"),
        (picture(form="PNG")[:4000], "damaged or cut off"),
        (picture((1, 1)), "too small"),
    ],
)
def test_what_is_no_photo_is_refused_by_name(content, why):
    with pytest.raises(PhotoError, match=why):
        photo_files.thumbnail(content)


def test_a_picture_that_unpacks_into_gigabytes_is_refused_before_it_is_unpacked():
    bomb = io.BytesIO()
    Image.new("1", (20_000, 20_000)).save(bomb, "PNG")
    assert len(bomb.getvalue()) < 100_000
    with pytest.raises(PhotoError, match="too many pixels"):
        photo_files.thumbnail(bomb.getvalue())
