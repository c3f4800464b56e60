"""The positions in the admin: to look at."""

from django.contrib import admin

from stack.admin.readonly import ReadOnly
from stack.kafka.models import StreamPosition


@admin.register(StreamPosition)
class StreamPositionAdmin(ReadOnly):
    """How far each group has read."""

    list_display = ("group", "topic", "partition", "position", "moved_at")
    list_filter = ("group",)
