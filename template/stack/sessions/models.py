"""The sessions of browsers."""

from typing import ClassVar

from django.conf import settings
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models

from stack.sessions.origin import AGENT_LENGTH


class Session(AbstractBaseSession):
    """A session, with columns for what its data says of the log-in, so that it can be found by its owner.

    The key is a secret: whoever has it is logged in. What is shown, and named to end it, is `login`.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="+")
    login = models.UUIDField(null=True)
    since = models.DateTimeField(null=True)
    address = models.CharField(max_length=45, blank=True)
    agent = models.CharField(max_length=AGENT_LENGTH, blank=True)

    class Meta(AbstractBaseSession.Meta):
        """Newest first."""

        ordering: ClassVar = ["-since"]

    def __str__(self) -> str:
        """Return what may be shown."""
        return str(self.login)
