"""Two processes that clean up for each other, so that a run leaves no orphan however it ends.

The front is the process that the user started. It forks the keeper, passes signals on to it, and ends with
its exit code. The keeper does the work, in a process group of its own. If the front is killed, the kernel
sends the keeper SIGTERM, and it takes everything down in order. If the keeper is killed, the front kills all
that is left. If both are, the keeper's children go with it (see `Supervisor.spawn`).
"""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterable
from types import FrameType

from stackyard.services import orphans

# The terminal interrupted everyone who shares it, not the front alone.
_TERMINAL_INTERRUPT = signal.SIGUSR1
_SENT_BY_KERNEL = 0x80  # SI_KERNEL


class Interrupted(Exception):
    """A signal asked the run to end."""

    def __init__(self, signum: int) -> None:
        """Note which signal it was."""
        super().__init__(f"interrupted by {signal.Signals(signum).name}")
        self.signum = signum


class Keeper:
    """What the work may know about its own process.

    Signals only leave a note here: an exception out of a signal handler could strike anywhere, between the
    reading of a line and its printing for one. Who waits calls `check`.

    Attributes:
        front: The process that the user started.
        front_group: Its process group, which the terminal knows.
        terminal_lent: Whether a command in the front's group has the terminal: it then gets Ctrl-C by itself,
            and decides by itself whether to end.
        impatient: Whether a second signal came while everything was being taken down.
        bell: A descriptor that becomes readable with each signal, for those who wait on descriptors.
    """

    def __init__(self, front: int, front_group: int) -> None:
        """Take note of the front."""
        self.front = front
        self.front_group = front_group
        self.terminal_lent = False
        self.impatient = False
        self.bell: int | None = None
        self._signum: int | None = None
        self._told = False

    def listen(self, signals: Iterable[int]) -> None:
        """Take note of signals from now on."""
        self.bell, rope = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC)
        signal.set_wakeup_fd(rope, warn_on_full_buffer=False)
        for signum in (*signals, _TERMINAL_INTERRUPT):
            signal.signal(signum, self._note)

    def check(self) -> None:
        """Raise the first signal, once; the ending that follows is not interrupted.

        Raises:
            Interrupted: A signal came.
        """
        if self._signum is not None and not self._told:
            self._told = True
            raise Interrupted(self._signum)

    def _note(self, signum: int, _frame: FrameType | None) -> None:
        if signum == _TERMINAL_INTERRUPT:
            if self.terminal_lent:
                return
            signum = signal.SIGINT
        self.impatient = self._told
        self._signum = self._signum or signum


def guarded(work: Callable[[Keeper], int]) -> int:
    """Do the work in a keeper process, and leave nothing behind.

    Returns in both processes, so the caller must only end the process with the exit code it gets.

    Returns:
        The work's exit code, or 128 + the signal that ended it.
    """
    signals = {signal.SIGINT, signal.SIGTERM, signal.SIGQUIT, signal.SIGHUP}
    if signal.getsignal(signal.SIGHUP) is signal.SIG_IGN:  # nohup
        signals.remove(signal.SIGHUP)
    front, group = os.getpid(), os.getpgrp()
    mask = signal.pthread_sigmask(signal.SIG_BLOCK, signals | {signal.SIGCHLD})
    orphans.adopt()
    pid = os.fork()
    if pid != 0:
        return _follow(pid, signals)
    keeper = Keeper(front, group)
    keeper.listen(signals)
    return _keep(keeper, work, mask)


def _keep(keeper: Keeper, work: Callable[[Keeper], int], mask: Iterable[int]) -> int:
    """Do the work, then end every descendant."""
    try:
        os.setpgid(0, 0)
        orphans.adopt()
        orphans.end_with_parent(signal.SIGTERM)
        if os.getppid() != keeper.front:  # it ended before the kernel was asked to tell
            return 128 + signal.SIGTERM
        signal.pthread_sigmask(signal.SIG_SETMASK, mask)
        return work(keeper)
    except Interrupted as interruption:
        return 128 + interruption.signum
    finally:
        orphans.sweep()


def _follow(keeper: int, signals: set[signal.Signals]) -> int:
    """Pass signals on to the keeper until it ends."""
    while True:
        received = signal.sigwaitinfo(signals | {signal.SIGCHLD})
        if received.si_signo == signal.SIGCHLD:
            pid, status = os.waitpid(keeper, os.WNOHANG)
            if pid:
                orphans.sweep()
                code = os.waitstatus_to_exitcode(status)
                return code if code >= 0 else 128 - code
        elif received.si_code == _SENT_BY_KERNEL and received.si_signo != signal.SIGHUP:
            os.kill(keeper, _TERMINAL_INTERRUPT)
        else:
            os.kill(keeper, received.si_signo)
