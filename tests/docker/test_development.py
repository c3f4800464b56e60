"""A developer's stack: up in one go, the standard's commands, edits that reload, files that are theirs."""

from __future__ import annotations

import http.client
import json
import os
import re
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing, suppress
from typing import Any

import pytest

from stackyard.services import ports
from tests.conftest import wait_for
from tests.docker.stack import SECONDS, Stack, docker, service_of

pytestmark = [pytest.mark.docker, pytest.mark.proves("docker-compose")]

SECOND_START = 30 * 1.5
"""Seconds from nothing to healthy, once all is built; half as many again are room for a busy machine."""
UNREADY_WITHIN, READY_AGAIN_WITHIN = 5 + 2, 10 + 2
"""Seconds that a probe may take to tell of an outage, and of its end; two are room for a busy machine."""
SERVERS = {"db": "postgresql", "redis": "redis", "rabbitmq": "broker"}
"""Services, and what the readiness probe calls them."""
WANT_KAFKA = ("--ignore=stack/kafka", "--ignore=apps/insights")
"""Tests that the stack can't pass without a Kafka; they are run against one that is no container."""


def get(stack: Stack, path: str) -> tuple[int, str]:
    connection = http.client.HTTPConnection(
        ports.LOOPBACK, int(stack.variables["WEB_PORT"]), timeout=UNREADY_WITHIN
    )
    with closing(connection):
        connection.request("GET", path, headers={"Host": "localhost"})
        answer = connection.getresponse()
        return answer.status, answer.read().decode()


def readiness(stack: Stack) -> dict[str, Any]:
    """Give each check's status; nothing, while nobody answers."""
    with suppress(OSError, http.client.HTTPException):
        return {
            name: check["status"]
            for name, check in json.loads(get(stack, "/health/ready")[1])["checks"].items()
        }
    return {}


def is_ready(stack: Stack) -> bool:
    statuses = readiness(stack)
    return bool(statuses) and set(statuses.values()) == {"up"}


def test_all_is_up_and_healthy(development: Stack) -> None:
    services = {service_of(service): service for service in development.containers()}

    assert services.keys() == {
        "db",
        "redis",
        "rabbitmq",
        "mail",
        "migrate",
        "web",
        "asgi",
        "celery_worker",
        "celery_beat",
        "outbox_publisher",
        "event_consumer",
        "stream_consumer",
    }
    assert services.pop("migrate")["State"]["ExitCode"] == 0
    assert {service["State"]["Health"]["Status"] for service in services.values()} == {"healthy"}
    assert is_ready(development)


def test_nothing_is_published_but_on_loopback(development: Stack) -> None:
    published = [
        binding["HostIp"]
        for container in development.containers()
        for bindings in (container["HostConfig"]["PortBindings"] or {}).values()
        for binding in bindings
    ]
    assert published and set(published) == {ports.LOOPBACK}


def test_the_commands_of_every_day(development: Stack) -> None:
    development.run_in("web", "python", "manage.py", "migrate")
    development.compose(
        *("exec", "-T", "-e", "DJANGO_SUPERUSER_PASSWORD=planted-81c0e4", "web"),
        *("python", "manage.py", "createsuperuser", "--no-input", "--email=admin@example.com"),
    )
    count = "from apps.accounts.models import User; print('users', User.objects.count())"
    assert "users 1" in development.run_in("web", "python", "manage.py", "shell", "-c", count)
    assert "runserver" in development.compose("config")
    assert "/health" in development.logs("web") or "Starting" in development.logs("web")
    development.compose("build", "web", seconds=SECONDS)
    development.compose("up", "--detach", "--wait", "web")
    assert development.run_in("web", "git", "--version").startswith("git version")


@pytest.mark.skipif(shutil.which("docker-compose") is None, reason="needs docker-compose")
def test_the_commands_under_their_older_name(development: Stack) -> None:
    assert "healthy" in subprocess.check_output(
        ["docker-compose", "ps", "web"], text=True, env={**os.environ, **development.environment}
    )


