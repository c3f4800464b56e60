"""Made-up notifications for tests."""

from typing import Any

from django.db import transaction

from apps.accounts.models import User
from apps.accounts.tests.factories import UserFactory
from apps.notifications.models import Notification
from apps.notifications.services import notification_add


def notification_make(user: User | None = None, text: str = "Hello!", **columns: Any) -> Notification:
    """Tell somebody something, and then bend its columns to the test's needs.

    Args:
        user: Who is told; somebody new if None.
        text: What it says.
        **columns: What to overwrite.

    Returns:
        The notification as saved.
    """
    with transaction.atomic():
        notification = notification_add((user or UserFactory.create()).pk, "hello", text)
    if columns:
        Notification.objects.filter(pk=notification.pk).update(**columns)
        notification.refresh_from_db()
    return notification
