"""Thumbnails."""

from io import BytesIO

import pytest
from PIL import ExifTags, Image

from stack.images import ImageUnreadable, thumbnail_make

BOX = (64, 64)


def saved(image: Image.Image, kind: str = "JPEG", **options: object) -> BytesIO:
    """Return the picture's file, at its beginning."""
    content = BytesIO()
    image.save(content, kind, **options)
    content.seek(0)
    return content


@pytest.mark.proves("pillow")
@pytest.mark.parametrize(
    ("size", "expected"), [((640, 320), (64, 32)), ((320, 640), (32, 64)), ((20, 10), (20, 10))]
)
def test_a_thumbnail_fits_its_box_and_keeps_its_proportions(
    size: tuple[int, int], expected: tuple[int, int]
) -> None:
    with Image.open(thumbnail_make(saved(Image.new("RGB", size, "teal")), BOX)) as thumbnail:
        assert (thumbnail.format, thumbnail.size) == ("WEBP", expected)


@pytest.mark.parametrize(
    ("kind", "mode"),
    [
        ("JPEG", "L"),
        ("JPEG", "CMYK"),
        ("PNG", "1"),
        ("PNG", "P"),
        ("PNG", "I;16"),
        ("PNG", "LA"),
        ("WEBP", "RGBA"),
    ],
)
def test_every_colour_mode_can_be_made_small(kind: str, mode: str) -> None:
    with Image.open(thumbnail_make(saved(Image.new(mode, (640, 320)), kind), BOX)) as thumbnail:
        assert thumbnail.size == (64, 32)


def test_transparency_survives() -> None:
    clear = saved(Image.new("RGBA", (128, 128), (255, 0, 0, 0)), "PNG")

    with Image.open(thumbnail_make(clear, BOX)) as thumbnail:
        assert thumbnail.convert("RGBA").getpixel((32, 32))[3] == 0  # type: ignore[index]


def test_a_picture_taken_sideways_is_put_upright() -> None:
    sideways = Image.new("RGB", (640, 320), "black")
    sideways.paste("white", (0, 0, 320, 320))
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = 6  # the camera was turned: row 0 is the right side

    with Image.open(thumbnail_make(saved(sideways, exif=exif), BOX)) as thumbnail:
        upright = thumbnail.convert("L")
        assert thumbnail.size == (32, 64)
        assert upright.getpixel((16, 5)) > 200  # type: ignore[operator]
        assert upright.getpixel((16, 58)) < 50  # type: ignore[operator]


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_nothing_but_pixels_survives(kind: str) -> None:
    exif = Image.Exif()
    exif[ExifTags.Base.Model] = "hidden-camera"
    original = saved(Image.new("RGB", (640, 320)), kind, exif=exif, xmp=b"<x>hidden-place</x>").getvalue()
    assert b"hidden-camera" in original

    thumbnail = thumbnail_make(BytesIO(original + b"<script>hidden-script</script>"), BOX).read()

    assert b"hidden" not in thumbnail


def test_a_truncated_picture_is_unreadable() -> None:
    content = saved(Image.effect_noise((640, 320), 50)).getvalue()

    with pytest.raises(ImageUnreadable):
        thumbnail_make(BytesIO(content[: len(content) // 2]), BOX)


def test_a_storage_that_fails_while_it_is_read_has_not_damaged_the_picture() -> None:
    class Broken(BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            raise ConnectionError

    with pytest.raises(ConnectionError):
        thumbnail_make(Broken(), BOX)
