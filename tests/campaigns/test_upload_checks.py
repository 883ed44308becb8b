"""What a file is by its content, and which are not taken."""

import base64
import io
import struct
import subprocess
import sys
import time
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as some
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from campaigns.engine.upload_checks import IMAGE_TYPES, PDF, Refused, Why, check, type_of

ALL = (*IMAGE_TYPES, PDF)
PLAIN_PDF = (
    b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog /OpenAction [1 0 R /Fit] >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n"
)


def picture(kind: str = "JPEG", size: tuple[int, int] = (40, 20), **options: object) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, "teal").save(out, kind, **options)
    return out.getvalue()


def photograph() -> bytes:
    """As a telephone makes it: turned on its side, with the place where it was taken, and a remark."""
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010E] = "MRN 0048213"
    exif.get_ifd(0x8825)[2] = (42.0, 21.0, 30.0)
    return picture(exif=exif, comment=b"Maria Lopez")


def _why(data: bytes, name: str, types: tuple[str, ...] = ALL) -> Why | None:
    try:
        check(data, name=name, types=types)
    except Refused as refused:
        return refused.why
    return None


@pytest.mark.parametrize(
    ("kind", "name", "content_type"),
    [("JPEG", "a.JPG", "image/jpeg"), ("PNG", "b.png", "image/png"), ("WEBP", "c.webp", "image/webp")],
)
def test_a_picture_is_taken_as_what_it_is(kind: str, name: str, content_type: str) -> None:
    checked = check(picture(kind), name=name, types=ALL)
    assert (checked.name.lower(), checked.content_type) == (name.lower(), content_type)
    assert Image.open(io.BytesIO(checked.data)).size == (40, 20)


def test_nothing_that_a_camera_writes_into_a_picture_is_kept_but_it_stands_upright() -> None:
    before = photograph()
    assert b"0048213" in before
    assert b"Maria Lopez" in before
    checked = check(before, name="IMG_1.jpg", types=ALL)
    after = Image.open(io.BytesIO(checked.data))
    assert after.size == (20, 40)
    assert not after.getexif()
    assert b"0048213" not in checked.data
    assert b"Maria Lopez" not in checked.data


def test_a_transparent_picture_stays_transparent() -> None:
    out = io.BytesIO()
    Image.new("RGBA", (4, 4), (0, 0, 0, 0)).save(out, "PNG")
    assert Image.open(io.BytesIO(check(out.getvalue(), name="a.png", types=ALL).data)).mode == "RGBA"


@pytest.mark.parametrize(
    ("data", "name", "why"),
    [
        (b"", "empty.jpg", Why.EMPTY),
        (b"MZ\x90\x00 a program", "holiday.jpg", Why.WRONG_TYPE),
        (b"<svg onload='alert(1)'/>", "drawing.png", Why.WRONG_TYPE),
        (b"GIF89a", "a.gif", Why.WRONG_TYPE),
        (b"PK\x03\x04", "letter.pdf", Why.WRONG_TYPE),
        (picture(), "letter.pdf", Why.MISLEADING_NAME),
        (picture(), "a.jpg.exe", Why.MISLEADING_NAME),
        (picture(), "a.exe.jpg", Why.MISLEADING_NAME),
        (picture(), "a\N{RIGHT-TO-LEFT OVERRIDE}gpj.exe.jpg", Why.MISLEADING_NAME),
        (picture(), "a\N{RIGHT-TO-LEFT OVERRIDE}xcod.jpg", Why.MISLEADING_NAME),
        (picture(), "no ending", Why.MISLEADING_NAME),
        (picture(), ".jpg", Why.MISLEADING_NAME),
        (picture()[:200], "cut.jpg", Why.UNREADABLE),
        (b"\xff\xd8\xff" + b"x" * 500, "noise.jpg", Why.UNREADABLE),
        (PLAIN_PDF[:-8], "cut.pdf", Why.UNREADABLE),
        (PLAIN_PDF.replace(b"/OpenAction", b"/OpenAction << /S /JavaScript /JS (x) >> /X"), "a.pdf", Why.ACTIVE_PDF),
        (PLAIN_PDF.replace(b"/OpenAction", b"/AA << /S /J#61vaScript >> /X"), "a.pdf", Why.ACTIVE_PDF),
        (PLAIN_PDF.replace(b"/OpenAction", b"/A << /S /Launch >> /X"), "a.pdf", Why.ACTIVE_PDF),
        (PLAIN_PDF.replace(b"/OpenAction", b"/EmbeddedFiles 2 0 R /X"), "a.pdf", Why.ACTIVE_PDF),
        (PLAIN_PDF.replace(b"<< /Root", b"<< /Encrypt 5 0 R /Root"), "a.pdf", Why.ACTIVE_PDF),
    ],
)
def test_what_is_not_taken(data: bytes, name: str, why: Why) -> None:
    assert _why(data, name) == why


