"""The probe tells that the cache is away."""

import pytest
from django.test import Client
from pytest_django import Settings

from stack.health.tests.outages import KINDS, assert_unready_in_time, outage, wait_until_ready


@pytest.mark.proves("redis")
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("kind", KINDS)
def test_unready_in_time_without_redis(client: Client, settings: Settings, kind: str) -> None:
    wait_until_ready(client)
    with outage(kind) as port:
        cache = settings.CACHES["default"] | {"LOCATION": f"redis://127.0.0.1:{port}/0"}
        settings.CACHES = {"default": cache}
        assert_unready_in_time(client, "redis")
