"""Notifications, numbered for each user; what must always hold is kept by the database."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

KIND_LENGTH = 60
TEXT_LENGTH = 500
"""Characters, at most."""


class Notification(models.Model):
    """Something that a user is told."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="notifications", db_index=False
    )
    number = models.PositiveBigIntegerField(
        help_text="1 for a user's first; without gaps, and in the order of commits."
    )
    kind = models.CharField(max_length=KIND_LENGTH, help_text="For programs, such as order.paid.")
    text = models.CharField(max_length=TEXT_LENGTH, help_text="For people.")
    data = models.JSONField(default=dict, blank=True, help_text="More for programs, such as the order's id.")
    created_at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """Order and constraints; the unique one is the index that all readers use."""

        ordering = ("-number",)
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("user", "number"), name="notifications_number_once_a_user"),
            models.CheckConstraint(condition=Q(number__gt=0), name="notifications_number_positive"),
            models.CheckConstraint(condition=Q(kind__regex=r"\S"), name="notifications_kind_not_blank"),
            models.CheckConstraint(condition=Q(text__regex=r"\S"), name="notifications_text_not_blank"),
            models.CheckConstraint(
                condition=Q(read_at=None) | Q(read_at__gte=F("created_at")),
                name="notifications_read_once_created",
            ),
        ]

    def __str__(self) -> str:
        """Return what it says."""
        return self.text


class Counter(models.Model):
    """The number of a user's last notification.

    Apart from the notifications, so that a number never comes twice when old ones, or all, are deleted.
    """

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="+")
    last = models.PositiveBigIntegerField(default=0)

    def __str__(self) -> str:
        """Return the number."""
        return str(self.last)
