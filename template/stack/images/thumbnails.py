"""Small pictures out of large ones."""

from io import BytesIO
from typing import IO

from django.core.files.base import ContentFile
from PIL import ImageOps

from stack.images.limits import image_open


def thumbnail_make(source: IO[bytes], size: tuple[int, int], *, quality: int = 80) -> "ContentFile[bytes]":
    """Make a WebP that fits into a box, upright and without metadata.

    Only pixels survive: no place or camera (EXIF, XMP), and nothing that was put into the file to
    make it more than a picture.

    Args:
        source: A JPEG, PNG or WebP file within `ImageLimits`.
        size: The box: width and height, in pixels. A smaller picture keeps its size.
        quality: WebP's, from 0 to 100.

    Returns:
        The file's content.

    Raises:
        ImageUnreadable: When the picture can't be decoded.
    """
    with image_open(source) as image:
        # A JPEG can be decoded at a fraction of its size. A square, as it may yet be turned on its side.
        image.draft("RGB", (2 * max(size), 2 * max(size)))
        picture = image.convert("RGBA" if image.has_transparency_data else "RGB")
        ImageOps.exif_transpose(picture, in_place=True)
    picture.thumbnail(size)
    thumbnail = BytesIO()
    picture.save(thumbnail, "WEBP", quality=quality)
    return ContentFile(thumbnail.getvalue())
