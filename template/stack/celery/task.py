"""The class of the project's tasks: sent when the transaction is committed, never stuck on a dead broker."""

from typing import Any

from celery.contrib.django.task import DjangoTask
from celery.result import AsyncResult
from django.db import transaction

CONFIRM_TIMEOUT = 5.0
"""Seconds that a broker may take to confirm that it has the message."""


class Task(DjangoTask[..., Any]):
    """A task that is sent by ``delay_on_commit``, or outside of any transaction.

    Sent within one, it could start before its rows can be seen, or although they were rolled back.
    """

    def apply_async(self, *args: Any, **options: Any) -> AsyncResult[Any]:
        """Send the task now.

        Raises:
            TransactionManagementError: Within a transaction, wherever this is tried first: in development.
        """
        if _in_transaction():
            raise transaction.TransactionManagementError(
                f"{self.name} was sent within a transaction; send it with delay_on_commit."
            )
        options.setdefault("confirm_timeout", CONFIRM_TIMEOUT)
        return super().apply_async(*args, **options)

    def delay_on_commit(self, *args: Any, **kwargs: Any) -> None:  # type: ignore[override]
        """Send the task with these arguments once the transaction is committed; at once outside of one."""
        self.apply_async_on_commit(args, kwargs)

    def apply_async_on_commit(self, *args: Any, **options: Any) -> None:  # type: ignore[override]
        """Call ``apply_async`` once the transaction is committed.

        A broker that is down by then is logged as an error, not raised: what was asked for is committed, and
        an error would tell the client that it is not.
        """
        transaction.on_commit(lambda: self.apply_async(*args, **options), robust=True)


def _in_transaction() -> bool:
    """Tell whether a transaction is open that is not a test's own."""
    # pylint: disable-next=protected-access; Django tells its test cases' blocks apart so, for durable ones
    return any(not block._from_testcase for block in transaction.get_connection().atomic_blocks)
