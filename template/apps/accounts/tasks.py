"""What accounts leave to tasks."""

from django.tasks import task

from apps.accounts.services.passwords import password_reset_mail
from apps.accounts.services.signup import signup_mail
from stack.audit.entries import audit_purge
from stack.sessions import logins_purge


@task
def signup_mail_send(email: str, origin: str) -> None:
    """Send the mail that a sign-up goes on with."""
    signup_mail(email, origin)


@task
def password_reset_mail_send(email: str, origin: str) -> None:
    """Send a link to a new password; with a worker, the page answers as fast for an unknown address."""
    password_reset_mail(email, origin)


@task
def expired_tokens_purge() -> None:
    """Delete what has expired: sessions, every other token that a row remembers, entries of the audit."""
    logins_purge()
    audit_purge()
