"""Errors of tasks arrive, under the id of the request that sent them."""

from pathlib import Path
from uuid import uuid4

import pytest

from stack.sentry.tests.receiver import Envelopes, assert_clean
from tests.processes import PRODUCTION, get, gunicorn, running, wait_until

MODULE = "stack.sentry.tests.packing"


@pytest.mark.proves("sentry")
def test_errors_of_tasks_arrive_once_for_all_tries(sentry: Envelopes, tmp_path: Path) -> None:
    queue = f"sentry-{uuid4().hex}"
    variables = PRODUCTION | {"SENTRY_DSN": sentry.dsn, "CELERY_TASK_DEFAULT_QUEUE": queue}
    worker = ["celery", "--quiet", "-A", MODULE, "worker", "--concurrency=1", f"--hostname={queue}@test"]
    log = tmp_path / "worker"
    with (
        running(worker, log, **variables),
        gunicorn(tmp_path / "web", f"{MODULE}:application", **variables) as (_, port),
    ):
        assert get(port, "/pack/", X_Request_ID="order-number-5", Authorization="hunter2")[0] == 200
        wait_until(lambda: "raised unexpected" in log.read_text())
    event = sentry.event("the packing machine is broken after 7 orders")

    assert event["transaction"] == f"{MODULE}.fail"
    assert event["tags"]["request_id"] == "order-number-5"
    assert_clean(event)
