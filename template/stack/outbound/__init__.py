"""The one way to call other servers over HTTP: in time, in bounds, and never inside the network."""

from stack.outbound.answer import Answer
from stack.outbound.client import Client, request
from stack.outbound.errors import (
    BadAnswer,
    CircuitOpen,
    OutboundError,
    Refused,
    TimedOut,
    TooLarge,
    TooManyRedirects,
    Unreachable,
)

__all__ = [
    "Answer",
    "BadAnswer",
    "CircuitOpen",
    "Client",
    "OutboundError",
    "Refused",
    "TimedOut",
    "TooLarge",
    "TooManyRedirects",
    "Unreachable",
    "request",
]
