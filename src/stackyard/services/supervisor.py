"""Child processes: start them, read them, wait for them, stop them."""

from __future__ import annotations

import contextlib
import os
import selectors
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import IO, Self

from stackyard.services import orphans
from stackyard.services.guard import Keeper
from stackyard.services.lines import LineReader
from stackyard.services.process import Account, Process

_GRACE_SECONDS = 10.0  # that a process has to end by itself
_POLL_SECONDS = 0.01


class Supervisor:
    """The children of one run, in the order in which they were started.

    It is for one thread: the kernel ends a child with the *thread* that started it.
    """

    def __init__(self, on_line: Callable[[str, str], None], keeper: Keeper | None = None) -> None:
        """Prepare for children.

        Args:
            on_line: Called with a process' name and each line of its output.
            keeper: The process that this is, if it is one that hears of signals.
        """
        self.processes: list[Process] = []
        self._on_line = on_line
        self._readers: dict[int, LineReader] = {}
        self._keeper = keeper or Keeper(os.getppid(), os.getpgrp())
        self._selector = selectors.DefaultSelector()
        if self._keeper.bell is not None:
            self._selector.register(self._keeper.bell, selectors.EVENT_READ)

    def __enter__(self) -> Self:
        """Begin."""
        return self

    def __exit__(self, *exc_info: object) -> None:
        """Stop every child, the last one first."""
        for process in reversed(self.processes):
            self.stop(process)
            if process.popen.stdout is not None:
                process.popen.stdout.close()
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
        """
        with contextlib.ExitStack() as stack:
            output: int | IO[bytes] | None = None if group else subprocess.PIPE
            if log is not None:
                log.touch(mode=0o600)
                output = stack.enter_context(log.open("wb"))
            popen = subprocess.Popen(  # pylint: disable=consider-using-with,subprocess-popen-preexec-fn
                argv,
                env=env,
                cwd=cwd,
                stdin=stdin,
                stdout=output,
                stderr=None if output is None else subprocess.STDOUT,
                process_group=group,
                # Runs after the change of user, which would undo it; safe, as there is no second thread.
                preexec_fn=_end_with_parent,
                **(account.options if account else {}),
            )
        process = Process(name, popen, stop_signal, leads_group=not group, log=log)
        self.processes.append(process)
        if popen.stdout is not None:
            reader = LineReader(popen.stdout.fileno(), lambda text: self._take(process, text))
            self._selector.register(popen.stdout, selectors.EVENT_READ, reader)
            self._readers[popen.pid] = reader
        self._selector.register(os.pidfd_open(popen.pid), selectors.EVENT_READ, process)
        return process

    def wait(self, done: Callable[[], bool], *, every: float = 1.0, seconds: float | None = None) -> bool:
        """Read the children's output until something is so.

        Args:
            done: Whether it is so; asked whenever a child writes or ends.
            every: Seconds after which to ask anyway.
            seconds: When to give up; never, if None.

        Returns:
            Whether it came to be so in time.

        Raises:
            Interrupted: A signal asked the run to end.
        """
        deadline = None if seconds is None else time.monotonic() + seconds
        while not done():
            self._keeper.check()
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
        deadline = time.monotonic() + _GRACE_SECONDS
        asked_group = False
        process.popen.send_signal(first or process.stop_signal)
        while time.monotonic() < deadline and not self._keeper.impatient:
            self._turn(_POLL_SECONDS)
            if process.has_ended:
                self._reap()
                if not process.signal_group(0):
                    return
                if not asked_group:
                    asked_group = process.signal_group(signal.SIGTERM)
        process.signal_group(signal.SIGKILL)
        process.popen.kill()
        process.popen.wait()
        self._turn(0)

    def _turn(self, seconds: float) -> None:
        """Handle what there is to read, or wait for something for a while."""
        for key, _ in self._selector.select(seconds):
            if isinstance(key.data, Process):
                self._selector.unregister(key.fileobj)
                os.close(key.fd)
                self._note_end(key.data)
            elif key.data is None:
                os.read(key.fd, 4096)
            elif not key.data.read():
                self._selector.unregister(key.fileobj)

    def _note_end(self, process: Process) -> None:
        """Collect a process, and take the last that it wrote."""
        process.popen.wait()
        if reader := self._readers.get(process.popen.pid):
            reader.read()
            reader.flush()
        process.has_ended = True
        self._reap()

    def _take(self, process: Process, text: str) -> None:
        process.tail.append(text)
        self._on_line(process.name, text)

    def _reap(self) -> None:
        orphans.reap({process.popen.pid for process in self.processes})


def _end_with_parent() -> None:
    orphans.end_with_parent(signal.SIGKILL)
