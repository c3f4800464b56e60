"""What an uploaded picture may be: its format, bytes and pixels."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO

from django.core.exceptions import ValidationError
from django.core.files import File
from django.utils.deconstruct import deconstructible
from PIL import Image

FORMATS = ("JPEG", "PNG", "WEBP")
"""Pillow reads some forty formats, several through rarely used parsers; the web needs three."""


class ImageUnreadable(Exception):
    """The file isn't a picture that can be read."""


@contextmanager
def image_open(source: IO[bytes]) -> Iterator[Image.Image]:
    """Read a picture's header; its pixels stay undecoded until the block asks for them.

    Args:
        source: The file.

    Yields:
        The picture.

    Raises:
        ImageUnreadable: When the file is no JPEG, PNG or WebP, or turns out to be damaged or a
            decompression bomb, here or in the block.
    """
    try:
        with Image.open(source, formats=FORMATS) as image:
            yield image
    # Its parsers raise whatever they stumble over in a damaged file: struct.error, TypeError, SyntaxError...
    except Exception as error:
        raise ImageUnreadable(str(error)) from error


@deconstructible
@dataclass
class ImageLimits:
    """A validator of uploaded pictures, for the fields of forms and serializers.

    A few kilobytes of PNG can hold a picture of a gigabyte, so width and height, which the header
    tells, are judged before a pixel is decoded.

    Args:
        size_max: The largest file, in bytes.
        pixels_max: The largest picture, in pixels; each takes up to 4 bytes of memory once decoded.
    """

    size_max: int = 5 * 1024 * 1024
    pixels_max: int = 20_000_000

    def __call__(self, upload: "File[bytes]") -> None:
        """Refuse a file that is too large, no picture, or a picture of too many pixels.

        Args:
            upload: The file, which is left at its beginning.

        Raises:
            ValidationError: Saying which limit was passed, and by how much.
        """
        if upload.size > self.size_max:
            raise ValidationError(
                f"The file has {upload.size:,} bytes; {self.size_max:,} are allowed.", code="image_size"
            )
        try:
            with image_open(upload) as image:
                width, height = image.size
        except ImageUnreadable as error:
            raise ValidationError("The file is no JPEG, PNG or WebP picture.", code="image_format") from error
        upload.seek(0)
        if width * height > self.pixels_max:
            raise ValidationError(
                f"The picture has {width} x {height} pixels; {self.pixels_max:,} in all are allowed.",
                code="image_pixels",
            )
