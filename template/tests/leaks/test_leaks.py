"""Secrets are planted, everything goes wrong, and nothing of what is seen of it has one of them."""

import http.client
import json
import os
import socket
from base64 import b64encode
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from subprocess import Popen
from threading import Thread
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.auth.hashers import PBKDF2PasswordHasher, make_password

from apps.accounts.models import User
from apps.accounts.tests.factories import UserFactory
from stack.opentelemetry.tests.collector import Collector
from stack.sentry.tests.receiver import Envelopes
from tests.leaks.planted import NOBODY, Planted
from tests.processes import SECONDS, database_url, free_port, gunicorn, running, wait_until

APPLICATION = "tests.leaks.application"
SERVICES = ("REDIS_URL", "CELERY_BROKER_URL", "AMQP_URL", "KAFKA_BROKERS")
KINDS = ("view", "sql", "cache", "task", "mail", "file", "call")
ECHOED = {"reset link", "sign-up link", "token in a path", "query"}
"""What an answer may say again to whoever has just said it: its path is in it."""


@dataclass
class Seen:
    """What can be seen of the project."""

    sentry: Envelopes
    collector: Collector
    folder: Path
    answers: list[bytes] = field(default_factory=list)
    metrics: list[bytes] = field(default_factory=list)

    def variables(self, planted: Planted) -> dict[str, str]:
        """Have everything sent here."""
        dsn = self.sentry.dsn.replace("public", planted["SENTRY_DSN"].replace("!", "0"))
        planted["SENTRY_DSN"] = planted["SENTRY_DSN"].replace("!", "0")
        return planted.variables() | {
            "SENTRY_DSN": dsn,
            "OTEL_EXPORTER_OTLP_ENDPOINT": f"http://127.0.0.1:{self.collector.server_address[1]}",
            "OTEL_BSP_SCHEDULE_DELAY": "100",
            "OUTBOUND_ALLOWED_NETWORKS": "127.0.0.0/8",
            "OUTBOUND_TRIES": "1",
        }

    @property
    def logs(self) -> list[bytes]:
        """What the processes wrote."""
        return [path.read_bytes() for path in self.folder.iterdir() if path.is_file()]

    def leaks(self, planted: Planted) -> dict[str, set[str]]:
        """Return the places whose secrets are to be seen, by where they are."""
        found = {
            "logs": planted.found_in(self.logs),
            "sentry": planted.found_in(self.sentry.bodies, but={"SENTRY_DSN"}),  # which has to know it
            "traces": planted.found_in(self.collector.bodies),
            "metrics": planted.found_in(self.metrics),
            "answers": planted.found_in(self.answers, but=ECHOED | {"access token", "refresh token"}),
        }
        return {where: places for where, places in found.items() if places}


@pytest.fixture(name="seen")
def _seen(tmp_path: Path) -> Iterator[Seen]:
    with Envelopes() as sentry, Collector() as collector:
        for server in (sentry, collector):
            Thread(target=server.serve_forever, daemon=True).start()
        yield Seen(sentry, collector, tmp_path)
        for server in (sentry, collector):
            server.shutdown()


