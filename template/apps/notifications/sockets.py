"""Notifications over a WebSocket."""

from typing import Any

from django.db.models.signals import post_save
from django.dispatch import receiver
from django.urls import path

from apps.notifications.models import Notification
from apps.notifications.selectors import notifications_after
from stack.websockets.feed import Feed
from stack.websockets.follow import FeedSocket
from stack.websockets.hints import hint_on_commit


class NotificationSocket(FeedSocket):
    """A user's own notifications, as they come."""

    feed = Feed("notifications", notifications_after)


@receiver(post_save, sender=Notification)
def _hint(instance: Notification, created: bool, **_signal: Any) -> None:
    if created:
        hint_on_commit(NotificationSocket.feed, instance.user_id)


urlpatterns = [path("ws/notifications/", NotificationSocket.as_asgi())]
