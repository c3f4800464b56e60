"""newrelic-started."""

import pytest

from tests.rules.repo import Break, flags, passes

BREAK = Break("newrelic.ini", new="[newrelic]\napp_name = My Project\n")

FILES = {
    "pyproject.toml": '[tool.poetry.dependencies]\nnewrelic = "*"\n',
    "Procfile": "web: gunicorn shop.wsgi\n",
}


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("Procfile", "web: newrelic-admin run-program gunicorn shop.wsgi\n"),
        ("docker/start.sh", "exec newrelic-admin run-program gunicorn shop.wsgi\n"),
        (
            "Dockerfile",
            'FROM python:3.13\nENTRYPOINT ["newrelic-admin", "run-program"]\nCMD ["gunicorn", "shop.wsgi"]\n',
        ),
        ("shop/wsgi.py", "import newrelic.agent\n\nnewrelic.agent.initialize()\n"),
        ("pyproject.toml", ""),
        ("Procfile", ""),
    ],
)
def test_started_or_not_to_be_known(path: str, text: str) -> None:
    files = {**FILES, path: text}
    if not text and path == "Procfile":
        del files[path]
    passes("newrelic-started", files)


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("shop/wsgi.py", "# newrelic.agent.initialize()\n"),
        ("Procfile", "web: gunicorn shop.wsgi\n# web: newrelic-admin run-program gunicorn\n"),
    ],
)
def test_not_started(path: str, text: str) -> None:
    flags("newrelic-started", {**FILES, path: text}, "pyproject.toml:2 nothing starts its agent")
