"""What may be uploaded as a picture, and what may not."""

import struct
import zlib
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from PIL import Image

from stack.images import ImageLimits
from stack.images.limits import PIXELS_DECODED


def picture(kind: str = "PNG", size: tuple[int, int] = (40, 30)) -> bytes:
    """Return the file of a small picture."""
    content = BytesIO()
    Image.new("RGB", size, "teal").save(content, kind)
    return content.getvalue()


def bomb(width: int, height: int) -> bytes:
    """Return a PNG of a few kilobytes whose header promises width times height pixels."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    rows = zlib.compress(bytes(1_000_000))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def refused(content: bytes, limits: ImageLimits | None = None) -> str:
    """Return the code with which the limits refuse a file."""
    with pytest.raises(ValidationError) as caught:
        (limits or ImageLimits())(ContentFile(content, name="upload"))
    return str(caught.value.code)


@pytest.mark.proves("pillow")
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_pictures_of_the_web_pass_and_are_left_at_their_beginning(kind: str) -> None:
    upload = ContentFile(picture(kind), name="upload")
    upload.seek(7)

    ImageLimits()(upload)

    assert upload.tell() == 0


@pytest.mark.asvs("5.2.2")
@pytest.mark.parametrize("kind", ["GIF", "BMP", "TIFF", "PPM", "ICO"])
def test_other_formats_that_pillow_reads_are_refused(kind: str) -> None:
    assert refused(picture(kind)) == "image_format"


@pytest.mark.asvs("1.3.4", "5.2.2")
@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"GIF89a<script>alert(1)</script>",
        b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
        b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n",
        picture()[:20],
        b"\xff\xd8\xff\xe0" + bytes(100),
    ],
)
def test_what_is_no_picture_is_refused(content: bytes) -> None:
    assert refused(content) == "image_format"


@pytest.mark.asvs("5.2.1")
def test_a_file_of_too_many_bytes_is_refused_unread() -> None:
    assert refused(bytes(101), ImageLimits(size_max=100)) == "image_size"


@pytest.mark.parametrize(("width", "pixels"), [(10, 99), (11, 110)])
def test_the_pixel_limit_is_exact(width: int, pixels: int) -> None:
    limits = ImageLimits(pixels_max=pixels)

    if width * 10 <= pixels:
        limits(ContentFile(picture(size=(width, 10)), name="upload"))
    else:
        assert refused(picture(size=(width, 10)), limits) == "image_pixels"


@pytest.mark.parametrize(("kind", "pixels"), PIXELS_DECODED.items())
def test_what_is_decoded_whole_has_a_limit_of_its_own(kind: str, pixels: int) -> None:
    assert refused(picture(kind, (2_000, pixels // 2_000 + 1))) == "image_pixels"
    ImageLimits()(ContentFile(picture(kind, (2_000, pixels // 2_000)), name="upload"))


@pytest.mark.parametrize(("side", "code"), [(8_000, "image_pixels"), (40_000, "image_format")])
def test_a_bomb_is_refused_before_a_pixel_is_decoded(side: int, code: str) -> None:
    content = bomb(side, side)
    assert len(content) < 2_000

    # Decoding would find the pixels missing, and call the format bad; Pillow's own limit is the second code.
    assert refused(content) == code
