"""Nobody's mailbox is flooded, from however many addresses, and nobody is told."""

import secrets
from ipaddress import IPv4Address
from uuid import uuid4

import pytest
from django.contrib.auth import get_user_model
from django.core import mail
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from stack.throttling.rate import Rate
from tests.commits import Commit

pytestmark = [pytest.mark.proves("drf-throttling"), pytest.mark.django_db]


@pytest.mark.asvs("2.4.1")
@pytest.mark.parametrize("name", ["password_reset", "signup"])
def test_a_mailbox_gets_a_few_of_each_kind(settings: Settings, commit: Commit, name: str) -> None:
    settings.THROTTLING = True
    settings.THROTTLE_RATES = settings.THROTTLE_RATES | {"mails": Rate(2, 600)}
    victim, neighbour = (f"{uuid4().hex}@example.com" for _ in range(2))
    for address in (victim, neighbour):
        get_user_model().objects.create_user(address, "correct-horse-battery-staple")

    def ask(page: str, address: str) -> int:
        caller = str(IPv4Address(secrets.randbits(32)))
        with commit():
            return Client().post(reverse(page), {"email": address}, REMOTE_ADDR=caller).status_code

    written = [victim, victim.upper(), victim, victim.replace("example.com", "EXAMPLE.com")]
    assert [ask(name, address) for address in written] == [302] * 4
    assert [message.to for message in mail.outbox] == [[victim]] * 2
    assert ask(name, neighbour) == 302
    assert ask("signup" if name == "password_reset" else "password_reset", victim) == 302
    assert [message.to for message in mail.outbox[2:]] == [[neighbour], [victim]]
