"""Secrets that change while a process runs: it ends as on SIGTERM, and the next one starts with them."""

import logging
import os
import signal
import subprocess  # nosec B404 # starts Python, with our own words
import sys
import time
from random import uniform
from threading import Thread

from stack.environment import BASE_DIR, env, store
from stack.environment.stores import Unreadable

logger = logging.getLogger(__name__)

SECONDS_TO_START = 60
START = "from django.conf import settings; settings.DEBUG"


def watch() -> None:
    """Look at the secrets from now on, in a process that serves until it is ended; if a store has them."""
    seconds = env.float("SECRETS_REFRESH_SECONDS", 300.0)
    if store.is_used(env) and seconds > 0:
        Thread(target=_watch, args=(seconds,), name="secrets", daemon=True).start()


def _watch(seconds: float) -> None:
    away, refused = False, store.laid
    while True:
        time.sleep(uniform(0.8, 1.2) * seconds)  # processes of one start don't end together  # nosec B311
        try:
            found = store.under(env, store.read(env))
        except Unreadable as error:
            if not away:
                logger.warning("%s This process goes on with those that it has.", error)
            away = True
            continue
        away = False
        if found in (store.laid, refused):
            continue
        if reason := _refusal():
            logger.error("The secrets have changed, and nothing would start with them: %s", reason)
            refused = found
            continue
        logger.warning("The secrets have changed: this process ends, and the next one has the new ones.")
        os.kill(os.getpid(), signal.SIGTERM)
        return


def _refusal() -> str:
    """Say why a new process would not start, in its one line; nothing, if it would."""
    try:
        done = subprocess.run(  # nosec B603 # see above
            [sys.executable, "-c", START],
            cwd=BASE_DIR,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            timeout=SECONDS_TO_START,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return f"it could not be tried ({type(error).__name__})"
    lines = done.stderr.splitlines()
    if done.returncode == 0:
        return ""
    # A traceback may quote a value.
    return lines[0] if len(lines) == 1 else f"the settings could not be read (exit code {done.returncode})"