def test_a_backup_is_made_and_proven(development: Stack) -> None:
    said = development.compose("--profile=backup", "run", "--rm", "-T", "backup")
    assert "proven to restore" in said


def test_an_edit_is_seen(development: Stack) -> None:
    page = development.folder / "apps" / "orders" / "tasks.py"
    worker = development.containers("celery_worker")[0]["Id"]
    before = development.logs("celery_worker").count(" ready.")
    page.write_text(page.read_text("utf-8") + "\n# edited\n", encoding="utf-8")
    urls = development.folder / "config" / "urls.py"
    whole = urls.read_text("utf-8")
    urls.write_text(
        whole
        + "\nfrom django.http import HttpResponse\n"
        + 'urlpatterns.append(path("edited/", lambda request: HttpResponse("edited")))\n',
        encoding="utf-8",
    )

    def status() -> int:
        with suppress(OSError, http.client.HTTPException):
            return get(development, "/edited/")[0]
        return 0

    assert wait_for(lambda: status() == 200, seconds=60), development.logs("web")[-3000:]
    assert wait_for(lambda: development.logs("celery_worker").count(" ready.") > before, seconds=60)
    urls.write_text(whole, encoding="utf-8")  # its own tests know every address
    assert wait_for(lambda: status() == 404, seconds=60), development.logs("web")[-3000:]
    assert development.containers("celery_worker")[0]["Id"] == worker


def test_what_is_made_in_the_container_is_the_host_users(development: Stack) -> None:
    development.run_in("web", "python", "manage.py", "startapp", "made_here")
    made = development.folder / "made_here" / "models.py"
    assert (made.stat().st_uid, made.stat().st_gid) == (
        development.folder.stat().st_uid,
        development.folder.stat().st_gid,
    )
    assert made.stat().st_uid != 0


def test_mail_is_caught(development: Stack) -> None:
    send = "from django.core.mail import send_mail; send_mail('Caught here', 'x', None, ['a@example.com'])"
    development.run_in("web", "python", "manage.py", "shell", "-c", send)
    assert wait_for(lambda: "Caught here" in development.logs("mail"))


@pytest.mark.parametrize("outage", ["stop", "cut"])
@pytest.mark.parametrize("service", SERVERS)
def test_an_outage_is_told_and_its_end_too(development: Stack, service: str, outage: str) -> None:
    assert wait_for(lambda: is_ready(development), seconds=60), readiness(development)
    (server,) = development.containers(service)
    web = development.containers("web")[0]["State"]["StartedAt"]
    network = next(iter(server["NetworkSettings"]["Networks"]))
    begin, end = {
        "stop": (["stop", "--time=20", server["Id"]], ["start", server["Id"]]),
        "cut": (
            ["network", "disconnect", "--force", network, server["Id"]],
            ["network", "connect", f"--alias={service}", network, server["Id"]],
        ),
    }[outage]
    docker(*begin)
    try:
        unready = wait_for(
            lambda: readiness(development).get(SERVERS[service]) == "down", seconds=UNREADY_WITHIN
        )
        assert unready, readiness(development)
        assert get(development, "/health/live")[0] == 200
    finally:
        docker(*end)
    assert wait_for(lambda: answers(server["Id"], service), seconds=90)
    assert wait_for(lambda: is_ready(development), seconds=READY_AGAIN_WITHIN), readiness(development)
    assert development.containers("web")[0]["State"]["StartedAt"] == web


@pytest.mark.parametrize("service", [*SERVERS, "web", "celery_worker"])
def test_what_is_killed_is_started_again_by_itself(development: Stack, service: str) -> None:
    (before,) = development.containers(service)
    kill(before)

    def is_another() -> bool:
        (now,) = development.containers(service)
        running = now["State"]["Running"] and now["State"]["Health"]["Status"] == "healthy"
        return bool(running and now["RestartCount"] > before["RestartCount"])

    assert wait_for(is_another, seconds=120), development.logs(service)[-3000:]
    assert wait_for(lambda: is_ready(development), seconds=READY_AGAIN_WITHIN), readiness(development)


