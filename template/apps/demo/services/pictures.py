"""Pictures for goods that were never photographed."""

from hashlib import sha256
from io import BytesIO

from django.core.files.base import ContentFile
from PIL import Image, ImageDraw

SIZE = 256
"""Pixels: width and height."""


def picture_draw(name: str) -> "ContentFile[bytes]":
    """Draw a still life of three discs, always the same for the same name.

    Args:
        name: What it is a picture of; chooses colours and places.

    Returns:
        A PNG.
    """
    numbers = sha256(name.encode()).digest()
    hue = numbers[0] * 360 // 256
    image = Image.new("RGB", (SIZE, SIZE), f"hsl({hue}, 30%, 90%)")
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, SIZE * 0.68, SIZE, SIZE), f"hsl({hue}, 25%, 82%)")
    for index, (left, top, size) in enumerate(zip(numbers[1:4], numbers[4:7], numbers[7:10], strict=True)):
        radius = SIZE * (0.12 + size / 256 * 0.16)
        centre = (SIZE * (0.25 + left / 512), SIZE * (0.3 + top / 640))
        draw.circle(centre, radius, f"hsl({(hue + 40 * index) % 360}, 45%, {40 + 12 * index}%)")
    content = BytesIO()
    image.save(content, "PNG")
    return ContentFile(content.getvalue(), "picture.png")
