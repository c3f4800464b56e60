"""How far each group has read."""

from typing import ClassVar

from django.db import models


class StreamPosition(models.Model):
    """A group's position in a partition: of one transaction with the effects of what came before."""

    group = models.CharField(max_length=60)
    topic = models.CharField(max_length=249)
    partition = models.PositiveIntegerField()
    position = models.PositiveBigIntegerField(default=0, help_text="Of the next event to take.")
    log = models.CharField(
        "topic's identifier", max_length=40, help_text="A topic that is deleted and made anew has another."
    )
    moved_at = models.DateTimeField(auto_now=True)

    class Meta:
        """One row a group and partition."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["group", "topic", "partition"], name="kafka_position_one")
        ]
        ordering: ClassVar = ["group", "topic", "partition"]
        verbose_name = "position in a stream"
        verbose_name_plural = "positions in streams"

    def __str__(self) -> str:
        """Return whose it is, where, and how far."""
        return f"{self.group} {self.topic}[{self.partition}]@{self.position}"
