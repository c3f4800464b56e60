"""The outbox in the admin: to look at, and to send again what was set aside."""

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse
from django_outbox_pattern.models import Published

pytestmark = pytest.mark.django_db
PASSWORD = "a-quite-good-passphrase"
PAGE = "admin:outbox_outboxevent_changelist"


def set_aside() -> Published:
    event: Published = Published.objects.create(
        destination="/queue/x", body={"number": 1}, status=-1, retry=10
    )
    return event


def send_again(client: Client, event: Published) -> int:
    return client.post(
        reverse(PAGE), {"action": "send_again", "_selected_action": [str(event.pk)]}
    ).status_code


def test_events_are_shown_with_what_they_say_and_cannot_be_changed(admin_client: Client) -> None:
    event = set_aside()
    assert "Set Aside" in admin_client.get(reverse(PAGE)).content.decode()
    page = admin_client.get(reverse("admin:outbox_outboxevent_change", args=[event.pk])).content.decode()
    assert "number" in page
    assert 'name="_save"' not in page


def test_what_was_set_aside_is_sent_again(admin_client: Client) -> None:
    event = set_aside()
    send_again(admin_client, event)
    event.refresh_from_db()
    assert (event.status, event.retry) == (1, 0)


def test_who_may_only_look_sends_nothing(client: Client) -> None:
    viewer = get_user_model().objects.create_user("viewer@example.com", PASSWORD, is_staff=True)
    viewer.user_permissions.add(Permission.objects.get(codename="view_outboxevent"))
    client.force_login(viewer)
    event = set_aside()
    assert client.get(reverse(PAGE)).status_code == 200
    send_again(client, event)
    event.refresh_from_db()
    assert event.status == -1


def test_the_library_s_own_pages_are_gone(admin_client: Client) -> None:
    assert admin_client.get(f"/{settings.ADMIN_PATH}django_outbox_pattern/published/").status_code == 404
    assert admin_client.get(f"/{settings.ADMIN_PATH}django_outbox_pattern/received/").status_code == 404
