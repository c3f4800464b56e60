"""What requests to the notifications can reach, in the tests of every operation of the API."""

from django.db import transaction

from apps.accounts.models import User
from apps.notifications.services import notification_add

EXISTING: dict[str, str] = {}
"""Values of path parameters: there are none."""

ACCESS = {
    "GET /api/v1/notifications/": "user",
    "POST /api/v1/notifications/read/": "user",
}
"""Who may call which operation; see `tests.test_access`."""


def make(user: User) -> None:
    """Tell this user something."""
    with transaction.atomic():
        notification_add(user.pk, "hello", "Hello!")
