"""Runs the tool, or a change, until it is about to touch a folder for the nth time; there it is killed.

Arguments: the folder, n, and either the tool's arguments or `change` with a file of changes.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from pathlib import Path

STEPS = {"os.mkdir", "os.remove", "os.rename", "os.rmdir", "open", "os.chmod"}


def kill_at(folder: str, step: int) -> None:
    """Have this process killed when it is about to take a step in a folder."""
    count = 0

    def hook(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal count
        if event not in STEPS or not str(arguments[0]).startswith(folder):
            return
        if event == "open" and not _writes(arguments):
            return
        count += 1
        if count == step:
            os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(hook)


def _writes(arguments: tuple[object, ...]) -> bool:
    flags = arguments[2]
    return isinstance(flags, int) and bool(flags & (os.O_WRONLY | os.O_RDWR))


def main() -> None:
    """Do what the arguments say."""
    folder, step, *words = sys.argv[1:]
    if words[0] == "change":
        from stackyard.scaffold import changes  # pylint: disable=import-outside-toplevel
        from stackyard.scaffold.render import File  # pylint: disable=import-outside-toplevel

        wanted = json.loads(Path(words[1]).read_bytes())
        files = {path: text if text is None else File(text.encode(), False) for path, text in wanted.items()}
        kill_at(folder, int(step))
        changes.change(Path(folder), files)
        return
    sys.argv[1:] = words
    from stackyard.cli import main as tool  # pylint: disable=import-outside-toplevel

    kill_at(folder, int(step))
    tool()


if __name__ == "__main__":
    main()
