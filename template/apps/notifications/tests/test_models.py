"""What the database itself refuses."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError
from django.utils import timezone

from apps.notifications.models import Counter, Notification
from apps.notifications.tests.factories import notification_make

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("columns", "constraint"),
    [
        ({"number": 0}, "notifications_number_positive"),
        ({"kind": " "}, "notifications_kind_not_blank"),
        ({"text": ""}, "notifications_text_not_blank"),
        ({"read_at": timezone.now() - timedelta(days=1)}, "notifications_read_once_created"),
    ],
)
def test_a_notification_that_cannot_be_is_refused(columns: dict[str, Any], constraint: str) -> None:
    with pytest.raises(IntegrityError, match=constraint):
        notification_make(**columns)


def test_a_number_names_one_notification_of_a_user() -> None:
    first = notification_make()
    with pytest.raises(IntegrityError, match="notifications_number_once_a_user"):
        notification_make(first.user, number=first.number)


def test_notifications_go_with_their_user() -> None:
    notification = notification_make()
    assert str(notification) == "Hello!" and str(Counter.objects.get()) == "1"
    notification.user.delete()
    assert not Notification.objects.exists() and not Counter.objects.exists()
