"""Small files of many parts, each of which costs a decoder something, are refused before one is decoded."""

import struct
import zlib
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from PIL import Image, ImageSequence

from stack.images import ImageLimits, ImageUnreadable, thumbnail_make
from stack.images.parts import PACKED_MAX, SCANS_MAX, SEGMENTS_MAX, TABLES_MAX, has_too_many_parts

START, SCAN, END = b"\xff\xd8", b"\xff\xda", b"\xff\xd9"
PACKED = zlib.compress(bytes(1_000_000))[:-4] + b"lost"
"""A mebibyte that Pillow unpacks and then, as its sum is wrong, does not count."""


def saved(kind: str, mode: str = "RGB", **options: Any) -> bytes:
    """Return the file of a picture with something to see."""
    content = BytesIO()
    Image.effect_noise((64, 48), 50).convert(mode).save(content, kind, **options)
    return content.getvalue()


def segment(marker: int, data: bytes) -> bytes:
    """Return a segment of a JPEG."""
    return bytes((0xFF, marker)) + struct.pack(">H", len(data) + 2) + data


def scans(count: int) -> bytes:
    """Return a progressive JPEG, its last scan repeated until there are so many."""
    content = saved("JPEG", progressive=True)
    last = content[content.rindex(SCAN) : -len(END)]
    return content[: -len(END)] + last * (count - content.count(SCAN)) + END


def with_segments(*segments: bytes, before: bytes = b"") -> bytes:
    """Return a JPEG with more segments at its beginning."""
    return START + before + b"".join(segments) + saved("JPEG")[len(START) :]


def chunk(kind: bytes, data: bytes) -> bytes:
    """Return a chunk of a PNG."""
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def with_chunks(kind: bytes, data: bytes, count: int, *, after: bool = False) -> bytes:
    """Return a PNG with more chunks before its pixels, or after."""
    content = saved("PNG")
    place = len(content) - 12 if after else 33
    return content[:place] + chunk(kind, data) * count + content[place:]


@pytest.mark.asvs("5.2.1", "15.2.2")
@pytest.mark.parametrize(
    "content",
    [
        pytest.param(scans(SCANS_MAX + 1), id="scans"),
        pytest.param(scans(SCANS_MAX + 1).replace(SCAN, b"\xff\xff" + SCAN[1:]), id="scans, markers padded"),
        pytest.param(
            with_segments(*[segment(0xE1, b"Exif\0\0x")] * SEGMENTS_MAX), id="segments, copied at each"
        ),
        pytest.param(
            with_segments(*[segment(0xE1, b"Exif\0\0x")] * SEGMENTS_MAX, before=END),
            id="segments after an end that Pillow does not stop at",
        ),
        pytest.param(
            with_segments(*[segment(0xDB, bytes(65 * 1_000))] * (TABLES_MAX // 65_000 + 1)), id="tables"
        ),
        pytest.param(with_chunks(b"iCCP", b"a\0\0" + PACKED, PACKED_MAX + 1), id="profiles"),
        pytest.param(with_chunks(b"zTXt", b"a\0\0" + PACKED, PACKED_MAX + 1), id="texts"),
        pytest.param(
            with_chunks(b"iTXt", b"a\0\1\0\0\0" + PACKED, PACKED_MAX + 1, after=True), id="texts at the end"
        ),
    ],
)
def test_more_parts_than_a_picture_has_are_refused_before_any_is_read(
    content: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("PIL.Image.open", lambda *_, **__: pytest.fail("was read"))

    with pytest.raises(ValidationError) as refused:
        ImageLimits()(ContentFile(content, name="upload"))
    with pytest.raises(ImageUnreadable):
        thumbnail_make(BytesIO(content), (64, 64))

    assert refused.value.code == "image_parts"


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(saved("JPEG", progressive=True, optimize=True), id="progressive"),
        pytest.param(saved("JPEG", "CMYK", progressive=True), id="progressive, of four inks"),
        pytest.param(saved("JPEG", restart_marker_blocks=1), id="restarts"),
        pytest.param(scans(SCANS_MAX), id="as many scans as may be"),
        pytest.param(
            with_segments(*[segment(0xE0 + number, SCAN * 1_000) for number in range(16)]),
            id="markers of scans inside of segments, as in a camera's preview",
        ),
        pytest.param(saved("JPEG") + (SCAN + b"\0\0") * 1_000, id="markers of scans behind the end"),
        pytest.param(saved("JPEG", icc_profile=bytes(4_000_000)), id="a large profile"),
        pytest.param(with_chunks(b"IDAT", b"", 10_000), id="empty chunks of pixels"),
        pytest.param(saved("WEBP") + SCAN * 1_000, id="no JPEG"),
    ],
)
def test_a_picture_of_as_many_parts_as_it_needs_passes(content: bytes) -> None:
    ImageLimits()(ContentFile(content, name="upload"))

    with Image.open(thumbnail_make(BytesIO(content), (64, 64))) as thumbnail:
        assert thumbnail.size == (64, 48)


@pytest.mark.parametrize(
    "filling",
    [
        pytest.param(b"\xff", id="padding"),
        pytest.param(b"\xff\x00", id="stuffed bytes"),
        pytest.param(b"\xff\xd0", id="restarts"),
        pytest.param(b"\xff\xd8", id="beginnings"),
    ],
)
def test_the_walk_ends_wherever_the_file_does(filling: bytes) -> None:
    content = scans(SCANS_MAX)[: -len(END)] + filling * 1_000

    assert not has_too_many_parts(content)
    assert not has_too_many_parts(content + b"\xff")
    assert has_too_many_parts(content + SCAN)


@pytest.mark.parametrize(
    ("kind", "spoilt"),
    [("PNG", lambda file: file.rindex(b"fdAT")), ("WEBP", lambda file: file.rindex(b"ANMF"))],
)
def test_of_a_moving_picture_only_the_first_is_decoded(kind: str, spoilt: Callable[[bytes], int]) -> None:
    frames = [Image.effect_noise((64, 48), 50).convert("RGB") for _ in range(3)]
    content = BytesIO()
    frames[0].save(content, kind, save_all=True, append_images=frames[1:], lossless=True)
    place = spoilt(content.getvalue()) + 40
    content.seek(place)
    content.write(bytes(500))
    content.seek(0)
    with pytest.raises((OSError, SyntaxError)), Image.open(content) as image:
        list(ImageSequence.Iterator(image))[-1].load()

    content.seek(0)
    ImageLimits()(ContentFile(content.getvalue(), name="upload"))
    with Image.open(thumbnail_make(content, (64, 64))) as thumbnail:
        assert thumbnail.size == (64, 48)


def test_whoever_ends_a_task_that_takes_too_long_has_not_damaged_the_picture(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    class OutOfTime(Exception):
        """As Celery's, which it raises in whatever line the task is at."""

    def interrupted(*_: object) -> None:
        raise OutOfTime

    monkeypatch.setattr("PIL.JpegImagePlugin.JpegImageFile.load", interrupted)

    with pytest.raises(OutOfTime):
        thumbnail_make(BytesIO(saved("JPEG")), (64, 64))
