"""What requests to the accounts can reach, in the tests of every operation of the API."""

from datetime import timedelta

from django.utils import timezone

from apps.accounts.models import User
from stack.sessions.models import Session

EXISTING = {"id": "00000000-0000-4000-8000-000000000001"}
"""Values of path parameters: one, of that name, for all apps."""

ACCESS = {
    "POST /api/v1/auth/api-token/": "anybody",
    "POST /api/v1/auth/signup/": "anybody",
    "POST /api/v1/auth/token/": "anybody",
    "POST /api/v1/auth/token/refresh/": "anybody",
    "POST /api/v1/auth/token/verify/": "anybody",
    "POST /api/v1/auth/logout/": "anybody",
    "POST /api/v1/users/": "anybody",
    "DELETE /api/v1/auth/api-token/": "user",
    "GET /api/v1/users/me/": "user",
    "PATCH /api/v1/users/me/": "user",
    "DELETE /api/v1/users/me/": "user",
    "GET /api/v1/users/me/data/": "user",
    "POST /api/v1/users/me/password/": "user",
    "GET /api/v1/users/me/logins/": "user",
    "DELETE /api/v1/users/me/logins/": "user",
    "DELETE /api/v1/users/me/logins/{id}/": "owner",
}
"""Who may call which operation; see `tests.test_access`."""


def make(user: User) -> None:
    """Log this user in, somewhere."""
    later = timezone.now() + timedelta(days=1)
    Session.objects.create(
        session_key=f"of-{user.pk}", user=user, login=EXISTING["id"], since=timezone.now(), expire_date=later
    )
