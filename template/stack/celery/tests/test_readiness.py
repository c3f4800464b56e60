"""The probe tells that the broker is away."""

import pytest
from celery import current_app
from django.test import Client

from stack.celery.tests.processes import SCHEMES
from stack.health.tests.outages import KINDS, assert_unready_in_time, outage, wait_until_ready


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("scheme", SCHEMES)
def test_unready_in_time_without_a_broker(
    client: Client, monkeypatch: pytest.MonkeyPatch, scheme: str, kind: str
) -> None:
    wait_until_ready(client)
    with outage(kind) as port:
        monkeypatch.setitem(current_app.conf, "broker_write_url", f"{scheme}://127.0.0.1:{port}/0")
        monkeypatch.setitem(current_app.conf, "broker_transport_options", {})
        assert_unready_in_time(client, "broker")
