"""What is remembered of tokens."""

from typing import ClassVar
from uuid import uuid4

from django.conf import settings
from django.db import models

from stack.sessions.origin import AGENT_LENGTH


class TokenFamily(models.Model):
    """A log-in that goes on by tokens: all pairs that came out of it, of which the last one is good.

    Attributes:
        refresh: The id (``jti``) of the only refresh token that is good.
        auth_hash: What Django's sessions keep of the password, to end with it.
    """

    id = models.UUIDField(primary_key=True, default=uuid4)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    refresh = models.CharField(max_length=32)
    auth_hash = models.CharField(max_length=128)
    address = models.CharField(max_length=45, blank=True)
    agent = models.CharField(max_length=AGENT_LENGTH, blank=True)
    since = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(db_index=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """Newest first."""

        ordering: ClassVar = ["-since"]
        verbose_name_plural = "token families"

    def __str__(self) -> str:
        """Return its name."""
        return str(self.id)
