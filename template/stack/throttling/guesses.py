"""Guesses of passwords and codes: limited for each account at each address, to lock out nobody else."""

from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from typing import Any

from asgiref.sync import sync_to_async
from django.contrib.auth import get_user_model
from django.contrib.auth.backends import ModelBackend
from django.http import HttpRequest
from rest_framework.exceptions import Throttled

from stack.rest.addresses import caller_network, client_address
from stack.throttling.window import admit, forget, rate_of


class GuessLimitBackend(ModelBackend):
    """Django's own, which checks a password only when its account was not guessed at too often from there.

    It is asked by every way to log in: pages, admin and API. The answer is the same for accounts that do
    not exist. Somebody at another address, the owner for one, is not affected; nor are other accounts at
    the same address, as many may share one.
    """

    def authenticate(
        self,
        request: HttpRequest | None,
        username: str | None = None,
        password: str | None = None,
        **kwargs: Any,
    ) -> Any:
        """Return whose account and password these are, or None.

        Raises:
            Throttled: It was guessed at too often; right or wrong, the password is not looked at.
            CountUnavailable: Nobody can tell how often that was.
        """
        account = username or kwargs.get(get_user_model().USERNAME_FIELD)
        rate = rate_of("guesses")
        if request is None or not account or rate is None:
            return super().authenticate(request, username, password, **kwargs)
        name = f"guesses:{_digest(account)}:{caller_network(client_address(request))}"
        if wait := admit(name, rate):  # before the password is checked: of many at once, no more get through
            raise Throttled(wait)
        user = super().authenticate(request, username, password, **kwargs)
        if user is not None:
            forget(name)
        return user

    async def aauthenticate(
        self,
        request: HttpRequest | None,
        username: str | None = None,
        password: str | None = None,
        **kwargs: Any,
    ) -> Any:
        """Return the same as `authenticate`."""
        return await sync_to_async(self.authenticate)(request, username, password, **kwargs)


@contextmanager
def code_guess(request: HttpRequest, account: int) -> Iterator[None]:
    """A block that looks at a code of a second factor, of which there are few: one of CODE_LIMITS.

    Args:
        request: The request that the code came by.
        account: The user's primary key.

    Raises:
        Throttled: It was guessed at too often; right or wrong, the code is not looked at.
        CountUnavailable: Nobody can tell how often that was.
    """
    rate = rate_of("guesses")
    if rate is None:
        yield
        return
    name = f"codes:{account}:{caller_network(client_address(request))}"
    if wait := admit(name, rate):
        raise Throttled(wait)
    yield  # what a wrong one raises ends it here
    forget(name)


def _digest(account: str) -> str:
    one = get_user_model().objects.normalize_email(account.strip())  # however it is written
    return sha256(one.lower().encode(errors="replace")).hexdigest()
