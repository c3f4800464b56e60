"""Errors of requests arrive, with nothing in them that is nobody's business."""

from pathlib import Path

import pytest

from stack.sentry.tests.receiver import Envelopes, assert_clean
from tests.processes import PRODUCTION, get, gunicorn, running

pytestmark = pytest.mark.proves("sentry")


@pytest.mark.asvs("14.2.3")
def test_errors_of_requests_arrive(sentry: Envelopes, tmp_path: Path) -> None:
    variables = PRODUCTION | {"SENTRY_DSN": sentry.dsn, "SENTRY_RELEASE": "shop@1.2.3"}
    with gunicorn(tmp_path / "log", "stack.sentry.tests.broken:application", **variables) as (_, port):
        status, _, _ = get(
            port,
            "/fail/?token=hunter2",
            X_Request_ID="order-number-5",
            Cookie="sessionid=hunter2",
            Authorization="hunter2",
        )
        assert status == 500
        event = sentry.event("the till is broken after 7 orders")

    assert event["transaction"] == "/fail/"
    assert event["environment"] == "production"
    assert event["release"] == "shop@1.2.3"
    assert event["tags"]["request_id"] == "order-number-5"
    assert_clean(event)
    assert all("sentry_key=public" in key for key in sentry.keys)


def test_nothing_is_sent_until_there_is_an_address(sentry: Envelopes, tmp_path: Path) -> None:
    check = "import django, sentry_sdk; django.setup(); print(sentry_sdk.get_client().is_active())"
    for dsn, active in (("", "False"), (sentry.dsn, "True")):
        log = tmp_path / "log"
        with running(
            ["python", "-W", "ignore", "-c", check],
            log,
            **PRODUCTION | {"SENTRY_DSN": dsn},
            DJANGO_SETTINGS_MODULE="config.settings",
        ) as process:
            assert process.wait(60) == 0
        assert log.read_text().strip() == active