def test_a_program_that_is_packed_inside_a_pdf_is_found() -> None:
    packed = zlib.compress(b"<< /S /JavaScript /JS (app.alert(1)) >>")
    stream = b"2 0 obj\n<< /Type /ObjStm /Filter /FlateDecode >>\nstream\n" + packed + b"\nendstream\nendobj\n"
    assert _why(PLAIN_PDF.replace(b"trailer", stream + b"trailer"), "a.pdf") == Why.ACTIVE_PDF


def test_a_program_is_found_where_the_name_of_the_packing_is_written_in_another_way() -> None:
    packed = zlib.compress(b"2 0 << /S /JavaScript /JS (app.alert) >>")
    stream = b"3 0 obj\n<< /Type /Obj#53tm >>\nstream\n" + packed + b"\nendstream\nendobj\n"
    assert _why(PLAIN_PDF.replace(b"trailer", stream + b"trailer"), "a.pdf") == Why.ACTIVE_PDF


_ALERT = b"2 0 << /S /JavaScript /JS (app.alert(1)) >>"


def _with_stream(dictionary: bytes, content: bytes, keyword: bytes = b"stream\n") -> bytes:
    stream = b"3 0 obj\n<< " + dictionary + b" >>\n" + keyword + content + b"\nendstream\nendobj\n"
    return PLAIN_PDF.replace(b"trailer", stream + b"trailer")


_OF_OBJECTS = b"/Type /ObjStm /N 1 /First 4 /Filter /FlateDecode"


@pytest.mark.parametrize(
    ("dictionary", "content", "keyword"),
    [
        (_OF_OBJECTS + b" % " + b"x" * 5000, zlib.compress(_ALERT), b"stream\n"),
        (_OF_OBJECTS + b" /X (1 0 obj << >>)", zlib.compress(_ALERT), b"stream\n"),
        (b"/N 1 /First 4 /Filter /FlateDecode", zlib.compress(_ALERT), b"stream\n"),
        (b"/Subtype /Image /Filter /FlateDecode", zlib.compress(_ALERT), b"stream\n"),
        (_OF_OBJECTS, zlib.compress(_ALERT), b"stream  \r"),
        (_OF_OBJECTS, zlib.compress(b" " * 5_000_000 + _ALERT), b"stream\r\n"),
        (
            b"/Type /ObjStm /First 4 /Filter [ /ASCII85Decode /FlateDecode ]",
            base64.a85encode(zlib.compress(_ALERT), wrapcol=70) + b"~>",
            b"stream\n",
        ),
        (b"/Type /ObjStm /First 4 /Filter /ASCII85Decode", base64.a85encode(_ALERT) + b"~>", b"stream\n"),
        (b"/Type /ObjStm /First 4 /Filter /ASCIIHexDecode", _ALERT.hex().encode() + b">", b"stream\n"),
        (b"/Type /ObjStm /First 4 /Filter /L#5aWDecode", b"\x80\x0b\x60\x50", b"stream\n"),
        (b"/First 4 /Filter [/FlateDecode /FlateDecode]", zlib.compress(zlib.compress(_ALERT)), b"stream\n"),
        (b"/First 4 /Filter 7 0 R", b"x", b"stream\n"),
        (b"/First 4 /Filter [ % ]\n /LZWDecode ]", b"x", b"stream\n"),
        (_OF_OBJECTS + b" /DecodeParms << /Predictor 12 /Columns 4 >>", zlib.compress(b"\x02abcd"), b"stream\n"),
    ],
)
def test_nothing_that_is_said_of_a_stream_hides_what_is_in_it(
    dictionary: bytes, content: bytes, keyword: bytes
) -> None:
    assert _why(_with_stream(dictionary, content, keyword), "a.pdf") == Why.ACTIVE_PDF


