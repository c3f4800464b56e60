"""What was taken or replayed long ago goes; a dead letter that nobody has replayed stays."""

from datetime import timedelta

import pytest
from django.utils import timezone
from django_outbox_pattern.models import Received
from pytest_django import Settings

from stack.inbox import dead_letters
from stack.inbox.models import DeadLetter
from stack.retention import clear_expired

pytestmark = pytest.mark.django_db


def test_old_goes_and_young_stays(settings: Settings) -> None:
    settings.INBOX_KEEP_DAYS = 60
    now = timezone.now()
    old, young = now - timedelta(days=61), now - timedelta(days=59)
    for name, moment in {"old": old, "young": young}.items():
        entry = Received.objects.create(msg_id=f"g:{name}", headers={})
        Received.objects.filter(pk=entry.pk).update(added=moment)
        dead_letters.enter("g", name, {}, b"", "Error")
        DeadLetter.objects.filter(event=name).update(replayed_at=moment)
    dead_letters.enter("g", "never", {}, b"", "Error")
    DeadLetter.objects.filter(event="never").update(added=old)

    assert clear_expired() == {"inbox.InboxEntry": 1, "inbox.DeadLetter": 1}

    assert Received.objects.get().msg_id == "g:young"
    assert set(DeadLetter.objects.values_list("event", flat=True)) == {"young", "never"}
