"""What is new for a user, from a table: fetched for many sockets at once."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, NamedTuple

from stack.websockets.database import in_database

ITEMS_AT_ONCE = 100
"""Of a user, in one message."""
PLACES_AT_ONCE = 500
"""In one query."""

Item = dict[str, Any]


class Place(NamedTuple):
    """How far somebody has read.

    Attributes:
        user: The user's primary key.
        after: The number of the last item that they have; 0 before the first.
    """

    user: int
    after: int


Fetch = Callable[[Sequence[Place], int], Sequence[list[Item]]]
"""Takes places, and how many items there may be for each; returns the items after each, by their number."""


@dataclass(eq=False)
class Feed:
    """Items of users, each with a number that grows by commits.

    What is numbered later must be committed later, or a reader who has seen the later one would never be
    given the earlier. A sequence or an ``id`` does not do that: transactions draw their numbers and then
    commit in any order. A counter of the user's, whose row stays locked until the commit, does.

    Attributes:
        name: What it is called, in letters, digits, dots and dashes.
        fetch: Asks the database.
    """

    name: str
    fetch: Fetch
    _asked: dict[Place, asyncio.Future[list[Item]]] = field(default_factory=dict, init=False)
    _asking: asyncio.Task[None] | None = field(default=None, init=False)

    def group(self, user: int) -> str:
        """Return the channel layer's name for a user's sockets."""
        return f"feed.{self.name}.{user}"

    async def after(self, place: Place) -> list[Item]:
        """Return what comes after a place, as of now; at most `ITEMS_AT_ONCE`.

        Whoever asks while a query is under way waits for the next one, together: it has to begin after they
        asked, and a thousand sockets that are told at once need two queries, and not a thousand.
        """
        if place not in self._asked:
            self._asked[place] = asyncio.get_running_loop().create_future()
        answer = self._asked[place]
        if self._asking is None:
            self._asking = asyncio.create_task(self._ask())
        return await asyncio.shield(answer)

    async def _ask(self) -> None:
        try:
            while self._asked:
                answers = {
                    place: self._asked.pop(place) for place in list(islice(self._asked, PLACES_AT_ONCE))
                }
                await self._answer(answers)
        finally:
            self._asking = None

    async def _answer(self, answers: dict[Place, asyncio.Future[list[Item]]]) -> None:
        try:
            found = await in_database(self.fetch, list(answers), ITEMS_AT_ONCE)
        except Exception as error:  # pylint: disable=broad-exception-caught
            for answer in answers.values():
                answer.set_exception(error)  # whoever asked will raise it
        else:
            for answer, items in zip(answers.values(), found, strict=True):
                answer.set_result(items)
