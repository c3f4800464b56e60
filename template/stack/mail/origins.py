"""What the links of mails may begin with."""

import re

ORIGIN = re.compile(r"https?://([A-Za-z0-9.-]+|\[[0-9A-Fa-f:.]+\])(:[0-9]{1,5})?|")


def checked_origin(origin: str, *, name: str) -> str:
    """Return the origin, if it is one.

    Args:
        origin: Such as ``https://example.com``; empty for none.
        name: Of the variable that has it.

    Raises:
        SystemExit: It is something else. One line, no traceback.
    """
    if not ORIGIN.fullmatch(origin):
        raise SystemExit(
            f"{name} is {origin!r}; set it to scheme and host, with nothing after them, such as "
            "https://example.com, or leave it empty."
        )
    return origin
