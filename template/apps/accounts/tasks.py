"""What accounts leave to Celery."""

from smtplib import SMTPException

from celery import shared_task
from django.core.management import call_command

from apps.accounts.services.passwords import password_reset_mail
from apps.accounts.services.signup import signup_mail
from stack.celery.task import Task


class Persistent(Task):
    """A task that tries again while a server is away: after some 1, 2, 4... seconds, for four minutes."""

    abstract = True
    autoretry_for = (OSError, SMTPException)
    retry_backoff = True
    max_retries = 8


@shared_task(base=Persistent)
def signup_mail_send(email: str, origin: str) -> None:
    """Send the mail that a sign-up goes on with."""
    signup_mail(email, origin)


@shared_task(base=Persistent)
def password_reset_mail_send(email: str, origin: str) -> None:
    """Send a link to a new password; here, so that the page answers as fast for an unknown address."""
    password_reset_mail(email, origin)


@shared_task(base=Task)
def expired_tokens_purge() -> None:
    """Delete what has expired: the sessions, and every other token that a row remembers."""
    call_command("flushexpiredtokens")  # stack: jwt
    call_command("clearsessions")
