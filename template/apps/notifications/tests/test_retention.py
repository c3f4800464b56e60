"""Old notifications go; numbers do not come again."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from apps.accounts.tests.factories import UserFactory
from apps.notifications import retention
from apps.notifications.models import Notification
from apps.notifications.services import notification_add
from stack.retention import clear_expired

pytestmark = pytest.mark.django_db


def test_old_ones_go_and_young_ones_stay() -> None:
    user = UserFactory.create()
    for days in (retention.DAYS + 1, retention.DAYS - 1):
        notification = notification_add(user.pk, "hello", "Hello!")
        Notification.objects.filter(pk=notification.pk).update(
            created_at=timezone.now() - timedelta(days=days)
        )

    assert clear_expired() == {"notifications.Notification": 1}

    assert Notification.objects.get().number == 2
    with transaction.atomic():
        assert notification_add(user.pk, "hello", "Hello!").number == 3
