"""The images that a deployment runs."""

from pathlib import Path

import pytest

from tests.project.folder import project

OWN = "FROM python:3.13\nCOPY . /app\n"
COMPOSE = "services:\n  web: {build: ./api}\n  jobs: {build: {context: ., dockerfile: jobs/Dockerfile}}\n"


@pytest.mark.parametrize(
    ("copy", "wanted"),
    [
        ("COPY /jobs/run.py /jobs/lib /app/", ["api/Dockerfile"]),
        ("COPY jobs/ /app/", ["api/Dockerfile"]),
        ("COPY . /app", ["api/Dockerfile", "jobs/Dockerfile"]),
        ("COPY api/ /app/", ["api/Dockerfile", "jobs/Dockerfile"]),
        ("COPY api/pyproject.toml /app/", ["api/Dockerfile", "jobs/Dockerfile"]),
        ("COPY $WHAT /app/", ["api/Dockerfile", "jobs/Dockerfile"]),
        ("RUN pip install jobs", ["api/Dockerfile", "jobs/Dockerfile"]),
    ],
)
def test_what_takes_no_django_in_is_another_s(tmp_path: Path, copy: str, wanted: list[str]) -> None:
    files = {"api/manage.py": "", "api/Dockerfile": OWN, "jobs/Dockerfile": f"FROM python:3.13\n{copy}\n"}
    found = project(
        tmp_path, {**files, "docker-compose.yml": COMPOSE, "jobs/run.py": "", "jobs/lib/x.py": ""}
    )
    assert [image.dockerfile.path for image in found.app_images] == wanted


def test_the_only_one_is_kept(tmp_path: Path) -> None:
    files = {
        "api/manage.py": "",
        "jobs/Dockerfile": "FROM python:3.13\nCOPY run.py /app/\n",
        "jobs/run.py": "",
    }
    assert [image.dockerfile.path for image in project(tmp_path, files).app_images] == ["jobs/Dockerfile"]
