"""Log-ins of a user, ended from elsewhere."""

from uuid import UUID

from django.db import transaction
from rest_framework.authtoken.models import Token

from apps.accounts.models import User
from stack.audit.entries import record
from stack.audit.events import Event
from stack.sessions import logins_end


@transaction.atomic
def user_log_out(user: User) -> None:
    """Log a user out everywhere: of every browser, of all tokens, and of what uses the API token.

    Args:
        user: The user.
    """
    Token.objects.filter(user=user).delete()
    logins_end(user.pk)
    record(Event.LOGGED_OUT, subject=user.pk, everywhere=True)


@transaction.atomic
def login_end(user: User, login: UUID) -> bool:
    """Log a user out in one place.

    Args:
        user: The user.
        login: The log-in's id.

    Returns:
        Whether they were logged in there.
    """
    if not logins_end(user.pk, only=login):
        return False
    record(Event.LOGGED_OUT, subject=user.pk, login=str(login))
    return True
