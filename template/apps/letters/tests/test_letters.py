"""A letter that is owed is sent: once if nothing goes wrong, once more for each time that something does."""

import smtplib
import threading
from datetime import timedelta

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import connection, transaction
from django.utils import timezone

from apps.accounts.models import User
from apps.accounts.tests.factories import UserFactory
from apps.letters.models import Letter
from apps.letters.services import TRIES, letter_add, letter_send, letters_send
from tests.commits import Commit
from tests.processes import SECONDS


def owe() -> Letter:
    """Owe somebody a letter whose task was lost."""
    letter = Letter(user=UserFactory.create(), subject="Hello", text="How are you?")
    Letter.objects.bulk_create([letter])  # without the signal that has it sent
    return letter


@pytest.mark.django_db
def test_a_letter_is_sent_on_commit(commit: Commit) -> None:
    user = UserFactory.create()
    with commit():
        letter_add(user.pk, "Hello", "How are you?")
        assert not mail.outbox
    message = mail.outbox[0]
    assert len(mail.outbox) == 1
    assert (message.to, message.subject, message.body) == ([user.email], "Hello", "How are you?")
    assert Letter.objects.get().sent_at


@pytest.mark.django_db
def test_one_whose_task_was_lost_is_sent_by_the_sweep_and_no_second_time() -> None:
    letter = owe()
    assert letters_send() == 1
    assert letters_send() == 0
    assert not letter_send(letter.pk)
    assert len(mail.outbox) == 1


@pytest.mark.django_db
def test_a_mail_server_that_is_away_puts_it_off(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> int:
        raise smtplib.SMTPServerDisconnected("away")

    letter = owe()
    with monkeypatch.context() as patched:
        patched.setattr(EmailBackend, "send_messages", refuse)
        assert letters_send() == 0
    letter.refresh_from_db()
    assert (letter.tries, letter.sent_at) == (1, None)
    assert letter.due_at > timezone.now()
    assert letters_send() == 0, "not before its time"

    Letter.objects.update(due_at=timezone.now() - timedelta(seconds=1))
    assert letters_send() == 1


@pytest.mark.django_db
def test_one_that_can_never_be_sent_holds_up_no_other() -> None:
    bad, good = owe(), owe()
    User.objects.filter(pk=bad.user_id).update(email="nobody\nBcc: all@example.com")
    assert letters_send() == 1
    assert list(Letter.objects.exclude(sent_at=None)) == [good]


@pytest.mark.django_db
def test_after_so_many_tries_somebody_has_to_look() -> None:
    owe()
    Letter.objects.update(tries=TRIES)
    assert letters_send() == 0


@pytest.mark.django_db
def test_the_same_letter_has_the_same_message_id() -> None:
    letter = owe()
    letter_send(letter.pk)
    Letter.objects.update(sent_at=None)  # as after `kill -9` before the commit
    letter_send(letter.pk)
    first, second = (message.extra_headers["Message-ID"] for message in mail.outbox)
    assert first == second


@pytest.mark.django_db(transaction=True)
def test_two_that_send_at_once_send_it_once() -> None:
    letter, sent = owe(), []

    def send_too() -> None:
        try:
            sent.append(letter_send(letter.pk))
        finally:
            connection.close()

    with transaction.atomic():
        assert letter_send(letter.pk)
        other = threading.Thread(target=send_too)
        other.start()
        other.join(SECONDS)
    assert sent == [False]
    assert len(mail.outbox) == 1


@pytest.mark.django_db
def test_nobody_writes_to_who_is_gone() -> None:
    letter = owe()
    User.objects.update(is_active=False)

    assert not letter_send(letter.pk)
    assert letters_send() == 0
    assert not mail.outbox
