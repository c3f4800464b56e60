"""The document of secrets: read at boot, and laid under the environment, before any setting is read.

Real variables win, as they do over ``.env``: what a process is given by whoever starts it is nearer to it
than what all of them share, and holds in an emergency, when the store can't be changed.
"""

import logging
import re
import time
from collections.abc import Callable
from functools import partial
from importlib import import_module
from pkgutil import iter_modules
from queue import Empty, SimpleQueue
from random import uniform
from threading import Thread

import environ

from stack.environment import stores
from stack.environment.stores import Away, Unreadable, no_document

TRIES = 3
PAUSE = 1.0
"""Seconds between two tries, at most."""
DEADLINE = 15.0
"""Seconds for all of it: no library's time-outs know names that are not resolved, and answers that drip."""

NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
LAID = "SECRETS_LAID"
"""The variable that tells a process's children which of theirs are no real ones, but of the document."""

type Document = dict[str, str]

logger = logging.getLogger(__name__)

laid: Document = {}
"""What of the document this process lives with."""


def is_used(env: environ.Env) -> bool:
    """Tell whether secrets are kept anywhere but in the environment."""
    return bool(_backend(env))


def lay(env: environ.Env) -> None:
    """Lay the document under the environment, if there is one.

    A process whose parent had a document goes on with that when the store is away: a worker that is replaced
    during an outage is no boot.

    Raises:
        SystemExit: It can't be read. One line, which says what was asked for, and of whom.
    """
    if not is_used(env):
        return
    before = {name: env.ENVIRON[name] for name in _laid_before(env)}
    try:
        document = under(env, read(env))
    except Unreadable as error:
        if LAID not in env.ENVIRON:
            raise SystemExit(str(error)) from None
        logger.warning("%s Those that were read before are kept.", error)
        document = before
    for name in before:
        del env.ENVIRON[name]
    env.ENVIRON.update(document | {LAID: ",".join(document)})
    laid.clear()
    laid.update(document)


def under(env: environ.Env, document: Document) -> Document:
    """Return what of a document counts: what no real variable says. An empty one says nothing."""
    before = _laid_before(env)
    return {name: value for name, value in document.items() if name in before or not env.ENVIRON.get(name)}


def read(env: environ.Env) -> Document:
    """Ask the store for the document, a few times, and no longer than for some seconds.

    Raises:
        Unreadable: There is none to be had.
    """
    backend = _backend(env)
    name = env.str("SECRETS_NAME", "")
    if not name:
        raise SystemExit(f"SECRETS_NAME is required with SECRETS_BACKEND={backend}, but it is not set.")
    store = import_module(f"{stores.__name__}.{backend}")
    try:
        return _in_time(lambda: checked(_tried(partial(store.fetch, name, env))))
    except Unreadable as error:
        raise Unreadable(f"The secrets {name!r} can't be read from {store.LABEL}: {error}.") from None


def checked(content: object) -> Document:
    """Return a document whose names can be variables, and whose values are text.

    Raises:
        Unreadable: It is none.
    """
    if not isinstance(content, dict):
        raise no_document(type(content).__name__)
    for number, (name, value) in enumerate(content.items(), start=1):
        if not NAME.fullmatch(name):
            raise Unreadable(f"its name number {number} can't be a variable's")
        if not isinstance(value, str):
            raise Unreadable(f"the value of {name} is no string, but {type(value).__name__}")
        if "\0" in value:
            raise Unreadable(f"the value of {name} has a NUL, which no variable can have")
    return content


def _backend(env: environ.Env) -> str:
    known = ["environment", *(module.name for module in iter_modules(stores.__path__))]
    backend: str = env.str("SECRETS_BACKEND", "") or known[0]
    if backend not in known:
        raise SystemExit(f"SECRETS_BACKEND is {backend!r}; set it to one of: {', '.join(known)}.")
    return "" if backend == known[0] else backend


def _laid_before(env: environ.Env) -> list[str]:
    return [name for name in env.ENVIRON.get(LAID, "").split(",") if name in env.ENVIRON]


def _tried(fetch: Callable[[], object]) -> object:
    for _ in range(TRIES - 1):
        try:
            return fetch()
        except Away:
            time.sleep(uniform(PAUSE / 2, PAUSE))  # nosec B311 # not all at once
    return fetch()


def _in_time(ask: Callable[[], Document]) -> Document:
    answers: SimpleQueue[Document | Exception] = SimpleQueue()

    def run() -> None:
        try:
            answers.put(ask())
        except Exception as error:  # pylint: disable=broad-exception-caught  # raised again, below
            answers.put(error)

    Thread(target=run, name="secrets", daemon=True).start()
    try:
        answer = answers.get(timeout=DEADLINE)
    except Empty:
        raise Away(f"there was no answer within {DEADLINE:.0f} s") from None
    if isinstance(answer, Exception):
        raise answer
    return answer
