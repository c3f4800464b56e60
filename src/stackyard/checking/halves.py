"""One project's rules in two processes: one works out the settings, the other reads all else.

Whatever is out of the ordinary is left to one process, from the start: what is found does not depend on how
many there were.
"""

from __future__ import annotations

import os
import pickle  # nosec B403 # only what a fork of this process wrote is read
import signal
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import BinaryIO, NoReturn

from stackyard.checking.result import Result
from stackyard.formats.place import Problem
from stackyard.project import files, python
from stackyard.project.facts import Project
from stackyard.project.settings.discover import AllSettings
from stackyard.rule import Rule

type Apply = Callable[[Rule], list[Result]]
type _Answer = tuple[list[Result], list[int], list[Problem], tuple[int, int]]


def in_halves(project: Project, rules: Iterable[Rule], apply: Apply) -> list[Result] | None:
    """Apply rules to a project in two processes.

    Args:
        project: The project; what the other process could not read of it is among its problems afterwards.
        rules: The rules.
        apply: Applies one of them to it.

    Returns:
        What they found, in no order; None where one process has to do it, with the project as it was.
    """
    ours: list[Rule] = []
    others: list[Rule] = []
    for rule in rules:
        (ours if _asks_for_settings(rule) else others).append(rule)
    try:
        with _fork(lambda parent: _answer(project, others, apply, parent)) as pipe:
            found = [result for rule in ours for result in apply(rule)]
            answer: _Answer = pickle.load(pipe)  # nosec B301 # see above
            more, left, problems, spare = answer
            found += [result for number in left for result in apply(others[number])]
    except Exception:  # pylint: disable=broad-exception-caught  # one process tells what is wrong, if it is
        return None
    # One process would perhaps have come to the bounds, and what it read first would have mattered.
    if project.files.left + spare[0] < files.TOTAL + files.LOCK_SIZE:
        return None
    if project.python.left + spare[1] < python.TOTAL + python.SIZE:
        return None
    project.files.problems += problems
    return [*found, *more]


def can_fork() -> bool:
    """Say whether there are two processors, and a fork can be waited for and hold no other thread's lock."""
    return (
        hasattr(os, "fork")
        and (os.process_cpu_count() or 1) > 1
        and threading.active_count() == 1
        and signal.getsignal(signal.SIGCHLD) is signal.SIG_DFL
    )


@contextmanager
def _fork(work: Callable[[int], object]) -> Iterator[BinaryIO]:
    """Do some work in a fork, which ends with it or with the block; give the pipe that its result comes by.

    Args:
        work: Is told the process that it was forked from.

    Raises:
        OSError: There is no room for it.
    """
    parent = os.getpid()
    reading, writing = os.pipe()
    with open(reading, "rb") as pipe, open(writing, "wb") as answer:
        mask = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})  # the fork's are this one's
        try:
            child = os.fork()
            if child == 0:
                try:
                    pipe.close()
                    pickle.dump(work(parent), answer)
                    answer.flush()
                finally:
                    os._exit(0)  # nothing of what its parent does at the end is done twice
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, mask)
        answer.close()
        try:
            yield pipe
        finally:
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)


def _answer(project: Project, rules: Sequence[Rule], apply: Apply, parent: int) -> _Answer:
    """Apply rules, but for those that turn out to ask for the settings."""
    project.settings = _Elsewhere()
    found: list[Result] = []
    left: list[int] = []
    for number, rule in enumerate(rules):
        if os.getppid() != parent:
            break  # nobody waits for it
        _Elsewhere.is_asked = False
        try:
            results = apply(rule)
        except _AskedHere:
            results = []
        if _Elsewhere.is_asked:
            left.append(number)
        else:
            found += results
    return found, left, project.files.problems, (project.files.left, project.python.left)


class _AskedHere(BaseException):
    """A rule asks for the settings; no fault of its own, which is an `Exception`."""


class _Elsewhere(AllSettings):
    """Settings that another process works out.

    Attributes:
        is_asked: Whether somebody wanted anything of them.
    """

    is_asked = False

    def __init__(self) -> None:  # pylint: disable=super-init-not-called
        """Take nothing."""

    def __getattribute__(self, _: str) -> NoReturn:
        """Note that they are wanted."""
        _Elsewhere.is_asked = True
        raise _AskedHere


def _asks_for_settings(rule: Rule) -> bool:
    """Say whether a rule asks for the settings, as far as its own function tells."""
    code = getattr(rule.check, "__code__", None)
    return code is not None and not {"settings", "code"}.isdisjoint(code.co_names)
