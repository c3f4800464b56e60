"""Checking many projects at once; what one of them does to its process is the others' no concern."""

from __future__ import annotations

import gc
import multiprocessing as mp
import os
import resource
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path

from stackyard.checking.result import Report
from stackyard.checking.run import Checks, check

DEADLINE = 30.0
"""So long a project may take, in seconds."""

MEMORY = 1 << 30
"""So much memory a process may take, in bytes of addresses."""


@dataclass
class _Worker:
    process: BaseProcess
    pipe: Connection
    number: int = -1  # of the project that it has
    since: float = 0.0
    is_gone: bool = False


def check_all(
    folders: Sequence[tuple[Path, str]],
    checks: Checks,
    jobs: int | None = None,
    tell: Callable[[int], None] = lambda _: None,
) -> Iterator[Report]:
    """Check projects, in processes of their own.

    Args:
        folders: The folder of each, and what it is called.
        checks: What they are checked for.
        jobs: How many at once; as many as there are processors, if that is not said.
        tell: Is told how many are done, whenever one is.

    Yields:
        What was found in each, in their order. One that takes its process down, or too long, could not be
        checked.
    """
    done: dict[int, Report] = {}
    waiting = deque(range(len(folders)))
    workers: list[_Worker] = []
    for _ in range(min(jobs or os.process_cpu_count() or 1, len(folders))):
        workers.append(_start(checks, workers))
    given = 0
    try:
        while given < len(folders):
            for place, worker in enumerate(workers):
                if worker.number < 0 and waiting:
                    worker.number, worker.since = waiting.popleft(), time.monotonic()
                    worker.pipe.send(folders[worker.number])
                failure = _failure(worker)
                if failure:
                    done[worker.number] = Report(folders[worker.number][1], failure=failure)
                    _stop(worker)
                    workers[place] = _start(checks, workers)
            for pipe in wait([worker.pipe for worker in workers if worker.number >= 0], timeout=0.2):
                worker = [worker for worker in workers if worker.pipe is pipe][0]
                try:
                    done[worker.number] = worker.pipe.recv()
                    worker.number = -1
                except (EOFError, OSError):
                    worker.process.join()
                    worker.is_gone = True
            tell(given + len(done))
            while given in done:
                yield done.pop(given)
                given += 1
    finally:
        for worker in workers:
            _stop(worker)


def _failure(worker: _Worker) -> str:
    """Say why a worker has to go; nothing if it has not."""
    if worker.number < 0:
        return ""
    if worker.is_gone:
        return f"its check died (exit code {worker.process.exitcode})"
    if time.monotonic() - worker.since > DEADLINE:
        return f"its check took more than {DEADLINE:g} s"
    return ""


def _start(checks: Checks, others: Sequence[_Worker]) -> _Worker:
    context = mp.get_context("fork")  # what is loaded is there already
    ours, theirs = context.Pipe()
    held = [ours, *(worker.pipe for worker in others)]
    process = context.Process(target=_work, args=(theirs, checks, held), daemon=True)
    process.start()
    theirs.close()
    return _Worker(process, ours)


def _stop(worker: _Worker) -> None:
    worker.pipe.close()
    worker.process.kill()
    worker.process.join()


def _work(pipe: Connection, checks: Checks, held: Sequence[Connection]) -> None:
    for other in held:  # so that the end of the main process is seen
        other.close()
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    while True:
        try:
            folder, name = pipe.recv()
        except (EOFError, OSError):
            return
        try:
            report = check(folder, name, checks)
        except (MemoryError, RecursionError, OSError) as error:
            report = Report(name, failure=f"its check failed: {type(error).__name__} {error}".rstrip())
        pipe.send(report)
        # What a project leaves goes, so that memory does not grow; what stays is not looked through again.
        gc.collect()
        gc.freeze()
