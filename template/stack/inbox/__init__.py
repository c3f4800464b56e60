"""Events from elsewhere, whose effects are taken exactly once: with each, that it was taken is committed."""

from stack.inbox.registry import consumer

__all__ = ["consumer"]
