"""A copy of the template, with a ledger in it, and its processes."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from tests.chaos.children import Children
from tests.chaos.servers import interpreter
from tests.template_copy import copy_of_template

ROOT = Path(__file__).resolve().parents[2]
ENVIRONMENT = {
    "ENVIRONMENT": "production",
    "SECRET_KEY": "x9-K_2vB7.qW4~nR8zT1mY6cU3aP5sD0fG-hJ_lE9iO2bN7vM4xx",
    "JWT_SIGNING_KEY": "MC4CAQAwBQYDK2VwBCIEIDEzl2DCKUHjjg2eFIAsB9dm01i40E/LFBBzIuqW9II6",
    "ALLOWED_HOSTS": "localhost",
    "EMAIL_URL": "dummymail://",
    "DEFAULT_FROM_EMAIL": "Somebody <somebody@example.com>",
    "THROTTLE_ANON": "",
    "THROTTLE_USER": "",
    "THROTTLE_ORDERS": "",
    "ORDERS_UNPAID_MAX": "0",
    "ORDERS_UNPAID_PIECES": "0",
    "CONSUMER_PAUSE": "0.05",
    "WEB_THREADS": "4",
    "CELERY_WORKER_CONCURRENCY": "1",
    "PYTHONDONTWRITEBYTECODE": "1",
}
"""Production, without limits of a user, who is one of a few here and stands for thousands."""

PROGRAMS = {
    "web": ("gunicorn", "-c", "stack/gunicorn/conf.py", "config.wsgi:application"),
    "publisher": ("python", "manage.py", "publish"),
    "consumer": ("python", "manage.py", "consume"),
    "streamer": ("python", "manage.py", "consume_stream"),
    "worker": ("celery", "--quiet", "-A", "config", "worker"),
}


class Sabotage:
    """A change that takes a safeguard out of the project.

    Attributes:
        path: Of the file.
        safe: What stands there.
        unsafe: What is to stand there.
    """

    def __init__(self, path: str, safe: str, unsafe: str) -> None:
        """Remember it."""
        self.path, self.safe, self.unsafe = path, safe, unsafe

    def apply(self, project: Path) -> None:
        """Change the file."""
        file = project / self.path
        text = file.read_text(encoding="utf-8")
        assert self.safe in text, f"{self.path} has no {self.safe!r} any more"
        file.write_text(text.replace(self.safe, self.unsafe), encoding="utf-8")


class Project:
    """The project under test.

    Attributes:
        groups: Its groups of consumers, of RabbitMQ.
    """

    def __init__(self, folder: Path, sabotage: Sequence[Sabotage] = ()) -> None:
        """Copy it."""
        self.folder = folder
        self.groups: list[str] = []
        copy_of_template(folder)
        shutil.copytree(ROOT / "tests/chaos/ledger", folder / "apps/ledger")
        for name, line in (
            ("settings", 'INSTALLED_APPS += ["apps.ledger"]'),
            (
                "urls",
                'urlpatterns += [__import__("django.urls").urls.path("ledger/", '
                '__import__("django.urls").urls.include("apps.ledger.urls"))]',
            ),
        ):
            with (folder / f"config/{name}.py").open("a", encoding="utf-8") as file:
                file.write(f"\n{line}\n")
        for each in sabotage:
            each.apply(folder)

    def prepare(self, environment: Mapping[str, str]) -> list[str]:
        """Make tables and goods; return the tokens of the buyers."""
        done = subprocess.run(
            [interpreter(), "manage.py", "ledger_prepare"],
            cwd=self.folder,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        prepared: dict[str, list[str]] = json.loads(done.stdout.splitlines()[-1])
        self.groups = prepared["groups"]
        return prepared["tokens"]

    def start(self, children: Children, name: str, environment: Mapping[str, str]) -> None:
        """Start one of its processes, such as `consumer-2`."""
        program, *arguments = PROGRAMS[name.partition("-")[0]]
        children.spawn(
            name,
            [interpreter().with_name(program), *arguments],
            env=environment,
            cwd=self.folder,
            log=self.folder.parent / f"{name}.log",
        )
