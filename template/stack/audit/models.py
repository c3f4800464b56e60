"""The table of the audit, which the database itself only adds to."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone

from stack.audit.events import Event


class AuditEntry(models.Model):
    """Something that has happened.

    Users are named by their keys, which stay when the user is deleted: no constraint, nothing to set to null.

    Attributes:
        actor: Who did it; None for nobody that is known, and for the server's own commands.
        subject: Whom it concerns.
        way: The name of the address that it was done by, such as ``login_code`` or ``token-pair``.
        keep_until: Before, the database refuses to delete the row; it refuses any other change for good.
    """

    at = models.DateTimeField(default=timezone.now)
    event = models.CharField(max_length=30, choices=Event)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.DO_NOTHING,
        null=True,
        blank=True,
        db_constraint=False,
        db_index=False,
        related_name="+",
    )
    subject = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.DO_NOTHING,
        null=True,
        blank=True,
        db_constraint=False,
        related_name="+",
    )
    address = models.CharField(max_length=45, blank=True)
    request_id = models.CharField(max_length=128, blank=True)
    way = models.CharField(max_length=100, blank=True)
    details = models.JSONField(default=dict, blank=True)
    keep_until = models.DateTimeField(db_index=True)

    class Meta:
        """Newest first."""

        ordering: ClassVar = ["-id"]
        verbose_name_plural = "audit entries"

    def __str__(self) -> str:
        """Return when, and what."""
        return f"{self.at:%Y-%m-%d %H:%M:%S} {self.event}"
