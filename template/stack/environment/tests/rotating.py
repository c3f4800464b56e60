"""What processes do when their secrets change, or can't be asked for; with any store."""

import json
import os
import signal
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from stack.environment.store import TRIES
from tests.processes import PRODUCTION, SECONDS, get, gunicorn, running, wait_until

WORKERS = 2
REFRESH = "0.5"  # seconds
CHANGED = "The secrets have changed: this process ends"
REFUSED = "nothing would start with them: SECRET_KEY is too weak"
KEPT = "This process goes on with those that it has"

PROCESSES: dict[str, tuple[list[str], str]] = {}
"""Commands that run until they are ended, and what they write once they do."""
if find_spec("stack.celery"):
    PROCESSES["worker"] = (["celery", "-A", "config", "worker", "--concurrency=1"], "ready.")
    PROCESSES["beat"] = (["celery", "-A", "config", "beat", "--pidfile="], "beat: Starting")
if find_spec("stack.events"):
    PROCESSES["publisher"] = (["python", "manage.py", "publish"], "Publishing events")


@dataclass(frozen=True)
class Kept:
    """Secrets in a store.

    Attributes:
        variables: How a process finds them.
        put: Puts a document in their place.
        away: Has something else answer that hangs up; a list of its calls.
    """

    variables: dict[str, str]
    put: Callable[[dict[str, Any]], None]
    away: Callable[[], AbstractContextManager[list[str]]]

    @property
    def environment(self) -> dict[str, str]:
        """Production's, without what is kept here: an empty variable is none."""
        mine = {"SECRET_KEY": "", "DEFAULT_FROM_EMAIL": "", "SECRETS_REFRESH_SECONDS": REFRESH}
        return PRODUCTION | mine | self.variables

    def change(self, sender: str, **values: str) -> None:
        """Put settings into the place of those that are there."""
        key = PRODUCTION["SECRET_KEY"] + sender
        self.put({"DEFAULT_FROM_EMAIL": f"{sender}@example.com", "SECRET_KEY": key} | values)


class Site:
    """A real gunicorn, by what it answers."""

    def __init__(self, port: int) -> None:
        """Take its port."""
        self.port = port

    def shown(self) -> list[dict[str, Any]]:
        """Ask often enough to hear from each worker; no request may fail."""
        answers = [get(self.port, "/shown/") for _ in range(6 * WORKERS)]
        assert {status for status, _, _ in answers} == {200}
        return [json.loads(body) for _, _, body in answers]

    def workers(self) -> set[int]:
        """Return the workers, once all of them have answered."""

        def all_of_them() -> set[int]:
            found = {answer["pid"] for answer in self.shown()}
            return found if len(found) == WORKERS else set()

        return wait_until(all_of_them)

    def has(self, sender: str) -> bool:
        """Tell whether all workers have these settings."""
        answers = {(answer["sender"], answer["key"][-len(sender) :]) for answer in self.shown()}
        return answers == {(f"{sender}@example.com", sender)}


def assert_that_workers_are_replaced(kept: Kept, folder: Path) -> None:
    """Change what a real gunicorn has, to better and to worse, and take the store away meanwhile."""
    log = folder / "log"
    kept.change("first")
    arguments = (f"--workers={WORKERS}", "stack.environment.tests.shown:application")
    with gunicorn(log, *arguments, **kept.environment) as (master, port):
        site = Site(port)
        assert site.has("first")
        first = site.workers()

        kept.change("second")
        wait_until(lambda: site.has("second"))
        second = site.workers()
        assert not first & second

        kept.change("third", SECRET_KEY="short")
        wait_until(lambda: log.read_text().count(REFUSED) == WORKERS)
        assert site.has("second") and site.workers() == second

        with kept.away() as calls:
            wait_until(lambda: len(calls) > 4 * WORKERS * TRIES)
            assert log.read_text().count(KEPT) == WORKERS
            os.kill(second.pop(), signal.SIGKILL)
            wait_until(lambda: "Those that were read before are kept" in log.read_text())
            assert site.has("second") and site.workers() > second

        kept.change("fourth")
        wait_until(lambda: site.has("fourth"))
        assert master.poll() is None


def assert_that_it_ends(process: str, kept: Kept, folder: Path) -> None:
    """Change what another process has."""
    command, up = PROCESSES[process]
    log = folder / "log"
    kept.change("first")
    variables = kept.environment | {
        "CELERY_BEAT_SCHEDULE_FILE": str(folder / "beat"),
        "CELERY_TASK_DEFAULT_QUEUE": kept.variables["SECRETS_NAME"],
    }
    with running(command, log, **variables) as ending:
        wait_until(lambda: up in log.read_text())
        kept.change("second")
        assert ending.wait(SECONDS) == 0, log.read_text()
    assert CHANGED in log.read_text()
