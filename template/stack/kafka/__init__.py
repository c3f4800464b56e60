"""Events as streams, which Kafka keeps: each group of readers takes each event exactly once, in its order."""

from stack.kafka.registry import forgets, stream

__all__ = ["forgets", "stream"]
