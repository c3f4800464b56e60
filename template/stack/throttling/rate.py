"""How often is too often."""

import re
from dataclasses import dataclass

from stack.environment import env

_UNITS = {"s": 1, "min": 60, "hour": 3600, "day": 86_400}
_RATE = re.compile(rf"(\d+)/(\d*) ?({'|'.join(_UNITS)})")


@dataclass(frozen=True)
class Rate:
    """At most so many in any so many seconds."""

    limit: int
    seconds: int


def rate(name: str, default: str) -> Rate | None:
    """Read a rate.

    Args:
        name: The variable, such as ``10/min`` or ``5/15min``; empty for no limit.
        default: Its value when it is unset.

    Returns:
        The rate; None for no limit.

    Raises:
        SystemExit: The variable says something else.
    """
    text = env.str(name, default)
    if not text:
        return None
    match = _RATE.fullmatch(text)
    if match is None or match[2] == "0":
        raise SystemExit(
            f"{name} is {text!r}; set it to a rate such as 10/min or 5/15min (s, min, hour, day), or empty."
        )
    return Rate(int(match[1]), int(match[2] or 1) * _UNITS[match[3]])
