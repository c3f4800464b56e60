"""The page of where one is logged in, and of what protects the account."""

from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.generic import TemplateView

from apps.accounts.models import User
from apps.accounts.services.logins import login_end, user_log_out
from stack.otp.devices import has_factor, recovery_codes_left
from stack.sessions import login_of, logins_of


@method_decorator(never_cache, name="dispatch")
class SecurityView(LoginRequiredMixin, TemplateView):
    """Lists one's log-ins, and ends them."""

    template_name = "accounts/security.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the log-ins, newest first, and the second factor."""
        user = cast(User, self.request.user)
        return super().get_context_data(
            logins=logins_of(user.pk),
            current=login_of(self.request),
            factor=has_factor(user),
            codes_left=recovery_codes_left(user),
            **kwargs,
        )

    def post(self, request: HttpRequest) -> HttpResponse:
        """End one log-in, or all but this one."""
        user = cast(User, request.user)
        if "others" in request.POST:
            user_log_out(user)
            request.session.cycle_key()
            messages.success(request, "Everywhere else you are logged out.")
        elif login_end(user, _uuid(request.POST.get("login", ""))):
            messages.success(request, "You are logged out there.")
        else:
            messages.error(request, "You are not logged in there.")
        return redirect("security")


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        return UUID(int=0)
