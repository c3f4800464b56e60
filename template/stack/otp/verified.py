"""Whether a session was opened by a code, too."""

from django.http import HttpRequest
from django_otp import DEVICE_ID_SESSION_KEY, login
from django_otp.models import Device
from rest_framework.request import Request


def is_verified(request: HttpRequest | Request) -> bool:
    """Tell whether what made the code of this session is still its user's.

    It costs a query, and is asked by the admin and for powers over the API alone. The library's middleware
    would ask for each request that asks who its user is.
    """
    device = Device.from_persistent_id(request.session.get(DEVICE_ID_SESSION_KEY, ""))
    return device is not None and device.confirmed and device.user_id == request.user.pk


def note_code(request: HttpRequest, device: Device) -> None:
    """Note in the session of who is logged in that a code was shown, too.

    Args:
        request: The request that brought it.
        device: What has made it.
    """
    request.session.cycle_key()
    login(request, device)


def note_none(request: HttpRequest) -> None:
    """Forget it: there is no second factor any more."""
    request.session.cycle_key()
    request.session.pop(DEVICE_ID_SESSION_KEY, None)
