"""What an uploaded picture may be: its format, bytes and pixels."""

import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from typing import IO

from django.core.exceptions import ValidationError
from django.core.files import File
from django.utils.deconstruct import deconstructible
from PIL import Image, PngImagePlugin

from stack.images.parts import has_too_many_parts

FORMATS = ("JPEG", "PNG", "WEBP")
"""Pillow reads some forty formats, several through rarely used parsers; the web needs three."""

PIXELS_DECODED = {"PNG": 12_000_000, "WEBP": 7_000_000}
"""The most of those that are decoded whole, for which Pillow takes up to 12 and 20 bytes a pixel."""
PngImagePlugin.MAX_TEXT_MEMORY = 1024 * 1024  # bytes; Pillow unpacks 64 times as many, when it reads a header
SIDE_MAX = 8_192
"""Pixels; a JPEG that is but a strip can't be decoded at a fraction of its size, as others are."""

# Not all of Exception: whoever ends a task that takes too long raises one, in whatever line it is at.
_DAMAGE = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    EOFError,
    LookupError,
    MemoryError,
    OSError,
    RuntimeError,
    SyntaxError,
    TypeError,
    ValueError,
    Image.DecompressionBombError,
    struct.error,
    zlib.error,
)
"""Pillow's parsers raise whatever they stumble over in a damaged file."""


class ImageUnreadable(Exception):
    """The file isn't a picture that can be read."""


class ImageCostly(ImageUnreadable):
    """The file has more parts than a picture needs."""


@contextmanager
def image_open(source: IO[bytes]) -> Iterator[Image.Image]:
    """Read a picture's header; its pixels stay undecoded until the block asks for them.

    Args:
        source: The file, which is read whole first: a storage that fails has not damaged the picture.

    Yields:
        The picture.

    Raises:
        ImageCostly: When its decoder would be kept busy by more parts than a picture has.
        ImageUnreadable: When the file is no JPEG, PNG or WebP, or turns out to be damaged or a
            decompression bomb, here or in the block.
    """
    content = source.read()
    if has_too_many_parts(content):
        raise ImageCostly("it has too many scans, segments or chunks")
    try:
        with Image.open(BytesIO(content), formats=FORMATS) as image:
            yield image
    except _DAMAGE as error:
        raise ImageUnreadable(str(error)) from error


@deconstructible
@dataclass
class ImageLimits:
    """A validator of uploaded pictures, for the fields of forms and serializers.

    A few kilobytes of PNG can hold a picture of a gigabyte, so width and height, which the header
    tells, are judged before a pixel is decoded: what passes can be made small within 150 MiB.

    Args:
        size_max: The largest file, in bytes.
        pixels_max: The largest picture, in pixels. PNG and WebP have limits of their own beside it.
    """

    size_max: int = 5 * 1024 * 1024
    pixels_max: int = 16_000_000

    def __call__(self, upload: "File[bytes]") -> None:
        """Refuse a file that is too large, no picture, or a picture of too many parts or pixels.

        Args:
            upload: The file, which is left at its beginning.

        Raises:
            ValidationError: Saying which limit was passed, and by how much.
        """
        if upload.size > self.size_max:
            raise ValidationError(
                f"The file has {upload.size:,} bytes; {self.size_max:,} are allowed.", code="image_size"
            )
        upload.seek(0)
        try:
            with image_open(upload) as image:
                width, height = image.size
                pixels_max = min(self.pixels_max, PIXELS_DECODED.get(image.format or "", self.pixels_max))
        except ImageCostly as error:
            raise ValidationError(
                "The picture has more parts than a picture needs.", code="image_parts"
            ) from error
        except ImageUnreadable as error:
            raise ValidationError("The file is no JPEG, PNG or WebP picture.", code="image_format") from error
        upload.seek(0)
        if width * height > pixels_max or max(width, height) > SIDE_MAX:
            raise ValidationError(
                f"The picture has {width} x {height} pixels; {pixels_max:,} in all are allowed, "
                f"and {SIDE_MAX:,} a side.",
                code="image_pixels",
            )
