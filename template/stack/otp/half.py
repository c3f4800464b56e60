"""Between the password and the code: a session that is still nobody's, for a few minutes."""

import time
from typing import Any

from django.contrib.auth import load_backend, login
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare
from django_otp import login as note_device
from django_otp.models import Device

KEY = "half_login"
"""Where in the session's data it is noted whose password was right."""
SECONDS = 300
"""How long the code may take."""


def half_begin(request: HttpRequest, user: Any) -> None:
    """Note whose password was right.

    Args:
        request: The request that brought it.
        user: The user, as `authenticate` returned it.
    """
    request.session.cycle_key()
    request.session[KEY] = {
        "user": str(user.pk),
        "backend": user.backend,
        "hash": user.get_session_auth_hash(),
        "at": time.time(),
    }


def half_user(request: HttpRequest) -> Any | None:
    """Return whose code is awaited; None after the minutes, a new password, or when the user was disabled."""
    half = request.session.get(KEY)
    if half is None or not 0 <= time.time() - half["at"] < SECONDS:
        return None
    user: Any = load_backend(half["backend"]).get_user(half["user"])
    if user is None or not constant_time_compare(half["hash"], user.get_session_auth_hash()):
        return None
    return user


def half_end(request: HttpRequest, user: Any, device: Device) -> None:
    """Log in whose code was right, too.

    Args:
        request: The request that brought the code.
        user: As `half_user` returned it.
        device: What made the code.
    """
    half = request.session.pop(KEY)
    login(request, user, backend=half["backend"])
    note_device(request, device)
