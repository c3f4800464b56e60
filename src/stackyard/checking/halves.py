"""One project's rules in two processes: one works out the settings, the other reads all else."""

from __future__ import annotations

import gc
import os
import pickle  # nosec B403 # only what a fork of this process wrote is read
import signal
from collections.abc import Callable, Iterable, Sequence
from itertools import takewhile
from typing import Any, NoReturn, cast

from stackyard.checking.result import Result
from stackyard.project.facts import Project
from stackyard.project.settings.discover import AllSettings
from stackyard.rule import Rule

type Apply = Callable[[Rule], list[Result]]


def in_halves(project: Project, rules: Iterable[Rule], apply: Apply) -> list[Result]:
    """Apply rules to a project in two processes, where there are as many processors.

    Args:
        project: The project; what the other process could not read of it is among its problems afterwards.
        rules: The rules.
        apply: Applies one of them.

    Returns:
        What they found, in no order. Where the other process fell over, its rules were applied in this one.
    """
    by_asking = sorted(rules, key=_asks_for_settings)
    others = list(takewhile(lambda rule: not _asks_for_settings(rule), by_asking))
    if not hasattr(os, "fork") or (os.process_cpu_count() or 1) < 2:
        return _applied(by_asking, apply)
    answer, answering = os.pipe()
    gc.freeze()  # what is there already is not looked through, and so not copied
    child = os.fork()
    if child == 0:
        os.close(answer)  # so that the end of the parent is seen
        _answer(answering, project, others, apply)
    os.close(answering)
    with open(answer, "rb") as pipe:
        try:
            found = _applied(by_asking[len(others) :], apply)
            content = pipe.read()
        except BaseException:
            os.kill(child, signal.SIGKILL)
            raise
        finally:
            _, status = os.waitpid(child, 0)
    if status or not content:
        return [*found, *_applied(others, apply)]
    more, left, problems = pickle.loads(content)  # nosec B301 # see above
    project.files.problems += problems
    return [*found, *more, *_applied((others[number] for number in left), apply)]


def _answer(pipe: int, project: Project, rules: Sequence[Rule], apply: Apply) -> NoReturn:
    """Apply rules in a fork, but for those that turn out to ask for the settings, and end it."""
    try:
        project.settings = cast(AllSettings, _Elsewhere())
        found: list[Result] = []
        left: list[int] = []
        for number, rule in enumerate(rules):
            try:
                found += apply(rule)
            except _AskedHere:
                left.append(number)
        with open(pipe, "wb") as file:
            pickle.dump((found, left, project.files.problems), file)
        os._exit(0)
    finally:
        os._exit(1)  # whatever happens, nothing of what its parent does is done twice


def _applied(rules: Iterable[Rule], apply: Apply) -> list[Result]:
    return [result for rule in rules for result in apply(rule)]


def _asks_for_settings(rule: Rule) -> bool:
    """Say whether a rule asks for the settings, as far as its own function tells."""
    code = getattr(rule.check, "__code__", None)
    return code is not None and not {"settings", "code"}.isdisjoint(code.co_names)


class _AskedHere(BaseException):
    """A rule asks for the settings; no fault of its own, which is an `Exception`."""


class _Elsewhere:
    """Settings that another process works out."""

    def __getattr__(self, _: str) -> Any:
        raise _AskedHere
