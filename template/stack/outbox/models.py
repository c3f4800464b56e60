"""The library's events, with what the relay keeps of them."""

from typing import ClassVar

from django.db import models

# Before the models of any app, so that those which use the library's decorator get ours.
from stack.outbox import decorators as _decorators  # noqa: F401


class OutboxEvent(models.Model):
    """A row of the library's `published`, with the columns of our migration. To look at."""

    class Status(models.IntegerChoices):
        """The library's states."""

        SET_ASIDE = -1
        PENDING = 1
        SENT = 2

    id = models.UUIDField(primary_key=True)
    seq = models.BigIntegerField(
        "number", db_column="relay_seq", help_text="In the order of commits, by key."
    )
    route = models.TextField(db_column="relay_route")
    key = models.TextField(db_column="relay_key")
    destination = models.CharField(max_length=255)
    body = models.JSONField()
    headers = models.JSONField()
    added = models.DateTimeField()
    status = models.IntegerField(choices=Status)
    retry = models.PositiveIntegerField("tries in vain")
    after = models.DateTimeField("next try", db_column="relay_after", null=True)
    error = models.TextField(db_column="relay_error")

    class Meta:
        """The library makes the table."""

        managed = False
        db_table = "published"
        ordering: ClassVar = ["-seq"]
        verbose_name = "event in the outbox"
        verbose_name_plural = "events in the outbox"

    def __str__(self) -> str:
        """Return where it goes, and about what."""
        return f"{self.destination} {self.key}"
