"""A code is good once, a recovery code too, and wrong ones take longer and longer."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.contrib.auth import get_user_model
from django.core.signing import BadSignature
from django.db import connection, transaction
from django.http import HttpRequest
from django.test import RequestFactory
from django.utils import timezone
from django_otp.plugins.otp_static.models import StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice
from pytest_django import Settings

from stack.otp.codes import code_check
from stack.otp.devices import RECOVERY_CODES, factor_add, factor_delete, has_factor, recovery_codes_left
from stack.otp.errors import WrongCode
from stack.otp.offer import SECONDS as OFFERED
from stack.otp.offer import key_picture, key_text, offer_key, offer_make
from stack.otp.tests.authenticator import Authenticator
from tests.processes import SECONDS, wait_until

pytestmark = [pytest.mark.proves("django-auth"), pytest.mark.django_db]


@pytest.fixture(name="user")
def fixture_user(db: None) -> Any:  # pylint: disable=unused-argument
    return get_user_model().objects.create_user(f"{uuid4().hex}@example.com", "unused")


def request() -> HttpRequest:
    return RequestFactory().post("/")


def is_good(user: Any, code: str) -> bool:
    """Tell whether a code is let through."""
    try:
        return bool(code_check(request(), user, code))
    except WrongCode:
        return False


@pytest.mark.asvs("6.5.1")
def test_a_code_is_good_once(user: Any, settings: Settings) -> None:
    settings.OTP_TOTP_THROTTLE_FACTOR = 0
    app = Authenticator.of(user)
    code = app.code()
    assert is_good(user, f"{code[:3]} {code[3:]}")
    assert not is_good(user, code)
    assert is_good(user, app.code())


def test_the_code_that_set_it_up_does_not_log_in(user: Any) -> None:
    app = Authenticator()
    code = app.code()
    factor_add(user, app.key, code)
    assert not is_good(user, code)


@pytest.mark.django_db(transaction=True)
def test_of_many_uses_of_a_code_at_one_moment_one_succeeds(user: Any, settings: Settings) -> None:
    settings.OTP_TOTP_THROTTLE_FACTOR = 0
    code = Authenticator.of(user).code()

    def use(_: int) -> bool:
        try:
            return is_good(user, code)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as threads:
        with transaction.atomic():  # so that all have come as far as they can before the first goes on
            list(TOTPDevice.objects.select_for_update())
            uses = [threads.submit(use, number) for number in range(8)]
            wait_until(lambda: waiting_for_locks() == 8)
        assert sorted(each.result(SECONDS) for each in uses) == [False] * 7 + [True]


def waiting_for_locks() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_clear_snapshot()")  # or it stays the same within a transaction
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity"
            " WHERE wait_event_type = 'Lock' AND datname = current_database()"
        )
        return int(cursor.fetchone()[0])


@pytest.mark.parametrize("code", ["", "12345", "1234567", "abcdef", "١٢٣٤٥٦", "-12345", "1e5", "9" * 32])
def test_what_is_no_code_is_refused(user: Any, code: str) -> None:
    Authenticator.of(user)
    assert not is_good(user, code)


@pytest.mark.asvs("6.5.1")
def test_recovery_codes_are_good_once_each_however_they_are_typed(user: Any) -> None:
    first, second, *_ = Authenticator.of(user).factor.recovery_codes
    assert recovery_codes_left(user) == RECOVERY_CODES
    assert is_good(user, first.lower().replace("-", " "))
    assert recovery_codes_left(user) == RECOVERY_CODES - 1
    assert not is_good(user, first)
    with time_machine.travel(timezone.now() + timedelta(seconds=5)):
        assert is_good(user, second)


def test_nobody_reads_recovery_codes_in_the_database(user: Any) -> None:
    shown = {code.replace("-", "") for code in Authenticator.of(user).factor.recovery_codes}
    kept = set(StaticToken.objects.values_list("token", flat=True))
    assert len(shown) == len(kept) == RECOVERY_CODES
    assert not shown & kept
    assert not any(is_good(user, code) for code in kept)


def test_another_s_codes_are_no_use(user: Any) -> None:
    other = get_user_model().objects.create_user(f"{uuid4().hex}@example.com", "unused")
    theirs = Authenticator.of(other)
    Authenticator.of(user)
    assert not is_good(user, theirs.code())
    assert not is_good(user, theirs.factor.recovery_codes[0])
    assert is_good(other, theirs.factor.recovery_codes[0])


def test_after_a_wrong_code_the_right_one_has_to_wait(user: Any) -> None:
    app = Authenticator.of(user)
    with time_machine.travel(timezone.now(), tick=False) as clock:
        for seconds in (1, 2, 4):
            assert not is_good(user, app.wrong())
            clock.shift(seconds - 0.5)
            assert not is_good(user, Authenticator(app.key).code())
            clock.shift(1)
        clock.shift(30)
        assert is_good(user, Authenticator(app.key).code())


def test_there_is_one_at_most(user: Any) -> None:
    Authenticator.of(user)
    with pytest.raises(WrongCode):
        Authenticator.of(user)
    assert factor_delete(user) == 1
    assert not has_factor(user)
    assert not StaticToken.objects.exists()
    assert factor_delete(user) == 0


def test_a_secret_is_offered_to_one_user_for_a_while(user: Any) -> None:
    offer = offer_make(user)
    key = offer_key(user, offer)
    assert len(key_text(key).replace(" ", "")) == 32  # 160 bits
    assert "style" not in key_picture(user, key)
    other = get_user_model()(pk=user.pk + 1)
    for who, what in ((other, offer), (user, ""), (user, offer[:-1]), (user, f"x{offer}")):
        with pytest.raises(BadSignature):
            offer_key(who, what)
    with time_machine.travel(timezone.now() + timedelta(seconds=OFFERED + 1)):
        with pytest.raises(BadSignature):
            offer_key(user, offer)