def kill(container: dict[str, Any]) -> None:
    """Kill a container's first process, as the kernel does; Docker's own `kill` is a wish of the user's."""
    process = str(container["State"]["Pid"])
    beside = ("--privileged", "--pid=host", "--entrypoint=sh")
    docker("run", "--rm", *beside, "postgres:17", "-c", f"kill -9 {process}")


def answers(container: str, service: str) -> bool:
    """Whether a server does."""
    probe = {
        "db": "pg_isready --quiet --host=127.0.0.1",
        "redis": "redis-cli ping",
        "rabbitmq": "rabbitmq-diagnostics --quiet check_port_connectivity",
    }[service]
    return "ALIVE" in docker("exec", container, "sh", "-c", f"{probe} && echo ALIVE", check=False)


@pytest.mark.parametrize("how", ["restarted", "killed"])
def test_a_task_that_waits_survives_its_broker(development: Stack, how: str) -> None:
    development.compose("stop", "celery_worker")
    send = "from apps.orders.tasks import unpaid_orders_expire as task; print('sent', task.enqueue().id)"
    sent = development.run_in("web", "python", "manage.py", "shell", "-c", send).split("sent ")[1].split()[0]
    (broker,) = development.containers("rabbitmq")
    if how == "killed":
        kill(broker)
        assert wait_for(
            lambda: development.containers("rabbitmq")[0]["RestartCount"] > broker["RestartCount"]
        )
    else:
        docker("restart", "--timeout=20", broker["Id"])
    development.compose("start", "celery_worker")
    assert wait_for(lambda: f"{sent}] succeeded" in development.logs("celery_worker"), seconds=90)


@pytest.mark.long
def test_its_own_tests_pass_in_it(development: Stack) -> None:
    is_kafka_there = "kafka" in development.compose("config", "--services").splitlines()
    left_out = () if is_kafka_there else WANT_KAFKA
    output = development.compose(
        "exec", "-T", "web", "pytest", "-q", "-n", "4", "--dist=worksteal", *left_out, seconds=1500
    )
    last = output.splitlines()[-1]
    print(last)
    assert " passed" in last and not re.search("failed|error|skipped", last), output[-4000:]


def test_another_password_against_old_data_is_explained(development: Stack) -> None:
    changed = Stack(
        development.folder,
        development.file,
        {**development.variables, "POSTGRES_PASSWORD": "other"},
        name=development.name,
    )
    said = changed.compose("run", "--rm", "-T", "--no-deps", "migrate", check=False)
    assert "refuses the password of app" in said
    assert "docker compose down --volumes" in said
    assert "Traceback" not in said


def test_down_and_up_again_is_quick(development: Stack) -> None:
    development.compose("down")
    started = time.monotonic()
    development.compose("up", "--detach", "--wait")
    seconds = time.monotonic() - started
    print(f"{seconds:.1f} s")
    assert seconds < SECOND_START
    assert is_ready(development)


@pytest.fixture(name="included")
def fixture_included(development: Stack) -> Iterator[Stack]:
    """A compose file in another folder that includes the project's."""
    parent = development.folder.parent
    file = parent / "docker-compose.yml"
    file.write_text(f"include: [{development.folder.name}/docker-compose.yml]\n", encoding="utf-8")
    yield Stack(parent, "docker-compose.yml", development.variables, name=development.name)
    file.unlink()


def test_it_can_be_included_from_above(development: Stack, included: Stack) -> None:
    assert (
        json.loads(included.compose("config", "--format=json"))["services"]
        == json.loads(development.compose("config", "--format=json"))["services"]
    )
