"""JSON in, by orjson."""

import re
from collections.abc import Mapping
from typing import IO, Any

import orjson
from rest_framework.exceptions import ParseError
from rest_framework.parsers import JSONParser as FrameworkJSONParser

ESCAPED_NUL = re.compile(rb"(?<!\\)(?:\\\\)*\\u0000")

MAX_DEPTH = 32
"""Levels; what is nested deeper can exhaust the stack of whoever walks it, be it only for a message."""


class JSONParser(FrameworkJSONParser):
    r"""Reads strict JSON (RFC 8259).

    Refused, as nothing behind here could keep it: bytes that aren't UTF-8, NaN and Infinity, half a
    surrogate pair, nesting deeper than `MAX_DEPTH`, and ``\u0000``, which PostgreSQL has no text for. The
    length was checked already, against ``DATA_UPLOAD_MAX_MEMORY_SIZE``, before the first byte was read.
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
        if _is_deep(data):
            raise ParseError(f"The body is nested deeper than {MAX_DEPTH} levels.")
        return data


def _is_deep(data: Any) -> bool:
    level = [data]
    for _ in range(MAX_DEPTH):
        parents = [item for item in level if isinstance(item, dict | list)]
        if not parents:
            return False
        level = [child for item in parents for child in (item.values() if isinstance(item, dict) else item)]
    return True
