"""The probe tells that the broker is away."""

from typing import Any

import pytest
from celery import current_app
from django.test import Client

from stack.health.tests.outages import KINDS, assert_unready_in_time, outage, wait_until_ready

OPTIONS: dict[str, dict[str, Any]] = {
    "amqp": {"confirm_publish": True},  # stack: rabbitmq
    "redis": {},  # stack: redis_broker
}


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("scheme", OPTIONS)
def test_unready_in_time_without_a_broker(
    client: Client, monkeypatch: pytest.MonkeyPatch, scheme: str, kind: str
) -> None:
    wait_until_ready(client)
    with outage(kind) as port:
        monkeypatch.setitem(current_app.conf, "broker_write_url", f"{scheme}://127.0.0.1:{port}/0")
        monkeypatch.setitem(current_app.conf, "broker_transport_options", OPTIONS[scheme])
        assert_unready_in_time(client, "broker")
