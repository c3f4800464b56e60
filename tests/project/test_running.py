"""Facts about a project."""

from __future__ import annotations

from pathlib import Path

import pytest

from stackyard.errors import UserError
from stackyard.project.running import RunnableProject, Services


def with_procfile(folder: Path, text: str) -> RunnableProject:
    (folder / "Procfile").write_text(text, encoding="utf-8")
    return RunnableProject.at(folder)


def test_the_processes_in_their_order(tmp_path: Path) -> None:
    project = with_procfile(
        tmp_path, "# comment\r\nweb: gunicorn a:b -b :$PORT\r\n\n  # more\nworker_2:celery\n"
    )
    assert list(project.processes.items()) == [("web", "gunicorn a:b -b :$PORT"), ("worker_2", "celery")]


@pytest.mark.parametrize(
    ("text", "line"), [("web gunicorn", 1), ("web: a\nweb: b", 2), ("web:", 1), ("a: b\n\n: c", 3)]
)
def test_a_line_that_is_none(tmp_path: Path, text: str, line: int) -> None:
    with pytest.raises(UserError, match=f"Procfile:{line}"):
        _ = with_procfile(tmp_path, text).processes


def test_an_empty_procfile(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="an empty Procfile"):
        _ = with_procfile(tmp_path, "# nothing\n").processes


def test_the_environment_of_a_project_with_a_virtual_environment(tmp_path: Path) -> None:
    (tmp_path / ".venv" / "bin").mkdir(parents=True)
    base = {"PATH": "/bin", "PYTHONHOME": "/x", "VIRTUAL_ENV": "/other"}
    assert RunnableProject.at(tmp_path).environment(base) == {
        "ENVIRONMENT": "development",
        "PATH": f"{tmp_path}/.venv/bin:/bin",
        "VIRTUAL_ENV": f"{tmp_path}/.venv",
    }


def test_the_environment_of_a_project_without_one(tmp_path: Path) -> None:
    base = {"PATH": "/bin", "ENVIRONMENT": "test", "VIRTUAL_ENV": "/active"}
    assert RunnableProject.at(tmp_path).environment(base) == base


@pytest.mark.parametrize(
    ("example", "services"),
    [
        (None, Services()),
        ("SECRET_KEY=\n", Services(postgresql=False, redis=False, rabbitmq=False, kafka=False)),
        ("DATABASE_URL=x\n", Services(redis=False, rabbitmq=False, kafka=False)),
        ("DATABASE_URL=x\n# REDIS_URL=redis://x\n", Services(rabbitmq=False, kafka=False)),
        ("CELERY_BROKER_URL=redis://x\n", Services(postgresql=False, rabbitmq=False, kafka=False)),
        (
            "REDIS_URL=redis://x\nCELERY_BROKER_URL=amqp://x\n",
            Services(postgresql=False, kafka=False, broker="rabbitmq"),
        ),
        (
            "CELERY_BROKER_URL=redis://x\n# CELERY_BROKER_URL=amqp://x\n",
            Services(postgresql=False, kafka=False),
        ),
        ("DATABASE_URL=x\n#REDIS_URL=x\nAMQP_URL=x\nKAFKA_BROKERS=x\n", Services()),
    ],
)
def test_services_are_those_that_the_example_of_the_environment_names(
    tmp_path: Path, example: str | None, services: Services
) -> None:
    if example is not None:
        (tmp_path / ".env.example").write_text(example)

    assert RunnableProject.at(tmp_path).wanted_services == services
