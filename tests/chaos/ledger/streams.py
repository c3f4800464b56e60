"""What reads the same events as they come by Kafka, where the project has it."""

from typing import Any

from apps.ledger.consumers import TYPES
from apps.ledger.effects import write
from stack.events import Message
from stack.kafka import stream


@stream(*TYPES, group="ledger-stream")
def write_down(message: Message[Any]) -> None:
    """Take the effect."""
    write("ledger-stream", message)
