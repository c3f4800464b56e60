"""What the ledger itself tells of: long rows of events of a few keys, in which each has a number."""

from pydantic import BaseModel
from stack.events import declare


class Counted(BaseModel):
    """A key's counter went on."""

    position: int


declare("ledger.counted", Counted)
