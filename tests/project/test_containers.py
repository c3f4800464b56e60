"""What containers run."""

from pathlib import Path

import pytest

from tests.project.folder import project

IMAGE = 'FROM python:3.13\nCMD ["gunicorn"]\n'


def test_a_script_is_the_one_that_the_dockerfile_copies(tmp_path: Path) -> None:
    found = project(
        tmp_path,
        {
            "docker/Dockerfile": "FROM python\nCOPY ./compose/production/start /start\nCOPY bin/run.sh /b/\n",
            "compose/production/start": "# uvicorn\nexec gunicorn \\\n  config.wsgi\n/b/run.sh\n",
            "compose/local/start": "python manage.py runserver\n",
            "bin/run.sh": "celery worker\n/start\n",
        },
    )
    (dockerfile,) = found.dockerfiles
    text = found.containers.started("/start --x", dockerfile)
    assert "exec gunicorn config.wsgi" in text and "celery worker" in text
    assert "runserver" not in text and "uvicorn" not in text
    assert "runserver" in found.containers.started("/start")


def test_scripts_that_start_one_another_without_end(tmp_path: Path) -> None:
    found = project(tmp_path, {"bin/a": "bin/b\n", "bin/b": "bin/a\n'an open quote\n"})
    assert found.containers.started("bin/a").count("bin/b") == 1


@pytest.mark.parametrize(
    ("words", "followed"), [("python manage.py x", False), ("docker", False), ("./docker", True)]
)
def test_a_word_alone_is_no_script(tmp_path: Path, words: str, followed: bool) -> None:
    found = project(tmp_path, {"scripts/docker": "x\n", "manage.py": "y\n"})
    assert (found.containers.started(words) != words) is followed


def test_an_image_that_another_service_builds(tmp_path: Path) -> None:
    compose = (
        "services:\n  migrate:\n    build: .\n    image: app:${TAG:-1}\n  web:\n    image: app:${TAG:-1}\n"
        "  other:\n    image: yours:1\n"
    )
    found = project(tmp_path, {"docker-compose.yml": compose, "Dockerfile": f"{IMAGE}HEALTHCHECK CMD x\n"})
    services = found.composes[0].services
    assert [found.containers.is_app(services[name]) for name in ("migrate", "web", "other")] == [
        True,
        True,
        False,
    ]
    assert found.containers.is_watched(services["web"])
    assert found.kind(services["web"]) == "python"


def test_an_image_is_named_where_its_dockerfile_says_so(tmp_path: Path) -> None:
    compose = "services:\n  db:\n    build: pg\n  cache:\n    image: redis:8\n"
    found = project(tmp_path, {"docker-compose.yml": compose, "pg/Dockerfile": "# Ours\nFROM postgres:17\n"})
    places = [str(found.containers.image_place(service)) for service in found.services]
    assert places == ["pg/Dockerfile:2", "docker-compose.yml:5"]


@pytest.mark.parametrize(
    ("path", "context"),
    [
        ("Dockerfile", ""),
        ("backend/Dockerfile", "backend"),
        ("docker/django/Dockerfile", ""),
        ("backend/docker/Dockerfile", "backend"),
    ],
)
def test_the_folder_that_is_sent_along(tmp_path: Path, path: str, context: str) -> None:
    text = "FROM python:3.13\nCOPY requirements requirements\nCOPY . .\n"
    base = "backend/" if context else ""
    found = project(tmp_path, {path: text, f"{base}requirements/base.txt": "", f"{base}manage.py": ""})
    assert found.app_images[0].context == context


def test_an_image_for_development_is_deployed_by_nobody(tmp_path: Path) -> None:
    found = project(tmp_path, {"docker/dev/Dockerfile": IMAGE})
    assert [image.is_deployed for image in found.app_images] == [False]
