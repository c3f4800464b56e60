"""What can go wrong with a call. No message has the URL's path or query: they may carry secrets."""


class OutboundError(Exception):
    """A call that brought no answer to use."""


class Refused(OutboundError):
    """The URL, or the address that its host has, may not be called."""


class Unreachable(OutboundError):
    """The server can't be reached, or broke off."""


class TimedOut(Unreachable):
    """The server, or the finding of its address, took too long."""


class CircuitOpen(Unreachable):
    """The server failed so often just now that it was not asked."""


class TooLarge(OutboundError):
    """The answer is larger than was allowed."""


class TooManyRedirects(OutboundError):
    """One address led to the next, too often."""


class BadAnswer(OutboundError):
    """The answer has a status, or a body, that can't be used."""
