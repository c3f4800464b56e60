"""What happens to letters: one is owed, and it is sent."""

import logging
from datetime import timedelta
from email.utils import parseaddr
from time import monotonic

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.utils import timezone

from apps.letters.models import Letter

BATCH = 500
TRIES = 20
"""Then somebody has to look: over a day has gone by."""
LONGEST_PAUSE = timedelta(hours=2)

logger = logging.getLogger(__name__)


def letter_add(user_id: int, subject: str, text: str) -> Letter:
    """Owe a user a mail, once the transaction is committed that this is called in.

    Args:
        user_id: To whom.
        subject: What it is about, in a line.
        text: What it says.
    """
    return Letter.objects.create(user_id=user_id, subject=subject, text=text)


def letter_send(letter_id: int) -> bool:
    """Send a letter, unless that is done, or somebody is at it, or its user was disabled or erased.

    Who is killed between the mail server's answer and the commit has it sent once more: by its Message-ID,
    mail servers and readers know it again.

    Returns:
        Whether it was sent.
    """
    with transaction.atomic():
        owed = Letter.objects.select_for_update(of=("self",), skip_locked=True).select_related("user")
        letter = owed.filter(pk=letter_id, sent_at=None, user__is_active=True).first()
        if letter is None:
            return False
        headers = {"Message-ID": _message_id(letter)}
        try:
            EmailMessage(letter.subject, letter.text, to=[letter.user.email], headers=headers).send()
        except Exception as error:  # pylint: disable=broad-exception-caught  # of the server or the address
            _put_off(letter, error)
            return False
        letter.sent_at = timezone.now()
        letter.save(update_fields=("sent_at",))
        return True


def letters_send(seconds: float = 50) -> int:
    """Send the letters that are due: those that no task was sent for, or whose task was lost.

    Args:
        seconds: When to stop: a mail server that hangs takes its time for each, and the next run goes on.

    Returns:
        How many were sent.
    """
    owed = Letter.objects.filter(sent_at=None, user__is_active=True)
    due = owed.filter(due_at__lte=timezone.now(), tries__lt=TRIES).order_by("due_at")
    end, sent = monotonic() + seconds, 0
    for letter in list(due.values_list("pk", flat=True)[:BATCH]):
        if monotonic() > end:
            break
        sent += letter_send(letter)
    return sent


def _message_id(letter: Letter) -> str:
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2]
    return f"<letter-{letter.pk}-{letter.created_at.timestamp():.0f}@{domain}>"


def _put_off(letter: Letter, error: Exception) -> None:
    letter.tries += 1
    letter.due_at = timezone.now() + min(timedelta(seconds=30) * 2**letter.tries, LONGEST_PAUSE)
    letter.save(update_fields=("tries", "due_at"))
    level = logging.ERROR if letter.tries >= TRIES else logging.WARNING
    logger.log(level, "letter %s could not be sent, %d times: %s", letter.pk, letter.tries, error)
