"""JSON in, by orjson."""

import re
from collections.abc import Mapping
from typing import IO, Any

import orjson
from rest_framework.exceptions import ParseError
from rest_framework.parsers import JSONParser as FrameworkJSONParser

ESCAPED_NUL = re.compile(rb"(?<!\\)(?:\\\\)*\\u0000")


class JSONParser(FrameworkJSONParser):
    r"""Reads strict JSON (RFC 8259).

    Refused, as nothing behind here could keep it: bytes that aren't UTF-8, NaN and Infinity, half a
    surrogate pair, nesting deeper than 1024, and ``\u0000``, which PostgreSQL has no text for. The length
    was checked already, against ``DATA_UPLOAD_MAX_MEMORY_SIZE``, before the first byte was read.
    """

    def parse(
        self,
        stream: IO[Any],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> Any:
        """Return what the body says.

        Raises:
            ParseError: When the body isn't such JSON.
        """
        body = stream.read()
        try:
            data = orjson.loads(body)
        except orjson.JSONDecodeError as error:
            raise ParseError(f"The body is not valid JSON: {error}.") from error
        if ESCAPED_NUL.search(body):
            raise ParseError("The body holds a NUL character (\\u0000).")
        return data