class Caller:
    """A client with secrets in all that it sends."""

    def __init__(self, port: int, planted: Planted, seen: Seen) -> None:
        """Take whom it calls, and what it sends."""
        self.port, self.planted, self.seen = port, planted, seen

    def ask(self, method: str, path: str, body: object = None, **headers: str) -> tuple[int, bytes]:
        """Ask as a proxy does, and keep the answer."""
        about = {
            "Host": "localhost",
            "X-Forwarded-Proto": "https",
            "Accept": "application/json",
            "Content-Type": "application/json",
            "Cookie": "; ".join(f"__Host-{name}={self.planted[name]}" for name in ("sessionid", "csrftoken")),
            "Referer": f"https://localhost/accounts/reset/MQ/{self.planted['reset link']}/",
            "X-CSRFToken": self.planted["CSRF header"],
            "X-Api-Key": self.planted["API key"],
            "X-Forwarded-Access-Token": self.planted["proxy's token"],
        } | headers
        client = http.client.HTTPConnection("127.0.0.1", self.port, timeout=SECONDS)
        text = body if isinstance(body, str) else json.dumps(body)
        client.request(method, path, text if body is not None else None, about)
        answer = client.getresponse()
        read = answer.read()
        self.seen.answers += [str(answer.getheaders()).encode(), read]
        client.close()
        return answer.status, read

    def say(self, line: str) -> None:
        """Send what is no HTTP."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=SECONDS) as connection:
            connection.sendall(f"{line}\r\nHost: localhost\r\n\r\n".encode())
            while connection.recv(65_536):
                pass

    def fail(self) -> list[int]:
        """Fail at each thing, by each way to say who calls; return the answers' statuses."""
        form = {"Content-Type": "application/x-www-form-urlencoded"}
        user = b64encode(f"ada:{self.planted['basic']}".encode()).decode()
        callers = [f"Basic {user}", f"Token {self.planted['API token']}", f"Bearer {self.planted['JWT']}"]
        statuses = []
        for number, kind in enumerate(KINDS):
            token, query = self.planted["token in a path"], self.planted["query"]
            path = f"/fail/{kind}/{token}/?token={query}&code={query}"
            body = f"password={self.planted['form']}"
            caller = callers[number % len(callers)]
            statuses.append(self.ask("POST", path, body, **form, Authorization=caller)[0])
        return statuses

    def provoke(self) -> None:
        """Ask the project itself what it refuses, or cannot do."""
        planted = self.planted
        login = {"email": "ada@example.com", "password": planted["password"]}
        self.ask("POST", "/api/v1/auth/token/", login)
        self.ask("POST", "/api/v1/auth/token/", {"email": 5, "password": [planted["password"]]})
        self.ask("POST", "/api/v1/auth/token/", f'{{"password": "{planted["broken JSON"]}"')
        self.ask("POST", "/api/v1/auth/token/refresh/", {"refresh": planted["forged refresh"]})
        self.ask("POST", "/api/v1/auth/token/verify/", {"token": planted["forged refresh"]})
        self.ask("POST", "/api/v1/auth/api-token/", {"email": "a@b.c", "password": planted["password"]})
        self.ask("POST", "/api/v1/auth/signup/", {"email": planted["password"]})
        for authorization in ("Token ", "Bearer ", "Basic ", ""):
            self.ask("GET", "/api/v1/users/me/", Authorization=f"{authorization}{planted['API token']}")
        old = {"old_password": planted["old password"], "new_password": planted["new password"]}
        self.ask("POST", "/api/v1/users/me/password/", old)
        for path in ("reset/MQ", "signup"):
            link = planted["reset link" if path.startswith("reset") else "sign-up link"]
            for method in ("GET", "POST"):
                self.ask(method, f"/accounts/{path}/{link}/?next={planted['query']}", {"a": planted["form"]})
        self.ask("POST", "/accounts/login/", {"username": "ada", "password": planted["password"]})
        self.ask("GET", "/admin/", Accept="text/html")
        self.ask("GET", f"/nowhere/{planted['token in a path']}/")
        self.ask("GET", "/health/ready")
        self.say(f"GET /accounts/reset/MQ/{planted['reset link']}/ HTTP/9.9")
        self.say(f"GET /accounts/reset/MQ/{planted['reset link']}/")
        self.say(f"GET / HTTP/1.1\r\nAuthorization : Bearer {planted['API token']}")

    def scrape(self, port: int) -> None:
        """Read the metrics."""
        client = http.client.HTTPConnection("127.0.0.1", port, timeout=SECONDS)
        client.request("GET", "/metrics")
        self.seen.metrics.append(client.getresponse().read())
        client.close()


def _has_spoken(process: "Popen[bytes]", log: Path) -> bool:
    return process.poll() is not None or len(log.read_bytes().splitlines()) > 2


@pytest.mark.asvs("16.2.5")
def test_nothing_is_seen_of_secrets_while_all_services_are_away(seen: Seen) -> None:
    planted = Planted()
    metrics = free_port()
    variables = seen.variables(planted) | {"PROMETHEUS_PORT": str(metrics)}
    with gunicorn(seen.folder / "web", f"{APPLICATION}:application", **variables) as (_, port):
        caller = Caller(port, planted, seen)
        assert caller.fail() == [500] * len(KINDS)
        caller.provoke()
        caller.scrape(metrics)
    del variables["PROMETHEUS_PORT"]
    commands = ["publish", "consume", "migrate --server-wait=0", "celery_health worker", "check --deploy"]
    with ExitStack() as stack:
        worker = ["celery", "-A", APPLICATION, "worker", "--concurrency=1", "--loglevel=DEBUG"]
        log = seen.folder / "worker"
        started = {log: stack.enter_context(running(worker, log, **variables))}
        for command in commands:
            log = seen.folder / command.split()[0]
            process = stack.enter_context(
                running(["python", "manage.py", *command.split()], log, **variables)
            )
            started[log] = process
        for log, process in started.items():
            wait_until(partial(_has_spoken, process, log))

    assert len(planted) >= 30
    assert all([seen.logs, seen.sentry.bodies, seen.collector.bodies, seen.answers, seen.metrics])
    assert seen.leaks(planted) == {}


