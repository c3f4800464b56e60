"""Codes, looked at: each is good once, and not many are looked at."""

import re
from contextlib import ExitStack
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_string
from django_otp.models import Device
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

from stack.audit.entries import record
from stack.audit.events import Event
from stack.otp.devices import digest
from stack.otp.errors import WrongCode

OF_AN_APP = re.compile("[0-9]{6}")


def code_check(request: Any, user: Any, code: str) -> Device:
    """Return what has made a code, which is used up by this.

    Next to CODE_LIMITS, the library has each device wait twice as long after each wrong code.

    Args:
        request: The request that it came by.
        user: Whose code it should be; the password has been found right.
        code: Six digits of the app, or a recovery code.

    Raises:
        WrongCode: It is not, or was used.
        APIException: A limit's, before the code is looked at.
    """
    with ExitStack() as limits:
        for path in settings.CODE_LIMITS:
            limits.enter_context(import_string(path)(request, user.pk))
        device = _match(user, code)
        if device is None:
            record(Event.CODE_REFUSED, subject=user.pk)
            raise WrongCode
    if isinstance(device, StaticDevice):
        record(Event.RECOVERY_CODE_USED, subject=user.pk, left=device.token_set.count())
    return device


@transaction.atomic
def _match(user: Any, code: str) -> Device | None:
    """Let the user's devices look at a code, each locked: of two at one moment, one is the first."""
    code = re.sub(r"[\s-]", "", code).upper()
    kind, shown = (TOTPDevice, code) if OF_AN_APP.fullmatch(code) else (StaticDevice, digest(code))
    devices = kind.objects.devices_for_user(user, confirmed=True).select_for_update()
    return next((device for device in devices if device.verify_token(shown)), None)
