"""What was taken or replayed long ago goes; a dead letter that nobody has replayed stays."""

from datetime import timedelta

import pytest
from django.utils import timezone
from django_outbox_pattern.models import Received
from pytest_django import Settings

from stack.inbox import dead_letters, taking
from stack.inbox.models import DeadLetter
from stack.retention import clear_expired

pytestmark = pytest.mark.django_db


def test_what_was_taken_long_ago_goes(settings: Settings) -> None:
    settings.INBOX_KEEP_DAYS = 60
    for days in (59, 61):
        entry = Received.objects.create(msg_id=f"g:{days}", headers={})
        Received.objects.filter(pk=entry.pk).update(added=timezone.now() - timedelta(days=days))

    assert taking.forget() == 1

    assert Received.objects.get().msg_id == "g:59"


def test_what_was_replayed_long_ago_goes(settings: Settings) -> None:
    settings.INBOX_KEEP_DAYS = 60
    now = timezone.now()
    old = now - timedelta(days=61)
    for name, moment in {"old": old, "young": now - timedelta(days=59)}.items():
        dead_letters.enter("g", name, {}, b"", "Error")
        DeadLetter.objects.filter(event=name).update(replayed_at=moment)
    dead_letters.enter("g", "never", {}, b"", "Error")
    DeadLetter.objects.filter(event="never").update(added=old)

    assert clear_expired() == {"inbox.DeadLetter": 1}

    assert set(DeadLetter.objects.values_list("event", flat=True)) == {"young", "never"}
