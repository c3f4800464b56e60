"""Descendants that outlive their parents: adopt them, reap them, end them (Linux)."""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import time
from collections.abc import Container
from pathlib import Path

# From <linux/prctl.h>.
_PR_SET_PDEATHSIG = 1
_PR_SET_CHILD_SUBREAPER = 36

_libc = ctypes.CDLL(None, use_errno=True)


def adopt() -> None:
    """Make this process the parent of every descendant whose own parent ends, instead of init."""
    _prctl(_PR_SET_CHILD_SUBREAPER, 1)


def end_with_parent(signum: int) -> None:
    """Have the kernel send this process a signal when the thread that forked it ends."""
    _prctl(_PR_SET_PDEATHSIG, signum)


def children() -> list[int]:
    """Give the process ids of this process' children, adopted and ended ones too."""
    own = str(os.getpid())
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            # The name, in brackets, may hold blanks and brackets itself: "pid (name) state ppid …".
            fields = stat.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
            if fields[1] == own:
                found.append(int(stat.parent.name))
    return found


def reap(known: Container[int]) -> None:
    """Collect ended children that were adopted; those in `known` are left to who started them."""
    for pid in children():
        if pid not in known:
            with contextlib.suppress(ChildProcessError):
                os.waitpid(pid, os.WNOHANG)


def sweep(seconds: float = 5.0) -> None:
    """Kill every descendant of this process.

    Who is killed leaves its own children to this process, so the next round finds them, whatever group or
    session they hid in.

    Args:
        seconds: When to give up, for a descendant that may not be killed (another user's).
    """
    deadline = time.monotonic() + seconds
    while (pids := children()) and time.monotonic() < deadline:
        for pid in pids:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.kill(pid, signal.SIGKILL)
            with contextlib.suppress(ChildProcessError):
                os.waitpid(pid, os.WNOHANG)
        time.sleep(0.005)


def _prctl(option: int, value: int) -> None:
    if _libc.prctl(option, value, 0, 0, 0) != 0:
        number = ctypes.get_errno()
        raise OSError(number, f"prctl({option}, {value}): {os.strerror(number)}")
