"""Whether the processes of events on this machine go on: a health check that needs no database.

python -m stack.events.health
"""

import sys
import time
from pathlib import Path
from tempfile import gettempdir

HEARTBEATS = Path(gettempdir(), "events")
STILL = 60
"""Seconds without a beat. Each loop beats every second, and every few while a server is away."""


def beat(name: str) -> None:
    """Say that a loop goes on."""
    try:
        (HEARTBEATS / name).touch()
    except FileNotFoundError:
        HEARTBEATS.mkdir(parents=True, exist_ok=True)
        (HEARTBEATS / name).touch()


def main() -> str | None:
    """Return what is wrong, if anything is."""
    beats = {path.name: time.time() - path.stat().st_mtime for path in HEARTBEATS.glob("*")}
    still = [f"{name} stands still since {age:.0f} s" for name, age in beats.items() if age > STILL]
    if not beats:
        return "nothing has run here"
    return "; ".join(still) or None


if __name__ == "__main__":
    sys.exit(main())
