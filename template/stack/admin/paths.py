"""Where the admin may be."""

import re

PATH = re.compile(r"(?:[A-Za-z0-9][A-Za-z0-9_-]*/)+")
TAKEN = {"accounts", "api", "health", "media", "static", "ws"}
"""Words that other addresses begin with."""


def checked_path(path: str, *, name: str) -> str:
    """Return the path, if the admin may be there.

    Args:
        path: Such as ``admin/`` or ``office/desk/``.
        name: Of the variable that has it.

    Raises:
        SystemExit: It is no such path, or others are there. One line, no traceback.
    """
    if not PATH.fullmatch(path) or path.split("/")[0] in TAKEN:
        raise SystemExit(
            f"{name} is {path!r}; set it to letters, digits, - and _, ended by a slash, such as admin/, and "
            f"not below one of: {', '.join(sorted(TAKEN))}."
        )
    return path
