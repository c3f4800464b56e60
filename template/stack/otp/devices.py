"""The second factor of a user: an app that makes codes, and recovery codes for when it is lost."""

import time
from base64 import b32encode
from binascii import unhexlify
from dataclasses import dataclass
from hashlib import sha256
from secrets import token_bytes
from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction
from django_otp.oath import TOTP
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from stack.otp.errors import WrongCode

RECOVERY_CODES = 10
"""How many there are, of 80 random bits each."""


@dataclass(frozen=True)
class Factor:
    """A second factor that was just set up.

    Attributes:
        device: The app.
        recovery_codes: What nobody will see again: the database has digests.
    """

    device: TOTPDevice
    recovery_codes: list[str]


def has_factor(user: Any) -> bool:
    """Tell whether a user has a second factor, and so has to show it."""
    return bool(TOTPDevice.objects.devices_for_user(user, confirmed=True).exists())


def recovery_codes_left(user: Any) -> int:
    """Return how many recovery codes a user has not used."""
    return StaticToken.objects.filter(device__user=user).count()


@transaction.atomic
def factor_add(user: Any, key: str, code: str) -> Factor:
    """Give a user a second factor.

    Args:
        user: The user, who has none yet.
        key: The secret that the app was given, in hexadecimal.
        code: What the app makes of it now.

    Returns:
        The factor, with its recovery codes.

    Raises:
        WrongCode: It makes another one, or the user has a factor meanwhile.
    """
    get_user_model().objects.select_for_update().get(pk=user.pk)  # one at a time
    totp = TOTP(unhexlify(key))
    totp.time = time.time()
    good = (
        len(code) == totp.digits
        and code.isascii()
        and code.isdecimal()
        and totp.verify(int(code), tolerance=1)
    )
    if not good or has_factor(user):
        raise WrongCode
    # With the code's time: that it was good once is no reason for it to be good for a log-in, too.
    device = TOTPDevice.objects.create(user=user, name="app", key=key, last_t=totp.t(), drift=totp.drift)
    return Factor(device, _recovery_codes(user))


@transaction.atomic
def factor_delete(user: Any) -> int:
    """Take a user's second factor away, with its recovery codes.

    Returns:
        How many apps it was; 0 when there was none.
    """
    StaticDevice.objects.filter(user=user).delete()
    apps = TOTPDevice.objects.filter(user=user)
    number = apps.count()
    apps.delete()
    return number


def digest(recovery_code: str) -> str:
    """Return what the database has of a recovery code: as many random bits, which nobody can turn back."""
    return b32encode(sha256(recovery_code.encode()).digest())[:16].decode()


def _recovery_codes(user: Any) -> list[str]:
    StaticDevice.objects.filter(user=user).delete()
    device = StaticDevice.objects.create(user=user, name="recovery codes")
    codes = [b32encode(token_bytes(10)).decode() for _ in range(RECOVERY_CODES)]
    StaticToken.objects.bulk_create(StaticToken(device=device, token=digest(code)) for code in codes)
    return ["-".join(code[start : start + 4] for start in range(0, len(code), 4)) for code in codes]
