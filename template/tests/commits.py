"""The end of a transaction, for tests whose own transaction never ends."""

from collections.abc import Callable
from contextlib import AbstractContextManager

type Commit = Callable[[], AbstractContextManager[object]]
