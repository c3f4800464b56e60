"""Passwords: changed, and reset by e-mail."""

from typing import Any

from django.contrib.auth import authenticate
from django.contrib.auth.tokens import default_token_generator
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from apps.accounts.models import User
from apps.accounts.services.logins import user_log_out
from stack.audit.entries import record
from stack.audit.events import Event
from stack.mail.limits import may_write


def user_password_is(request: Any, user: User, password: str) -> bool:
    """Tell whether a password is the one of a user who is logged in.

    Whoever found the screen unlocked, or has stolen a token, may be guessing: this goes by what each log-in
    goes by, which counts guesses, where anything does, and tells the audit.

    Args:
        request: The request that it came by.
        user: The user.
        password: What should be theirs.

    Raises:
        APIException: It was guessed at too often from there, or nobody can tell how often.
    """
    return authenticate(request, username=user.get_username(), password=password) == user


@transaction.atomic
def user_password_set(user: User, password: str | None) -> None:
    """Give a user a new password, and end what the old one opened.

    Every log-in ends, wherever it is, and the API token.

    Args:
        user: The user.
        password: A password that passed the validators; None for no log-in by password.
    """
    user.set_password(password)
    user.save(update_fields=["password"])
    record(Event.PASSWORD_CHANGED, subject=user.pk)
    user_log_out(user)


def password_reset_mail(email: str, origin: str) -> None:
    """Write to a user who forgot the password; to nobody, when no active user has that address, or too often.

    Args:
        email: The address.
        origin: Scheme and host of the site, for the link.
    """
    if not may_write("password_reset", email):
        return
    user = User.objects.of_address(email)
    if user is None or not user.is_active or not user.has_usable_password():
        return
    context = {
        "origin": origin,
        "user": user,
        "uid": urlsafe_base64_encode(force_bytes(user.pk)),
        "token": default_token_generator.make_token(user),
    }
    send_mail(
        "Your password",
        render_to_string("registration/password_reset_email.txt", context),
        None,
        [user.email],
    )
