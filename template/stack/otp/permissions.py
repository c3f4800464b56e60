"""Who may what over the API: the powers of the staff count where the second factor was shown.

A view for staff names one of these classes, never the framework's own: those ask for no factor.
"""

from typing import TYPE_CHECKING

from django.conf import settings
from django.shortcuts import resolve_url
from rest_framework.exceptions import PermissionDenied
from rest_framework.permissions import SAFE_METHODS, BasePermission, DjangoModelPermissionsOrAnonReadOnly
from rest_framework.request import Request

from stack.otp.devices import has_factor
from stack.otp.verified import is_verified

if TYPE_CHECKING:  # the framework's views import what the settings name
    from rest_framework.views import APIView


def powers_count(request: Request) -> bool:
    """Tell whether a caller's powers count; where STAFF_SECOND_FACTOR is off, they always do.

    A session has to be opened by a code. Tokens are given for a code to whoever has a factor, and those from
    before end when it is set up: so a token counts when its user has one.
    """
    if not settings.STAFF_SECOND_FACTOR:
        return True
    return is_verified(request) if request.auth is None else has_factor(request.user)


def acts_as_staff(request: Request) -> bool:
    """Tell whether a caller is of the staff, and shown as much as they are: others are customers."""
    return request.user.is_staff and powers_count(request)


class StaffOnly(BasePermission):
    """For the staff."""

    def has_permission(self, request: Request, view: "APIView") -> bool:
        """Let staff in.

        Raises:
            PermissionDenied: Their powers do not count.
        """
        return request.user.is_staff and _counted(request)


class ModelPermissionsOrReadOnly(DjangoModelPermissionsOrAnonReadOnly):
    """Anybody may read; to write takes the model's permissions.

    For a read, the framework's own would make the view's query set, only to find that nothing is required.
    """

    def has_permission(self, request: Request, view: "APIView") -> bool:
        """Say yes to reads at once.

        Raises:
            PermissionDenied: The permissions are there, and do not count.
        """
        if request.method in SAFE_METHODS:
            return True
        return super().has_permission(request, view) and _counted(request)


def _counted(request: Request) -> bool:
    if not powers_count(request):
        page = resolve_url(settings.FACTOR_URL)
        raise PermissionDenied(
            f"This takes a second factor: set one up at {page}, or log in again with the code of yours.",
            code="second_factor_required",
        )
    return True
