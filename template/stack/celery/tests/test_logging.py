"""The lines that a real worker writes."""

from pathlib import Path
from uuid import uuid4

import pytest

from stack.logging.tests.lines import line
from tests.processes import PRODUCTION, get, gunicorn, running

MODULE = "stack.celery.tests.web"


@pytest.mark.asvs("16.2.5")
@pytest.mark.proves("logging")
def test_a_task_logs_under_the_id_of_the_request_that_sent_it(tmp_path: Path) -> None:
    queue = f"logging-{uuid4().hex}"
    variables = PRODUCTION | {"CELERY_TASK_DEFAULT_QUEUE": queue}
    worker = ["celery", "--quiet", "-A", MODULE, "worker", "--concurrency=1", f"--hostname={queue}@test"]
    worker += ["--loglevel=INFO"]
    web_log, worker_log = tmp_path / "web", tmp_path / "worker"
    with (
        running(worker, worker_log, **variables),
        gunicorn(web_log, f"{MODULE}:wsgi", **variables) as (_, port),
    ):
        assert get(port, "/orders/5/", X_Request_ID="order-number-5")[0] == 200
        line(web_log, logger="shop", request_id="order-number-5")
        assert line(worker_log, logger="shop", message="packing")["request_id"] == "order-number-5"
        received = line(worker_log, logger="celery.worker.strategy")
        done = line(worker_log, logger="celery.app.trace", request_id="order-number-5")
        assert f"{MODULE}.pack" in received["message"] and f"{MODULE}.pack" in done["message"]
    assert "hunter2" not in worker_log.read_text() + web_log.read_text()
    assert not {"data", "args"} & {*received, *done}
