"""Notifications as JSON."""

from typing import ClassVar

from rest_framework import serializers

from apps.notifications.api.filters import NUMBER_MAX
from apps.notifications.models import Notification
from apps.notifications.selectors import COLUMNS
from stack.rest.serializers import StrictSerializer


class NotificationSerializer(serializers.ModelSerializer[Notification]):
    """Something that the user was told."""

    class Meta:
        """The columns shown."""

        model = Notification
        fields: ClassVar = COLUMNS


class ReadSerializer(StrictSerializer):
    """How far somebody has read."""

    up_to = serializers.IntegerField(min_value=0, max_value=NUMBER_MAX)


class UnreadSerializer(serializers.Serializer[int]):
    """What is left to read."""

    unread = serializers.IntegerField()
