"""Letters."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

SUBJECT_LENGTH = 200
"""Characters, at most."""


class Letter(models.Model):
    """A mail that a user is owed."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="letters")
    subject = models.CharField(max_length=SUBJECT_LENGTH)
    text = models.TextField()
    created_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField(default=timezone.now, help_text="When it is to be tried next.")
    tries = models.PositiveSmallIntegerField(default=0, help_text="In vain.")
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """The index is of those that are left to send."""

        ordering = ("-created_at",)
        indexes: ClassVar = [models.Index(fields=("due_at",), condition=Q(sent_at=None), name="letters_owed")]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(subject__regex=r"\S"), name="letters_subject_not_blank"),
        ]

    def __str__(self) -> str:
        """Return what it is about."""
        return self.subject
