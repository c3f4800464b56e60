"""A child process, as those see it who started it."""

from __future__ import annotations

import os
import signal
import subprocess
from collections import deque
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

_REMEMBERED_LINES = 20


@dataclass(frozen=True)
class Account:
    """The user that a process runs as, when that is not the one who started the tool."""

    uid: int
    gid: int

    @property
    def options(self) -> dict[str, Any]:
        """The options of `subprocess` that change to it, and leave the caller's rights behind."""
        return {"user": self.uid, "group": self.gid, "extra_groups": []}


@dataclass
class Process:
    """A child process.

    Attributes:
        name: What to call it in messages.
        popen: The process.
        stop_signal: What asks it to end.
        leads_group: Whether it leads a process group of its own, to be ended with it.
        log: The file that its output goes to, if any.
        tail: Its last lines of output, where the tool reads them.
        has_ended: Whether it ended, and all that it wrote was read.
    """

    name: str
    popen: subprocess.Popen[bytes]
    stop_signal: signal.Signals = signal.SIGTERM
    leads_group: bool = True
    log: Path | None = None
    tail: deque[str] = field(default_factory=lambda: deque(maxlen=_REMEMBERED_LINES))
    has_ended: bool = False

    @property
    def exit_code(self) -> int:
        """Its exit code as a shell gives it: 128 + n if signal n killed it."""
        code = self.popen.wait()
        return code if code >= 0 else 128 - code

    @property
    def ending(self) -> str:
        """How it ended, in words."""
        code = self.popen.wait()
        return f"exited with code {code}" if code >= 0 else f"was killed by {signal.Signals(-code).name}"

    @property
    def last_lines(self) -> list[str]:
        """The last lines of its output."""
        if self.log is None:
            return list(self.tail)
        return self.log.read_text(encoding="utf-8", errors="replace").splitlines()[-_REMEMBERED_LINES:]

    def signal_group(self, signum: int) -> bool:
        """Signal the group that it leads; say whether anyone is left in it."""
        if not self.leads_group:
            return False
        try:
            os.killpg(self.popen.pid, signum)
        except ProcessLookupError:
            return False
        return True
