"""What a server said."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import orjson

from stack.outbound.errors import BadAnswer


@dataclass(frozen=True)
class Answer:
    """An answer, read to its end.

    Attributes:
        status: Of whatever kind: that a server answers 404 is no error of the call.
        headers: By name, in whatever case.
        content: The body, unpacked.
        url: Where it is from, after redirects.
    """

    status: int
    headers: Mapping[str, str] = field(repr=False)
    content: bytes = field(repr=False)
    url: str = field(repr=False)

    def raise_for_status(self) -> None:
        """Take anything but a success for an error.

        Raises:
            BadAnswer: The status is not of the kind 2xx.
        """
        if not 200 <= self.status < 300:
            raise BadAnswer(f"the status is {self.status}")

    def json(self) -> Any:
        """Return the body, read as JSON.

        Raises:
            BadAnswer: It is none.
        """
        try:
            return orjson.loads(self.content)
        except orjson.JSONDecodeError as error:
            raise BadAnswer("the body is no JSON") from error
