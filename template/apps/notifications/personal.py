"""What notifications know of a person."""

from typing import Any

from apps.accounts.models import User
from apps.notifications.models import Counter, Notification
from apps.notifications.selectors import COLUMNS, notification_list

MODELS = ("notifications.Notification", "notifications.Counter")
NOT_PERSONAL: dict[str, str] = {}


def export(user: User) -> list[dict[str, Any]]:
    """Return what the user was told; see `stack.personal.Part`."""
    return list(notification_list(user).values(*COLUMNS))


def erase(user: User) -> None:
    """Delete it; see `stack.personal.Part`."""
    Notification.objects.filter(user=user).delete()
    Counter.objects.filter(user=user).delete()
