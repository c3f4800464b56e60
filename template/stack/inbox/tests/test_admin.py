"""The inbox and the dead letters in the admin: to look at."""

from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django_outbox_pattern.models import Received

from stack.inbox import dead_letters

pytestmark = pytest.mark.django_db


def test_what_was_taken_is_shown(admin_client: Client) -> None:
    headers = {"ce-type": "thing.counted.v1", "ce-partitionkey": "k17"}
    entry = Received.objects.create(msg_id=f"g:{uuid4()}", headers=headers)
    page = admin_client.get(reverse("admin:inbox_inboxentry_changelist")).content.decode()
    assert str(entry.msg_id) in page
    assert "thing.counted.v1" in page and "k17" in page


def test_dead_letters_are_shown_with_their_reasons_and_what_became_of_them(admin_client: Client) -> None:
    dead_letters.enter("g", "e1", {"ce-type": "thing.counted.v1"}, b"\x00\xff {", "Error: no JSON")
    dead_letters.enter("g", "e1", {"ce-type": "thing.counted.v1"}, b"\x00\xff {", "Error: again")
    dead_letters.replayed("g", "e1")
    page = admin_client.get(reverse("admin:inbox_deadletter_changelist"))
    (letter,) = page.context["cl"].result_list
    assert letter.replayed_at
    shown = admin_client.get(reverse("admin:inbox_deadletter_change", args=[letter.pk])).content.decode()
    assert "Error: again" in shown
    assert 'name="_save"' not in shown
