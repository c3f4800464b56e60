"""A circuit breaker for each host: one that failed often is left alone for a while, for its sake and ours.

Each process counts for itself: what they had in common would be one more server to ask, and to fail.
"""

from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock
from time import monotonic as now

from django.conf import settings

from stack.outbound.errors import CircuitOpen

HOSTS_MAX = 1000
"""How many are remembered, those that failed last: users may name as many hosts as they like."""

Host = tuple[str, int]


@dataclass
class Failures:
    """How often a host failed in a row, and when it was last asked, by the monotonic clock."""

    count: int = 0
    asked: float = 0.0


_lock = Lock()
_failing: OrderedDict[Host, Failures] = OrderedDict()


def ask(host: Host) -> None:
    """Ask for leave to call a host.

    Raises:
        CircuitOpen: It has failed too often, and not long enough ago. After a pause, one call may try.
    """
    with _lock:
        failures = _failing.get(host)
        if failures is None or failures.count < settings.OUTBOUND_BREAKER_FAILURES:
            return
        if now() - failures.asked < settings.OUTBOUND_BREAKER_SECONDS:
            raise CircuitOpen(f"{host[0]} failed {failures.count} times in a row, and is left alone for now")
        failures.asked = now()  # the others wait for as long again, or until this one has succeeded


def failed(host: Host) -> None:
    """Note that a call of a host failed."""
    with _lock:
        failures = _failing.setdefault(host, Failures())
        failures.count += 1
        failures.asked = now()
        _failing.move_to_end(host)
        if len(_failing) > HOSTS_MAX:
            _failing.popitem(last=False)


def succeeded(host: Host) -> None:
    """Note that a host answered, as one that is well does."""
    with _lock:
        _failing.pop(host, None)


def forget() -> None:
    """Forget all failures."""
    with _lock:
        _failing.clear()
