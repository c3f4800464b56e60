"""What can be said of the containers without an engine: every combination of profiles is well-formed."""

from __future__ import annotations

import itertools
import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.docker.stack import missing
from tests.template_copy import TEMPLATE, copy_of_template

FILES = {
    "docker-compose.yml": ["backup", "monitoring"],
    "docker-compose.prod.yml": ["backup", "certbot", "monitoring", "servers"],
}
"""The compose files, and their profiles."""


def combinations() -> Iterator[tuple[str, tuple[str, ...]]]:
    for file, profiles in FILES.items():
        for number in range(len(profiles) + 1):
            yield from ((file, chosen) for chosen in itertools.combinations(profiles, number))


@pytest.fixture(name="project", scope="module")
def fixture_project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if (
        shutil.which("docker") is None
        or subprocess.run(["docker", "compose", "version"], check=False).returncode
    ):
        missing("Docker Compose")
    folder = copy_of_template(tmp_path_factory.mktemp("configuration"))
    shutil.copy(folder / ".env.example", folder / ".env")
    return folder


def config(project: Path, file: str, *profiles: str) -> dict[str, Any]:
    done = subprocess.run(
        [
            "docker",
            "compose",
            "--file",
            file,
            *(f"--profile={name}" for name in profiles),
            "config",
            "--format=json",
        ],
        cwd=project,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "DOMAIN": "localhost"},
    )
    assert done.returncode == 0, done.stderr
    assert "level=warning" not in done.stderr, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


@pytest.mark.parametrize(("file", "profiles"), list(combinations()))
def test_every_combination_of_profiles_is_well_formed(
    project: Path, file: str, profiles: tuple[str, ...]
) -> None:
    services = config(project, file, *profiles)["services"]

    loops = {"celery_worker", "celery_beat", "outbox_publisher", "event_consumer", "stream_consumer"}
    assert {"web", "migrate"} | loops <= services.keys()
    for name, service in services.items():
        image = service["image"]
        own = image.startswith(("myproject-development", "myproject:"))
        assert own or re.search(r":v?\d+(\.\d+)*(-[a-z-]+)?$", image), f"{name}: {image} names no version"
        checked = "healthcheck" in service or own  # whose image brings one along
        assert checked or name in {"backup", "certbot"}, f"{name} has no health check"


def test_a_profile_that_is_not_listed_here_is_noticed(project: Path) -> None:
    for file, profiles in FILES.items():
        services = config(project, file, "*")["services"]
        assert {profile for each in services.values() for profile in each.get("profiles", [])} == set(
            profiles
        )


def test_an_image_is_built_by_one_service_alone(project: Path) -> None:
    """Two that build the same tag at once get in each other's way: one of them fails, on some engines."""
    for file in FILES:
        services = config(project, file, "*")["services"]
        built = [service["image"] for service in services.values() if "build" in service]
        own = {service["image"] for service in services.values() if service["image"].startswith("myproject")}
        assert len(built) == 1 and set(built) == own, file


def test_the_stack_is_the_same_from_the_repositorys_root(project: Path) -> None:
    """The same project, that is: the same containers, and the same volumes."""
    root = project.parent / "docker-compose.yml"
    text = (TEMPLATE.parent / root.name).read_text(encoding="utf-8")
    root.write_text(text.replace(f"{TEMPLATE.name}/", f"{project.name}/"), encoding="utf-8")

    included, own = config(project.parent, root.name), config(project, "docker-compose.yml")
    assert included == {name: part for name, part in own.items() if not name.startswith("x-")}


def test_the_development_container_is_one_of_the_stack(project: Path) -> None:
    folder = TEMPLATE / ".devcontainer"
    settings = json.loads((folder / "devcontainer.json").read_text("utf-8"))
    file = (folder / settings["dockerComposeFile"]).resolve()

    assert file == TEMPLATE / "docker-compose.yml"
    service = config(project, file.name)["services"][settings["service"]]
    assert settings["workspaceFolder"] in {mount["target"] for mount in service["volumes"]}
    assert service["build"]["target"] == "development"
