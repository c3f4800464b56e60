"""What may be uploaded can be made small in bounded memory, whatever it was made to cost."""

import struct
import subprocess
import sys
import zlib
from io import BytesIO
from pathlib import Path

import pytest
from PIL import ExifTags, Image

from stack.environment import BASE_DIR
from stack.images.limits import PIXELS_DECODED, SIDE_MAX, ImageLimits
from stack.images.parts import PACKED_MAX

MEBIBYTES = 150
MEASURE = """
import re, sys
from django.core.exceptions import ValidationError
from django.core.files import File
from stack.images import ImageLimits, ImageUnreadable, thumbnail_make
from PIL import Image, JpegImagePlugin, PngImagePlugin, WebPImagePlugin
def most():
    return int(re.search(r"VmHWM:\\s+(\\d+) kB", open("/proc/self/status").read())[1]) / 1024
before = most()
with open(sys.argv[1], "rb") as file:
    try:
        ImageLimits()(File(file))
        thumbnail_make(file, (256, 256))
        outcome = "made"
    except ValidationError as error:
        outcome = error.code
print(outcome, most() - before)
"""

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="reads Linux's /proc")


def measured(content: bytes, folder: Path) -> tuple[str, float]:
    """Validate and make small a picture in a process of its own.

    Returns:
        What became of it, and by how many MiB the process grew.
    """
    file = folder / "picture"
    file.write_bytes(content)
    command = [sys.executable, "-c", MEASURE, str(file)]
    done = subprocess.run(command, cwd=BASE_DIR, capture_output=True, text=True, check=True)
    outcome, grown = done.stdout.split()
    return outcome, float(grown)


def png(width: int, height: int, *more: tuple[bytes, bytes]) -> bytes:
    """Make a PNG of so many black pixels, with more chunks before them."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)
    row, packer = bytes(1 + 4 * width), zlib.compressobj(1)
    pixels = b"".join(packer.compress(row) for _ in range(height)) + packer.flush()
    chunks = [(b"IHDR", header), *more, (b"IDAT", pixels), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunk(*each) for each in chunks)


def saved(kind: str, mode: str, size: tuple[int, int], **options: object) -> bytes:
    """Make a picture that was taken sideways, as turning it costs, too."""
    content, exif = BytesIO(), Image.Exif()
    exif[ExifTags.Base.Orientation] = 6
    Image.new(mode, size).save(content, kind, exif=exif, **options)
    return content.getvalue()


@pytest.mark.asvs("5.2.1", "15.2.2")
@pytest.mark.parametrize(
    ("kind", "mode", "width", "options"),
    [
        ("PNG", "RGBA", 4_000, {}),
        ("PNG", "LA", 4_000, {}),
        ("PNG", "P", 4_000, {"transparency": 0}),
        ("WEBP", "RGBA", 3_500, {}),
        ("JPEG", "CMYK", 4_000, {"progressive": True, "subsampling": 0}),
        ("JPEG", "CMYK", SIDE_MAX, {"progressive": True, "subsampling": 0}),
    ],
)
def test_the_largest_picture_is_made_small_within_bounds(
    tmp_path: Path, kind: str, mode: str, width: int, options: dict[str, object]
) -> None:
    height = PIXELS_DECODED.get(kind, ImageLimits.pixels_max) // width
    outcome, grown = measured(saved(kind, mode, (width, height), **options), tmp_path)
    assert outcome == "made"
    assert grown < MEBIBYTES


@pytest.mark.asvs("5.2.1", "15.2.2")
@pytest.mark.parametrize(
    "size", [(10_000, 10_000), (5_000, 4_000), (SIDE_MAX + 1, 10)], ids=["bomb", "too large", "a strip"]
)
def test_a_bomb_is_refused_before_it_costs_anything(tmp_path: Path, size: tuple[int, int]) -> None:
    outcome, grown = measured(png(*size), tmp_path)
    assert outcome == "image_pixels"
    assert grown < 20


def test_text_that_unpacks_to_more_is_refused(tmp_path: Path) -> None:
    text = (b"zTXt", b"Comment\0\0" + zlib.compress(b"x" * 1_000_000))
    outcome, grown = measured(png(4_000, 3_000, *[text] * PACKED_MAX), tmp_path)
    assert outcome == "image_format"
    assert grown < 20
