"""Reads the lines that real processes write."""

import json
from pathlib import Path
from typing import Any

from tests.processes import wait_until


def lines(log: Path) -> list[dict[str, Any]]:
    """Return the lines of a log, every one of which is a JSON object."""
    return [json.loads(line) for line in log.read_text().splitlines()]


def line(log: Path, **fields: Any) -> dict[str, Any]:
    """Return the one line that has these fields, as soon as it is written."""

    def found() -> list[dict[str, Any]]:
        return [entry for entry in lines(log) if fields.items() <= entry.items()]

    (entry,) = wait_until(found)
    return entry
