"""Makes each log-in of a browser note where it came from."""

from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in

from stack.sessions.origin import session_begin


class SessionsConfig(AppConfig):
    """The sessions."""

    name = "stack.sessions"
    # Not that of Django's own sessions: a database that had those would take our migrations for done.
    label = "logins"

    def ready(self) -> None:
        """Listen to log-ins."""
        user_logged_in.connect(session_begin, dispatch_uid="stack.sessions")
