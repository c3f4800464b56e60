"""Where one address leads to the next."""

from collections.abc import Callable
from dataclasses import replace

from urllib3 import HTTPHeaderDict

from stack.outbound.answer import Answer
from stack.outbound.errors import TooManyRedirects
from stack.outbound.exchange import Call
from stack.outbound.target import redirected

STATUSES = {301, 302, 303, 307, 308}
MOST = 5
FOR_ANYBODY = {"accept", "accept-language", "user-agent"}
"""The headers that go along to another origin: which of the others are credentials can't be told."""


def follow(once: Callable[[Call], Answer], call: Call) -> Answer:
    """Make a call, and follow where its answer leads; what was sent by POST and the like goes nowhere else.

    Args:
        once: Makes it, and checks the address of each.
        call: What is asked.

    Raises:
        Refused: A redirect leads where no call may go.
        TooManyRedirects: There is no end to them.
    """
    for _ in range(MOST + 1):
        answer = once(call)
        location = answer.headers.get("Location")
        if answer.status not in STATUSES or call.method not in {"GET", "HEAD"} or not location:
            return answer
        call = _next(call, location)
    raise TooManyRedirects(f"more than {MOST} redirects, the last one to {call.target.host}")


def _next(call: Call, location: str) -> Call:
    target = redirected(call.target, location)
    if target.origin == call.target.origin:
        return replace(call, target=target)
    headers = {name: value for name, value in call.headers.items() if name.lower() in FOR_ANYBODY}
    return replace(call, target=target, headers=HTTPHeaderDict(headers), body=None)
