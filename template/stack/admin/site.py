"""The admin's site: who gets in, and where the others are led."""

from collections.abc import Callable
from typing import Any, TypeVar, cast

from django.conf import settings
from django.contrib.admin import AdminSite
from django.contrib.auth.views import LoginView, redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import redirect, resolve_url
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache

from stack.admin.queries import careful
from stack.otp.devices import has_factor
from stack.otp.verified import is_verified

V = TypeVar("V", bound=Callable[..., HttpResponseBase])


class Site(AdminSite):
    """Django's own, without ways in of its own: one page logs in, with its limits and its second factor."""

    def has_permission(self, request: HttpRequest) -> bool:
        """Let staff in; where STAFF_SECOND_FACTOR is on, those whose session was opened by a code, too."""
        return super().has_permission(request) and (not settings.STAFF_SECOND_FACTOR or is_verified(request))

    def admin_view(self, view: V, cacheable: bool = False) -> V:
        """Make a view one of the site; who gets in may not ask just anything, either."""
        return super().admin_view(cast(V, careful(view)), cacheable)

    @method_decorator(never_cache)
    def login(  # pylint: disable=unused-argument
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Lead to what is missing: the log-in, the code, or the second factor itself.

        Raises:
            PermissionDenied: Nothing would help: this is nobody of the staff.
        """
        index = reverse("admin:index", current_app=self.name)
        if self.has_permission(request):
            return HttpResponseRedirect(LoginView().get_redirect_url(request) or index)
        if not request.user.is_authenticated:
            page = settings.LOGIN_URL
        elif not super().has_permission(request):
            raise PermissionDenied
        else:
            page = settings.CODE_URL if has_factor(request.user) else settings.FACTOR_URL
        return redirect_to_login(request.GET.get("next", index), resolve_url(page))

    def password_change(  # type: ignore[override]  # pylint: disable=unused-argument
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Lead to the page that changes passwords, which ends what the old one opened."""
        return redirect("password_change")
