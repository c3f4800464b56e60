"""The parts of a picture's file, counted before any is read: even a small one costs a decoder something."""

import re

SCANS_MAX = 32
"""Of a JPEG: each goes over all of its pixels. A progressive one has some 10, one of four inks 18."""
SEGMENTS_MAX = 256
"""Of a JPEG: Pillow puts some kinds together by copying all that it has of them, at each."""
TABLES_MAX = 64 * 1024
"""Bytes of a JPEG's frames and tables, of which Pillow makes lists: one, and some small ones a scan."""
PACKED_MAX = 32
"""Of a PNG: texts and profiles, each of which may unpack to a mebibyte."""

_MARKER = re.compile(rb"\xff[\xc0-\xc7\xc9-\xcf\xd9-\xef\xfe]")
"""Of a segment that has a length, or of the end: what else decoders pass over, or stop at for good."""
_START_OF_SCAN, _END = 0xDA, 0xD9
_TABLES = (*range(0xC0, 0xD0), 0xDB)
_PACKED = (b"iCCP", b"zTXt", b"iTXt")


def has_too_many_parts(content: bytes) -> bool:
    """Tell whether a file would keep its decoder busy by more parts than a picture has.

    Args:
        content: A JPEG, a PNG, or anything else, which has no such parts.
    """
    if content.startswith(b"\xff\xd8"):
        return _has_too_many_segments(content)
    # A name stands in the file at least as often as there are chunks of it, and in pixels next to never.
    return content.startswith(b"\x89PNG") and sum(map(content.count, _PACKED)) > PACKED_MAX


def _has_too_many_segments(content: bytes) -> bool:
    """Walk as libjpeg does: past a segment by its length, and through a scan to the next marker."""
    scans = segments = tables = place = 0
    while marker := _MARKER.search(content, place):
        kind, place = content[marker.end() - 1], marker.end()
        if kind == _END:
            if scans:
                return False  # what follows is no part of the picture: a phone's film, say
            continue  # Pillow, which reads what is before the first scan, does not stop at it
        length = max(2, int.from_bytes(content[place : place + 2]))
        place += length
        scans += kind == _START_OF_SCAN
        segments += 1
        tables += length if kind in _TABLES else 0
        if scans > SCANS_MAX or segments > SEGMENTS_MAX or tables > TABLES_MAX:
            return True
    return False
