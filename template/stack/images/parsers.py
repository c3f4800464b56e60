"""Uploads over the API."""

from typing import IO, Any

from django.core.exceptions import RequestDataTooBig
from rest_framework.parsers import MultiPartParser

from stack.images.limits import ImageLimits

FORM_MAX = 64 * 1024
"""Bytes that a form may have around its picture."""


class PictureParser(MultiPartParser):
    """Reads a form with a picture; one that is too large is refused unread, not written to the disk first."""

    size_max = ImageLimits.size_max

    def parse(self, stream: IO[bytes], media_type: str | None = None, parser_context: Any = None) -> Any:
        """Return the fields and files.

        Raises:
            RequestDataTooBig: When the request is longer than its picture may be.
        """
        length = int(parser_context["request"].META.get("CONTENT_LENGTH") or 0)
        if length > self.size_max + FORM_MAX:
            raise RequestDataTooBig(f"The request has {length} bytes.")
        return super().parse(stream, media_type, parser_context)
