"""What was sent long ago goes without a relay, too; what was not sent stays, however old."""

from datetime import timedelta

import pytest
from django.utils import timezone
from django_outbox_pattern.models import Published
from pytest_django import Settings

from stack.outbox.models import OutboxEvent
from stack.retention import clear_expired

pytestmark = pytest.mark.django_db


def event(status: int, days: int) -> None:
    made = Published.objects.create(destination=f"/{status}/{days}", body={}, status=status)
    Published.objects.filter(pk=made.pk).update(added=timezone.now() - timedelta(days=days))


def test_what_was_sent_long_ago_goes(settings: Settings) -> None:
    settings.OUTBOX_KEEP_DAYS = 30
    for status in OutboxEvent.Status:
        event(status, 29)
        event(status, 31)

    assert clear_expired() == {"outbox.OutboxEvent": 1}

    assert set(Published.objects.values_list("destination", flat=True)) == {
        *("/-1/29", "/-1/31", "/1/29", "/1/31"),
        "/2/29",
    }
