"""What letters leave to tasks."""

from typing import Any

from django.db.models.signals import post_save
from django.dispatch import receiver
from django.tasks import task

from apps.letters import services
from apps.letters.models import Letter


@task
def letter_send(letter_id: int) -> None:
    """Send a letter."""
    services.letter_send(letter_id)


@task
def letters_send() -> None:
    """Send what is left. Beat sends this every minute: so a task that is lost costs a minute, and no mail."""
    services.letters_send()


@receiver(post_save, sender=Letter)
def _owed(instance: Letter, created: bool, **_signal: Any) -> None:
    if created:
        letter_send.enqueue(instance.pk)
