"""Log-ins of a user, ended from elsewhere."""

from django.db import transaction
from rest_framework.authtoken.models import Token

from apps.accounts.models import User
from stack.sessions import logins_end


@transaction.atomic
def user_log_out(user: User) -> None:
    """Log a user out everywhere: of every browser, of all tokens, and of what uses the API token.

    Args:
        user: The user.
    """
    Token.objects.filter(user=user).delete()
    logins_end(user.pk)
