"""Child processes: start them, read them, wait for them, stop them."""

from __future__ import annotations

import contextlib
import os
import selectors
import signal
import subprocess
import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Self

from stackyard.services import orphans

_REMEMBERED_LINES = 20
_LONGEST_LINE = 65536  # bytes; what is longer is cut
_POLL_SECONDS = 0.01


@dataclass(frozen=True)
class Account:
    """The user that a process runs as, when that is not the one who started the tool."""

    uid: int
    gid: int


@dataclass
class Process:
    """A child process.

    Attributes:
        name: What to call it in messages.
        popen: The process.
        stop_signal: What asks it to end.
        grace: Seconds that it may take to end, before it is killed.
        leads_group: Whether it leads a process group of its own, to be ended with it.
        log: The file that its output goes to, if any.
        tail: Its last lines of output, where the tool reads them.
    """

    name: str
    popen: subprocess.Popen[bytes]
    stop_signal: signal.Signals = signal.SIGTERM
    grace: float = 10.0
    leads_group: bool = True
    log: Path | None = None
    tail: deque[str] = field(default_factory=lambda: deque(maxlen=_REMEMBERED_LINES))

    @property
    def has_ended(self) -> bool:
        """Whether it ended."""
        return self.popen.poll() is not None

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


class Supervisor:
    """The children of one run, in the order in which they were started.

    It is for one thread: the kernel ends a child with the *thread* that started it.
    """

    def __init__(
        self, on_line: Callable[[str, str], None], impatient: Callable[[], bool] = lambda: False
    ) -> None:
        """Prepare for children.

        Args:
            on_line: Called with a process' name and each line of its output.
            impatient: Asked whether to kill at once instead of waiting for a graceful end.
        """
        self.processes: list[Process] = []
        self._on_line = on_line
        self._impatient = impatient
        self._selector = selectors.DefaultSelector()

    def __enter__(self) -> Self:
        """Begin."""
        return self

    def __exit__(self, *exc_info: object) -> None:
        """Stop every child, the last one first."""
        for process in reversed(self.processes):
            self.stop(process)
        self._selector.close()

    def spawn(  # pylint: disable=too-many-arguments
        self,
        name: str,
        argv: Sequence[str | Path],
        *,
        env: Mapping[str, str],
        cwd: Path,
        log: Path | None = None,
        account: Account | None = None,
        group: int = 0,
        stdin: int | IO[bytes] | None = subprocess.DEVNULL,
        stop_signal: signal.Signals = signal.SIGTERM,
        grace: float = 10.0,
    ) -> Process:
        """Start a child, which the kernel kills if this process is killed.

        Args:
            name: What to call it in messages.
            argv: The program and its arguments.
            env: Its environment.
            cwd: Its working folder.
            log: A file for its output. Without one, `on_line` gets it.
            account: The user to run it as.
            group: The process group to join, with its terminal and output; 0 makes one of its own.
            stdin: Its standard input.
            stop_signal: What asks it to end.
            grace: Seconds that it may take to end, before it is killed.
        """
        with contextlib.ExitStack() as stack:
            output: int | IO[bytes] | None = subprocess.PIPE
            if log is not None:
                log.touch(mode=0o600)
                output = stack.enter_context(log.open("wb"))
            elif group:
                output = None
            popen = subprocess.Popen(  # pylint: disable=consider-using-with,subprocess-popen-preexec-fn
                argv,
                env=env,
                cwd=cwd,
                stdin=stdin,
                stdout=output,
                stderr=None if output is None else subprocess.STDOUT,
                process_group=group,
                user=account.uid if account else None,
                group=account.gid if account else None,
                extra_groups=[] if account else None,
                # Runs after the change of user, which would undo it; safe, as there is no second thread.
                preexec_fn=_end_with_parent,
            )
        process = Process(name, popen, stop_signal, grace, leads_group=not group, log=log)
        self.processes.append(process)
        if popen.stdout is not None:
            os.set_blocking(popen.stdout.fileno(), False)
            self._selector.register(popen.stdout, selectors.EVENT_READ, _LineReader(process, self._on_line))
        self._selector.register(os.pidfd_open(popen.pid), selectors.EVENT_READ)
        return process

    def wait(self, done: Callable[[], bool], *, every: float = 1.0, seconds: float | None = None) -> bool:
        """Read the children's output until something is so.

        Args:
            done: Whether it is so; asked whenever a child writes or ends.
            every: Seconds after which to ask anyway.
            seconds: When to give up; never, if None.

        Returns:
            Whether it came to be so in time.
        """
        deadline = None if seconds is None else time.monotonic() + seconds
        while not done():
            if deadline is not None and time.monotonic() >= deadline:
                return False
            self._turn(every)
        return True

    def stop(self, process: Process, first: int | None = None) -> None:
        """End a process and its group: ask it, wait, then kill it.

        Only the process itself is asked, as it may want to end its own workers in order; members of its group
        that outlive it are asked next.

        Args:
            process: The one to end.
            first: The signal to ask with, instead of its own.
        """
        group = process.popen.pid
        deadline = time.monotonic() + process.grace
        asked_group = False
        if not process.has_ended:
            process.popen.send_signal(first or process.stop_signal)
        while time.monotonic() < deadline and not self._impatient():
            if process.has_ended:
                self._reap()
                if not (process.leads_group and _signal_group(group, 0)):
                    break
                if not asked_group:
                    _signal_group(group, signal.SIGTERM)
                    asked_group = True
            self._turn(_POLL_SECONDS)
        if not process.has_ended:
            process.popen.kill()
        if process.leads_group:
            _signal_group(group, signal.SIGKILL)
        process.popen.wait()
        self._turn(0)

    def _turn(self, seconds: float) -> None:
        """Handle what there is to read, or wait for something for a while."""
        for key, _ in self._selector.select(seconds):
            if isinstance(key.data, _LineReader):
                if not key.data.read(key.fd):
                    self._selector.unregister(key.fileobj)
            else:
                self._selector.unregister(key.fileobj)
                os.close(key.fd)
                self._reap()

    def _reap(self) -> None:
        orphans.reap({process.popen.pid for process in self.processes})


class _LineReader:
    """Cuts what a process writes into lines."""

    def __init__(self, process: Process, on_line: Callable[[str, str], None]) -> None:
        self._process = process
        self._on_line = on_line
        self._rest = b""

    def read(self, descriptor: int) -> bool:
        """Read what is there; say whether more can come."""
        try:
            chunk = os.read(descriptor, 65536)
        except BlockingIOError:
            return True
        *lines, self._rest = (self._rest + chunk).split(b"\n")
        if self._rest and (not chunk or len(self._rest) > _LONGEST_LINE):
            lines.append(self._rest)
            self._rest = b""
        for line in lines:
            text = line.decode(errors="replace").rstrip("\r")
            self._process.tail.append(text)
            self._on_line(self._process.name, text)
        return bool(chunk)


def _signal_group(group: int, signum: int) -> bool:
    """Signal a process group; say whether anyone was left in it."""
    try:
        os.killpg(group, signum)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _end_with_parent() -> None:
    orphans.end_with_parent(signal.SIGKILL)
