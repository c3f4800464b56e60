"""Signing up: the mailbox is proved first, then there is a user.

Nobody learns from the answer whether an address has an account: its owner does, by e-mail.
"""

from datetime import timedelta

from django.contrib.auth.password_validation import validate_password
from django.core import signing
from django.core.exceptions import ValidationError
from django.core.mail import send_mail
from django.db import IntegrityError, transaction
from django.template.loader import render_to_string
from django.utils.encoding import punycode

from apps.accounts.models import User
from stack.mail.limits import may_write

LINK_LIFETIME = timedelta(days=1)
SALT = "apps.accounts.signup"


def address_clean(email: str) -> str:
    """Return an address as it is kept.

    Raises:
        ValidationError: When no mail can be sent there.
    """
    address: str = User._meta.get_field("email").clean(User.objects.normalize_email(email), None)
    domain = address.rpartition("@")[2]
    try:
        punycode(domain)
    except UnicodeError as error:
        raise ValidationError("Enter a valid email address.", code="invalid") from error
    # Between quotation marks anything is an address, and a server's number is no place for people's mail.
    if domain.startswith("[") or not address.isprintable():
        raise ValidationError("Enter a valid email address.", code="invalid")
    return address


def signup_token(email: str) -> str:
    """Return what proves that its bearer reads this mailbox."""
    return signing.dumps(email, salt=SALT)


def signup_address(token: str) -> str:
    """Return the address that a token proves.

    Raises:
        ValidationError: When the token is expired or none of ours.
    """
    try:
        address: str = signing.loads(token, salt=SALT, max_age=LINK_LIFETIME)
    except signing.BadSignature as error:
        raise ValidationError(
            {"token": ValidationError("This link is not valid any more.", code="expired")}
        ) from error
    return address


def signup_mail(email: str, origin: str) -> None:
    """Write to an address for which somebody asks an account, unless that is done too often.

    Args:
        email: The address.
        origin: Scheme and host of the site, for the links.
    """
    if not may_write("signup", email):
        return
    free = User.objects.of_address(email) is None
    template = "accounts/signup_email.txt" if free else "accounts/signup_taken_email.txt"
    text = render_to_string(template, {"origin": origin, "token": signup_token(email)})
    send_mail("Your account", text, None, [email])


def user_register(token: str, password: str, *, first_name: str = "", last_name: str = "") -> User:
    """Make the user whose mailbox is proved.

    Args:
        token: The proof, as sent by `signup_mail`.
        password: The password to be.
        first_name: At most 150 characters.
        last_name: At most 150 characters.

    Returns:
        The new user.

    Raises:
        ValidationError: When the token is not valid or was used, or the password is weak.
    """
    user = User(email=signup_address(token), first_name=first_name, last_name=last_name)
    used = ValidationError({"token": ValidationError("This link was used already.", "expired")})
    if User.objects.of_address(user.email):  # before the work of a hash
        raise used
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise ValidationError({"password": error}) from error
    user.set_password(password)
    try:
        with transaction.atomic():
            user.save()
    except IntegrityError as error:
        raise used from error
    return user
