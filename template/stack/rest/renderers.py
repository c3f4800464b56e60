"""JSON out, by orjson."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import orjson
from rest_framework.renderers import BaseRenderer
from rest_framework.utils.encoders import JSONEncoder

_framework = JSONEncoder().default


class JSONRenderer(BaseRenderer):
    """Renders as the framework's own does (a Decimal stays a string), several times faster."""

    media_type = "application/json"
    format = "json"
    charset = None  # JSON is UTF-8, and its media type has no such parameter

    def render(
        self,
        data: Any,
        accepted_media_type: str | None = None,
        renderer_context: Mapping[str, Any] | None = None,
    ) -> bytes:
        """Return the data as JSON; nothing at all for None, as in an answer without a body."""
        return b"" if data is None else orjson.dumps(data, default=_fallback, option=orjson.OPT_UTC_Z)


def _fallback(value: Any) -> Any:
    """Encode what orjson doesn't know. The framework's encoder would make a float of a Decimal: of money."""
    return str(value) if isinstance(value, Decimal) else _framework(value)
