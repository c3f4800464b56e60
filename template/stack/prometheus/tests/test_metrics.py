"""The numbers of a real server with two workers add up, and only its own port tells them."""

import os
import signal
from pathlib import Path
from tempfile import gettempdir

import pytest
from prometheus_client.parser import text_string_to_metric_families

from tests.processes import (
    PRODUCTION,
    SECONDS,
    ended,
    free_port,
    get,
    gunicorn,
    running,
    wait_for_answer,
    wait_until,
)

APPLICATION = "stack.prometheus.tests.shop:application"
ANSWERS = "django_http_responses_total_by_status_view_method_total"
LATENCIES = "django_http_requests_latency_seconds_by_view_method_count"


def value(port: int, name: str, **labels: str) -> float:
    """Return what a port tells of a metric, summed over the labels that are not given."""
    status, headers, text = get(port, "/metrics")
    assert status == 200
    assert headers["content-type"].startswith("text/plain")
    samples = [sample for family in text_string_to_metric_families(text) for sample in family.samples]
    return sum(
        sample.value for sample in samples if sample.name == name and labels.items() <= sample.labels.items()
    )


class Customer:
    """Asks for orders, and remembers which process answered each."""

    def __init__(self, port: int) -> None:
        """Go to the server at this port."""
        self.port = port
        self.answers: list[str] = []

    def has_met(self, processes: int) -> bool:
        """Ask once more, and tell whether as many processes have answered by now."""
        status, _, process = get(self.port, "/orders/")
        assert status == 200
        self.answers.append(process)
        return len(set(self.answers)) >= processes


@pytest.mark.proves("prometheus")
def test_the_numbers_of_all_workers_add_up(tmp_path: Path) -> None:
    metrics = free_port()
    env = PRODUCTION | {"PROMETHEUS_PORT": str(metrics)}
    with gunicorn(tmp_path / "log", "--workers=2", "--threads=1", APPLICATION, **env) as (master, port):
        customer = Customer(port)
        wait_until(lambda: customer.has_met(2))
        for _ in range(10):  # whichever worker is scraped, it tells the sum
            assert value(metrics, LATENCIES, view="order") == len(customer.answers)
        assert value(metrics, "django_db_execute_total", alias="default") >= len(customer.answers)
        assert value(metrics, "django_cache_get_total") == len(customer.answers)

        for processes in (3, 4):  # the dead leave their numbers, and no files
            os.kill(killed := int(customer.answers[-1]), signal.SIGKILL)
            wait_until(lambda: customer.has_met(processes))  # pylint: disable=cell-var-from-loop
            assert value(metrics, ANSWERS, view="order", status="200") == len(customer.answers)
            assert value(metrics, LATENCIES, view="order") == len(customer.answers)
            assert not [file for folder in left_by(master.pid) for file in folder.glob(f"*_{killed}.db")]


def left_by(master: int) -> list[Path]:
    """Return the folders of numbers that a master has made and not removed."""
    folders = [Path(parent) / f"prometheus-{master}" for parent in ("/dev/shm", gettempdir())]
    return [folder for folder in folders if folder.exists()]


@pytest.mark.asvs("13.4.5")
@pytest.mark.proves("prometheus")
def test_the_public_port_tells_nothing_and_nothing_stays_behind(tmp_path: Path) -> None:
    metrics = free_port()
    env = PRODUCTION | {"PROMETHEUS_PORT": str(metrics)}
    with gunicorn(tmp_path / "log", "config.wsgi:application", **env) as (master, port):
        assert get(port, "/metrics")[0] == 404
        assert value(metrics, "django_http_responses_total_by_status_total", status="404") >= 1
        assert left_by(master.pid)
    assert not left_by(master.pid)


@pytest.mark.proves("prometheus")
def test_a_taken_port_ends_the_boot(tmp_path: Path) -> None:
    env = PRODUCTION | {"PROMETHEUS_PORT": str(free_port())}
    command = ["gunicorn", "-c", "stack/gunicorn/conf.py", "--bind=127.0.0.1:0", "config.wsgi:application"]
    with gunicorn(tmp_path / "first", "config.wsgi:application", **env):
        with running(command, tmp_path / "second", **env) as second:
            assert second.wait(SECONDS) != 0
    assert "Address already in use" in (tmp_path / "second").read_text()
    assert not left_by(second.pid)


def test_nothing_is_measured_until_there_is_a_port() -> None:
    check = (
        "from django.conf import settings as s; print(s.INSTALLED_APPS, s.MIDDLEWARE, s.DATABASES, s.CACHES)"
    )
    for port, measured in (("", False), ("9100", True)):
        variables = {"PROMETHEUS_PORT": port, "DJANGO_SETTINGS_MODULE": "config.settings"}
        printed = ended("python", "-c", check, **PRODUCTION, **variables)
        assert printed.returncode == 0, printed.stderr
        assert ("prometheus" in printed.stdout) is measured


def test_the_development_server_tells_its_numbers_too(tmp_path: Path) -> None:
    web, metrics = free_port(), free_port()
    log = tmp_path / "log"
    command = ["python", "manage.py", "runserver", f"127.0.0.1:{web}"]
    variables = {"ENVIRONMENT": "development", "PROMETHEUS_PORT": str(metrics)}
    with running(command, log, **variables) as process:
        wait_for_answer(process, web, log)
        assert value(metrics, "django_http_requests_before_middlewares_total") >= 1
