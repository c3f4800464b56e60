"""What accounts know of a person, and what stays of one who is erased."""

from typing import Any
from uuid import uuid4

from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from rest_framework.authtoken.models import Token

from apps.accounts.models import User
from stack.otp.devices import factor_delete, has_factor

MODELS = (
    "accounts.User",
    "admin.LogEntry",
    "authtoken.Token",
    "otp_static.StaticDevice",
    "otp_totp.TOTPDevice",
)
NOT_PERSONAL: dict[str, str] = {}
NOWHERE = "erased.invalid"
"""A domain that is nobody's, by RFC 2606."""


def export(user: User) -> dict[str, Any]:
    """Return the account; see `stack.personal.Part`."""
    token = Token.objects.filter(user=user).first()
    return {
        "email": user.email,
        "first_name": user.first_name,
        "last_name": user.last_name,
        "date_joined": user.date_joined,
        "last_login": user.last_login,
        "groups": list(user.groups.values_list("name", flat=True)),
        "api_token_since": token.created if token else None,
        "second_factor": has_factor(user),
        "changes_in_the_admin": list(
            LogEntry.objects.filter(user=user).values_list("action_time", flat=True)
        ),
    }


def erase(user: User) -> None:
    """Leave a row that says nothing; see `stack.personal.Part`."""
    Token.objects.filter(user=user).delete()
    factor_delete(user)
    _log_forget(user)
    user.groups.clear()
    user.user_permissions.clear()
    user.email = f"{uuid4().hex}@{NOWHERE}"
    user.first_name = user.last_name = ""
    user.is_active = user.is_staff = user.is_superuser = False
    user.last_login = None
    user.set_unusable_password()
    user.save()


def _log_forget(user: User) -> None:
    """Keep when who changed what in the admin, without the words: they have names and addresses."""
    about = Q(content_type=ContentType.objects.get_for_model(User), object_id=str(user.pk))
    words = Q(object_repr__icontains=user.email) | Q(change_message__icontains=user.email)
    LogEntry.objects.filter(Q(user=user) | about | words).update(object_repr="", change_message="")
