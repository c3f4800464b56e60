"""The threat model: a threat to what a project was made without goes, as the test that its row names goes.

It needs no markers for that.
"""

from __future__ import annotations

import re
from collections.abc import Container

PAGE = "docs/security/threat-model.md"

_PATH = re.compile(r"`([\w.-]+(?:/[\w.-]+)+)`")


def cut(text: str, files: Container[str]) -> str:
    """Leave out the rows of tables that name a file which is not there.

    Args:
        text: What the page has.
        files: The project's files.
    """
    return "".join(
        line
        for line in text.splitlines(keepends=True)
        if not line.startswith("|") or all(path in files for path in _PATH.findall(line))
    )
