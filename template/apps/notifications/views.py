"""The page of a user's notifications."""

from typing import Any, cast

from django.conf import settings
from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.generic import TemplateView

from apps.accounts.models import User
from apps.notifications.selectors import notification_list, notifications_unread
from apps.notifications.services import notifications_read

SHOWN = 20
"""The newest ones."""


class NotificationsView(LoginRequiredMixin, TemplateView):
    """Shows what is new; what comes while it is open is added by its script."""

    template_name = "notifications/notifications.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the newest notifications, and where the script goes on."""
        user = cast(User, self.request.user)
        newest = list(notification_list(user)[:SHOWN])
        return super().get_context_data(
            notifications=newest,
            last=newest[0].number if newest else 0,
            unread=notifications_unread(user),
            live=hasattr(settings, "CHANNEL_LAYERS"),
            port=getattr(settings, "WEBSOCKET_PORT", None) or "",
            **kwargs,
        )

    def post(self, request: HttpRequest) -> HttpResponse:
        """Note that all that the page showed was read."""
        up_to = request.POST.get("up_to", "")
        if up_to.isascii() and up_to.isdecimal() and len(up_to) < 19:
            notifications_read(cast(User, request.user).pk, int(up_to))
        return redirect("notifications")
