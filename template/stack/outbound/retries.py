"""Whether a call is made again, and when."""

import random
import time
from collections.abc import Callable
from itertools import count

from urllib3.exceptions import InvalidHeader
from urllib3.util import Retry

from stack.outbound import breaker
from stack.outbound.answer import Answer
from stack.outbound.errors import Unreachable
from stack.outbound.exchange import Call

IDEMPOTENT = {"DELETE", "GET", "HEAD", "OPTIONS", "PUT"}
UNWELL = {502, 503, 504}
"""The status of a server that can't do its work now, whatever it is asked."""
TOO_OFTEN = 429

FIRST_SECONDS = 0.25
LONGEST_SECONDS = 8.0


def insist(once: Callable[[Call], Answer], call: Call, tries: int, deadline: float) -> Answer:
    """Make a call, and make it again where that may help, is safe, and can be done in time.

    Args:
        once: Makes it.
        call: What is asked.
        tries: How often, at most.
        deadline: Until when, by the monotonic clock.

    Returns:
        The last answer.

    Raises:
        Unreachable: The last try brought none, or the host is left alone for now.
    """
    host = (call.target.host, call.target.port)
    if not (call.method in IDEMPOTENT or "Idempotency-Key" in call.headers):
        tries = 1
    for made in count(1):
        breaker.ask(host)
        try:
            answer = once(call)
        except Unreachable:
            breaker.failed(host)
            wait = back_off(made)
            if made >= tries or time.monotonic() + wait >= deadline:
                raise
        else:
            (breaker.failed if answer.status in UNWELL else breaker.succeeded)(host)
            wait = _wanted(answer) or back_off(made)
            again = answer.status in UNWELL or answer.status == TOO_OFTEN
            if not again or made >= tries or time.monotonic() + wait >= deadline:
                return answer
        time.sleep(wait)
    raise AssertionError("count() has no end")


def back_off(made: int) -> float:
    """Return twice as many seconds each time, less up to half of them: or all come again at one moment."""
    return min(FIRST_SECONDS * 2.0 ** (made - 1), LONGEST_SECONDS) * random.uniform(0.5, 1)  # nosec B311


def _wanted(answer: Answer) -> float | None:
    try:
        seconds: float = Retry().parse_retry_after(answer.headers.get("Retry-After", "none"))
    except InvalidHeader:
        return None
    return seconds
