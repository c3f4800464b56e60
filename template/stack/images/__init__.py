"""Pictures, by Pillow: limits that hold before anything is decoded, and thumbnails that carry no metadata."""

from stack.images.limits import ImageLimits, ImageUnreadable
from stack.images.thumbnails import thumbnail_make

__all__ = ["ImageLimits", "ImageUnreadable", "thumbnail_make"]
