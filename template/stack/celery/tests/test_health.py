"""The health check tells a Beat and a worker that answer from ones that hang or are gone."""

import signal

import pytest

from stack.celery.tests.processes import Broker, Started
from tests.processes import wait_until


def start(broker: Broker, process: str) -> Started:
    return broker.start_beat() if process == "beat" else broker.start_worker()


def assert_health_follows(broker: Broker, process: str) -> None:
    started = start(broker, process)
    try:
        wait_until(lambda: broker.health(process).returncode == 0)
        started.signal(signal.SIGSTOP)
        hung = broker.health(process)
        assert (hung.returncode, hung.stderr) == (
            1,
            f"CommandError: {broker.node(process)} did not answer within 1 s.\n",
        )
        started.signal(signal.SIGCONT)
        wait_until(lambda: broker.health(process).returncode == 0)
    finally:
        started.kill()
    assert broker.health(process).returncode == 1


@pytest.mark.proves("celery-beat")
def test_beat_that_hangs_or_is_gone_is_unhealthy(broker: Broker) -> None:
    assert_health_follows(broker, "beat")


def test_a_worker_that_hangs_or_is_gone_is_unhealthy(broker: Broker) -> None:
    assert_health_follows(broker, "worker")
