"""What the project can't serve without, each asked at the same time, each with a deadline."""

import logging
from concurrent.futures import ThreadPoolExecutor, wait

from django.conf import settings
from django.utils.module_loading import import_string

DEADLINE = 2
"""Seconds that a check may take."""

logger = logging.getLogger(__name__)


class Unready(Exception):
    """A reason that may be shown to anyone."""


def failures() -> dict[str, str]:
    """Run all checks: functions that raise when what they ask does not answer.

    Their modules load all that they use, before they run side by side: of two threads that import parts of
    one library for the first time, one may fail.

    Returns:
        Why each failed one failed, without addresses or other secrets: those are in the log.
    """
    checks = {name: import_string(path) for name, path in settings.HEALTH_CHECKS.items()}
    pool = ThreadPoolExecutor(len(checks), thread_name_prefix="health")
    running = {pool.submit(check): name for name, check in checks.items()}
    wait(running, timeout=DEADLINE)
    # Not waited for: what they hang in has time-outs of its own, and ends after our answer.
    pool.shutdown(wait=False)
    failed = {}
    for future, name in running.items():
        error = future.exception() if future.done() else Unready(f"no answer within {DEADLINE} s")
        if error:
            logger.warning("%s is not ready: %s", name, error)
            failed[name] = str(error) if isinstance(error, Unready) else type(error).__name__
    return failed
