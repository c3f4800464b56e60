"""What was taken, and what could not be."""

from typing import ClassVar

from django.db import models


class InboxEntry(models.Model):
    """An event whose effect a group has taken: a row of the library's `received`, to look at."""

    id = models.UUIDField(primary_key=True)
    msg_id = models.CharField("group and event", max_length=100)
    headers = models.JSONField()
    added = models.DateTimeField()

    class Meta:
        """The library makes the table."""

        managed = False
        db_table = "received"
        ordering: ClassVar = ["-added"]
        verbose_name = "event that was taken"
        verbose_name_plural = "events that were taken"

    def __str__(self) -> str:
        """Return whose it is, and which."""
        return self.msg_id


class DeadLetter(models.Model):
    """An event that a group could not take. The broker keeps it; this says why, and what has become of it."""

    group = models.CharField(max_length=100)
    event = models.CharField("event, or what stands for it", max_length=100)
    type = models.CharField(max_length=200, blank=True)
    key = models.TextField(blank=True)
    reason = models.TextField()
    excerpt = models.TextField(blank=True)
    added = models.DateTimeField(auto_now=True)
    replayed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """One row an event and group: it may fail again."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["group", "event"], name="inbox_dead_letter")]
        ordering: ClassVar = ["-added"]

    def __str__(self) -> str:
        """Return whose it is, and which."""
        return f"{self.group} {self.type} {self.event}"
