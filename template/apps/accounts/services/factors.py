"""The second factor of a user: set up, and removed."""

from django.db import transaction

from apps.accounts.models import User
from apps.accounts.services.logins import user_log_out
from stack.audit.entries import record
from stack.audit.events import Event
from stack.otp.devices import Factor, factor_add, factor_delete


@transaction.atomic
def factor_set_up(user: User, key: str, code: str) -> Factor:
    """Give a user a second factor, and end what was opened without it.

    Args:
        user: The user.
        key: The secret that their app was given, in hexadecimal.
        code: What the app makes of it.

    Returns:
        The factor, with recovery codes that nobody will see again.

    Raises:
        WrongCode: The code is another one, or there is a factor already.
    """
    factor = factor_add(user, key, code)
    user_log_out(user)
    record(Event.FACTOR_ADDED, subject=user.pk)
    return factor


@transaction.atomic
def factor_remove(user: User) -> bool:
    """Take a user's second factor away, and log them out everywhere.

    Args:
        user: The user, who has shown a code, or whom a superuser helps.

    Returns:
        Whether there was one.
    """
    if not factor_delete(user):
        return False
    user_log_out(user)
    record(Event.FACTOR_REMOVED, subject=user.pk)
    return True
