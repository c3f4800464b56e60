"""The outbox in the admin: to look at, and to send again."""

from importlib import import_module

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django_outbox_pattern.models import Published

from stack.admin.readonly import ReadOnly
from stack.outbox.models import OutboxEvent

import_module("django_outbox_pattern.admin")
admin.site.unregister(Published)  # whose pages would let anybody edit what was told


@admin.register(OutboxEvent)
class OutboxEventAdmin(ReadOnly):
    """Events, the newest first."""

    list_display = ("added", "destination", "key", "status", "retry", "after", "error")
    list_filter = ("status", "route")
    search_fields = ("key", "destination")
    actions = ("send_again",)

    @admin.action(description="Send again what was set aside", permissions=["send"])
    def send_again(self, request: HttpRequest, events: QuerySet[OutboxEvent]) -> None:
        """Have the relay take them up anew; later events of their keys may have gone before."""
        number = events.filter(status=OutboxEvent.Status.SET_ASIDE).update(
            status=OutboxEvent.Status.PENDING, retry=0, after=None, error=""
        )
        self.message_user(request, f"{number} to be sent again, out of their order.", messages.SUCCESS)

    def has_send_permission(self, request: HttpRequest) -> bool:
        """Who may change events of the library, may have them sent again."""
        return request.user.has_perm("outbox.change_outboxevent")