def _user(password: str) -> str:
    email = "ada@example.com"
    # By a hasher that production has, too.
    User.objects.filter(pk=UserFactory.create(email=email).pk).update(
        password=make_password(password, hasher=PBKDF2PasswordHasher())
    )
    return email


def _services() -> dict[str, str]:
    """Return the variables of the services that are there."""
    there = {name: os.environ[name] for name in SERVICES if os.environ.get(name)}
    return there | {"DATABASE_URL": database_url(), "KAFKA_SECURITY_PROTOCOL": "PLAINTEXT"}


@pytest.mark.django_db(transaction=True)
def test_nothing_is_seen_of_secrets_while_all_goes_on_and_some_of_it_fails(seen: Seen) -> None:
    planted = Planted()
    queue, email = f"leaks-{uuid4().hex}", _user(planted["password"])
    variables = seen.variables(planted) | _services() | {"CELERY_TASK_DEFAULT_QUEUE": queue}
    worker = ["celery", "-A", APPLICATION, "worker", "--concurrency=1", f"--hostname={queue}@test"]
    log = seen.folder / "worker"
    with (
        running(worker, log, **variables),
        gunicorn(seen.folder / "web", f"{APPLICATION}:application", **variables) as (_, port),
    ):
        caller = Caller(port, planted, seen)
        login = {"email": email, "password": planted["password"]}
        status, body = caller.ask("POST", "/api/v1/auth/token/", login)
        assert status == 200, body
        issued: dict[str, Any] = json.loads(body)
        planted["access token"], planted["refresh token"] = issued["access"], issued["refresh"]
        bearer = {"Authorization": f"Bearer {issued['access']}"}
        assert caller.ask("GET", "/api/v1/users/me/", **bearer)[0] == 200
        for path in ("/fail/view/x/", f"/fail/sql/x/?token={issued['access']}"):
            assert caller.ask("POST", path, **bearer)[0] == 500
        for _ in range(2):  # the second time, all of its family ends
            caller.ask("POST", "/api/v1/auth/token/refresh/", {"refresh": issued["refresh"]})
        caller.fail()
        caller.provoke()
        wait_until(lambda: "raised unexpected" in log.read_text())
    assert any(b"the packing machine is broken after 74 orders" in body for body in seen.sentry.bodies)
    assert seen.leaks(planted) == {}


WRONG = {
    "SECRET_KEY": "{}",
    "JWT_SIGNING_KEY": "{}",
    "DATABASE_URL": f"postgress://app:{{}}@{NOBODY}/app",
    "REDIS_URL": f"redis:/:{{}}@{NOBODY}/0",
    "CELERY_BROKER_URL": f"amqps:/app:{{}}@{NOBODY}",
    "AMQP_URL": f"amqps:app:{{}}@{NOBODY}",
    "EMAIL_URL": f"smtpx://app:{{}}@{NOBODY}",
}


@pytest.mark.parametrize("name", WRONG)
def test_a_bad_boot_does_not_quote_what_is_wrong(name: str, seen: Seen) -> None:
    planted = Planted()
    variables = seen.variables(planted) | {name: WRONG[name].format(planted["wrong"])}
    commands = [["check", "--deploy"], ["migrate", "--server-wait=0"]]
    for command in commands if name == "DATABASE_URL" else commands[:1]:
        with running(["python", "manage.py", *command], seen.folder / command[0], **variables) as process:
            process.wait(SECONDS)
    assert seen.leaks(planted) == {}


def test_a_secret_that_leaks_is_found_wherever_it_does(seen: Seen) -> None:
    planted = Planted()
    variables = seen.variables(planted)
    with gunicorn(seen.folder / "web", f"{APPLICATION}:application", **variables) as (_, port):
        caller = Caller(port, planted, seen)
        assert caller.ask("GET", "/tell/")[0] == 200
        assert caller.ask("GET", "/raise/")[0] == 500
    seen.metrics.append(f'secrets{{key="{planted["SECRET_KEY"]}"}} 1'.encode())
    where = ("logs", "sentry", "traces", "metrics", "answers")
    assert seen.leaks(planted) == {place: {"SECRET_KEY"} for place in where}


@pytest.mark.parametrize("around", ["{}", "x{}", "xx{}yyy", "xxx{}y"])
def test_a_secret_is_found_within_what_base64_hides(around: str) -> None:
    planted = Planted()
    hidden = b64encode(around.format(planted["basic"]).encode())
    assert planted.found_in([b"Authorization: Basic " + hidden]) == {"basic"}
    assert planted.found_in([b64encode(b"nothing")]) == set()