@pytest.mark.parametrize(
    ("dictionary", "content"),
    [
        (b"/Filter /FlateDecode", zlib.compress(b"BT (Hello) Tj ET")),
        (b"/Filter [ /ASCII85Decode /FlateDecode ]", base64.a85encode(zlib.compress(b"BT ET")) + b"~>"),
        (b"/Subtype /Image /Filter [/FlateDecode /DCTDecode]", zlib.compress(picture())),
        (b"/Subtype /Image /Filter /DCTDecode", picture()),
        (
            b"/Type /XRef /Filter /FlateDecode /DecodeParms << /Predictor 12 /Columns 4 >>",
            zlib.compress(b"\x02\x00\x00\x01\x02"),
        ),
        (b"/Subtype /Image /Filter /FlateDecode", zlib.compress(bytes(30_000_000))),
        (b"/Type /Sig /Filter /Adobe.PPKLite", b"x"),
    ],
)
def test_what_programs_write_is_taken(dictionary: bytes, content: bytes) -> None:
    assert _why(_with_stream(dictionary, content), "a.pdf") is None


def test_what_this_site_writes_itself_is_taken() -> None:
    out = io.BytesIO()
    canvas = Canvas(out)
    canvas.drawString(100, 700, "Testimony on H.1234")
    canvas.drawImage(ImageReader(io.BytesIO(picture())), 100, 500)
    canvas.showPage()
    canvas.save()
    assert _why(out.getvalue(), "testimony.pdf") is None


def test_a_pdf_with_more_packed_in_it_than_can_be_looked_through_is_not_taken() -> None:
    bomb = zlib.compress(bytes(200_000_000), 9)
    began = time.process_time()
    assert _why(_with_stream(b"/Filter /FlateDecode", bomb), "a.pdf") == Why.ACTIVE_PDF
    assert time.process_time() - began < 10


@pytest.mark.parametrize("stream", [b"/ObjStm stream\n", b"/ObjStm stream\n" + zlib.compress(b"x")])
def test_a_pdf_of_nothing_but_streams_is_looked_through_in_seconds(stream: bytes) -> None:
    data = PLAIN_PDF.replace(b"trailer", stream * (4_000_000 // len(stream)) + b"trailer")
    began = time.process_time()
    assert _why(data, "a.pdf") == Why.ACTIVE_PDF
    assert time.process_time() - began < 10


def test_a_plain_pdf_is_taken_as_it_is() -> None:
    checked = check(PLAIN_PDF, name="C:\\Users\\Maria\\letter.pdf", types=ALL)
    assert (checked.name, checked.data) == ("letter.pdf", PLAIN_PDF)


def test_a_picture_of_more_pixels_than_fit_into_memory_is_not_unpacked() -> None:
    header = struct.pack(">IIBBBBB", 30_000, 30_000, 8, 2, 0, 0, 0)
    chunk = b"IHDR" + header
    bomb = b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + chunk + struct.pack(">I", zlib.crc32(chunk))
    assert _why(bomb, "bomb.png") in {Why.TOO_MANY_PIXELS, Why.UNREADABLE}


def test_only_the_types_of_the_field_are_taken() -> None:
    assert _why(PLAIN_PDF, "a.pdf", IMAGE_TYPES) == Why.WRONG_TYPE
    assert _why(picture(), "a.jpg", (PDF,)) == Why.WRONG_TYPE


def test_a_long_name_keeps_its_ending() -> None:
    name = check(picture(), name="x" * 400 + ".jpg", types=ALL).name
    assert len(name) <= 120
    assert name.endswith("x.jpg")


_BEGINNINGS = some.sampled_from([b"", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"RIFF\x00\x00\x00\x00WEBP", b"%PDF-1.7"])


@given(_BEGINNINGS, some.binary(max_size=300), some.sampled_from([b"", b"%%EOF"]), some.text(max_size=30))
def test_no_file_and_no_name_breaks_it(start: bytes, rest: bytes, end: bytes, name: str) -> None:
    data = start + rest + end
    try:
        checked = check(data, name=name + ".pdf", types=ALL)
    except Refused:
        return
    assert type_of(checked.data) in ALL


def test_the_largest_picture_takes_no_more_memory_than_two_of_it() -> None:
    script = (
        "import io, resource; from pathlib import Path; from PIL import Image\n"
        "from campaigns.engine import upload_checks as checks\n"
        "out = io.BytesIO(); Image.new('L', (7700, 7700)).save(out, 'JPEG')\n"
        "checks.check(out.getvalue(), name='a.jpg', types=checks.IMAGE_TYPES)\n"
        # Linux hands the peak of the process that starts another on to it: only the memory itself has one of its own.
        "status = Path('/proc/self/status')\n"
        "lines = status.read_text().splitlines() if status.exists() else []\n"
        "own = [int(line.split()[1]) for line in lines if line.startswith('VmHWM:')]\n"
        "print(own[0] if own else resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"
    )
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    kilobytes = int(ran.stdout) // (1024 if sys.platform == "darwin" else 1)
    assert kilobytes < 700_000
