"""What production runs: small, without what built it, without a secret, for a user without rights."""

from __future__ import annotations

import hashlib
import io
import json
import re
import subprocess
import tarfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.docker.stack import BUILD_SECONDS, SECONDS, docker, unique
from tests.template_copy import TEMPLATE, copy_of_template

pytestmark = pytest.mark.docker

SECRETS = {
    name: f"planted-{hashlib.sha256(name.encode()).hexdigest()[:16]}"
    for name in (
        *(".env", ".env.production", ".env.local", "apps/orders/.env", "config/.env.test", "stack/.envrc"),
        *(".git/config", ".git-credentials", ".netrc", ".npmrc", "frontend/.npmrc", ".pypirc", ".pgpass"),
        *(
            ".aws/credentials",
            ".docker/config.json",
            ".kube/config",
            ".ssh/id_ed25519",
            ".vscode/settings.json",
        ),
        *("deploy/certificates/privkey.pem", "privkey.pem", "id_rsa", "service-account.json", "secrets/key"),
        *("terraform.tfstate", "dump.sql", "backups/app.dump", "db.sqlite3", "docker-compose.override.yml"),
        *("media/private.png", "celerybeat-schedule", ".stackyard/postgresql/password", ".venv/bin/python"),
        *("frontend/node_modules/x/index.js", "apps/orders/tests/recorded.json"),
    )
}
"""Files that lie about in a developer's folder, and what each has that must not leave it."""
INDEX_PASSWORD = "planted-5d1e7f3a90"
OVER_THE_BASE = 300e6
"""Bytes, uncompressed."""
WARM_BUILD = 5
"""Seconds that a build may take when only code has changed."""


@pytest.fixture(name="project", scope="module")
def fixture_project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The template as a developer has it: with an environment, a repository, uploaded files and leftovers."""
    folder = copy_of_template(tmp_path_factory.mktemp("image"))
    assert len(SECRETS) >= 30
    for name, secret in SECRETS.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(f"{secret}\n", encoding="utf-8")
    return folder


@pytest.fixture(name="image", scope="module")
def fixture_image(project: Path) -> Iterator[str]:
    """The image."""
    tag = unique("image")
    try:
        docker("build", "--quiet", "--tag", tag, str(project), seconds=BUILD_SECONDS)
        yield tag
    finally:
        docker("rmi", "--force", tag, check=False)


def configuration(image: str) -> dict[str, Any]:
    (inspected,) = json.loads(docker("image", "inspect", image))
    found: dict[str, Any] = inspected
    return found


@pytest.mark.proves("docker")
def test_it_serves_by_gunicorn_as_a_user_without_rights(image: str) -> None:
    config = configuration(image)["Config"]

    assert config["User"] == "10001:10001"
    assert config["Cmd"][0] == "gunicorn"  # no shell between it and the signals
    assert not config.get("Entrypoint")
    assert config["Healthcheck"]["Test"][:2] == ["CMD", "python"]
    assert config["Labels"]["org.opencontainers.image.title"] == "myproject"
    assert not config.get("Volumes")


def test_it_is_small(image: str) -> None:
    dockerfile = (TEMPLATE / "Dockerfile").read_text(encoding="utf-8")
    (base,) = re.findall(r"^ARG PYTHON_IMAGE=(.+)$", dockerfile, re.MULTILINE)
    alone = f"{image}-base"  # built, as a builder may not keep the base as an image
    docker("build", "--quiet", f"--tag={alone}", "-", stdin=f"FROM {base}\nLABEL alone=yes\n")
    over = configuration(image)["Size"] - configuration(alone)["Size"]
    docker("rmi", "--force", alone)
    print(f"{over / 1e6:.0f} MB over the base")
    assert over <= OVER_THE_BASE


def test_what_built_it_is_not_in_it(image: str) -> None:
    tools = "poetry gcc cc make curl git node npm"
    found = docker(
        "run",
        "--rm",
        "--entrypoint",
        "sh",
        image,
        "-c",
        f"ls /opt/venv/bin/pip* 2>/dev/null; for tool in {tools}; do command -v $tool; done; true",
    )
    assert found.split() == []


def test_it_has_neither_repository_nor_environment_nor_tests(image: str) -> None:
    listed = docker("run", "--rm", "--entrypoint", "find", image, "/app").split()
    names = {path.rpartition("/")[2] for path in listed}

    assert "/app/manage.py" in listed
    assert not names & {
        ".env",
        ".env.production",
        ".git",
        ".venv",
        "tests",
        "node_modules",
        "private.png",
        ".stackyard",
    }
    assert not [path for path in listed if path.endswith((".pyc", "celerybeat-schedule"))]


def test_static_files_are_hashed_and_compressed(image: str) -> None:
    listed = docker("run", "--rm", "--entrypoint", "find", image, "/app/staticfiles").split()
    assert "/app/staticfiles/staticfiles.json" in listed
    assert any(re.search(r"swagger-ui-bundle\.[0-9a-f]{12}\.js\.br$", path) for path in listed)


@pytest.mark.parametrize("place", ["layers", "history and configuration"])
def test_no_secret_is_in_it(image: str, place: str, tmp_path: Path) -> None:
    if place == "layers":
        docker("save", "--output", str(tmp_path / "image.tar"), image)
        found = [(name, leaked(content)) for name, content in contents(tmp_path / "image.tar")]
        assert "app/manage.py" in dict(found) and len(found) > 1000
        assert not [(name, secrets) for name, secrets in found if secrets]
    else:
        words = docker("history", "--no-trunc", image) + json.dumps(configuration(image))
        assert "gunicorn" in words
        assert not leaked(words.encode())


def leaked(content: bytes) -> set[str]:
    """Give the files whose secrets are in this."""
    if b"planted-" not in content:
        return set()
    return {name for name, secret in SECRETS.items() if secret.encode() in content}


def contents(archive: Path) -> Iterator[tuple[str, bytes]]:
    """Give every file of every layer."""
    with tarfile.open(archive) as image:
        for member in image:
            stream = image.extractfile(member)
            if stream is None:
                continue
            data = stream.read()
            try:
                layer = tarfile.open(fileobj=io.BytesIO(data))  # pylint: disable=consider-using-with
            except tarfile.ReadError:
                yield member.name, data
                continue
            with layer:
                for file in layer:
                    inner = layer.extractfile(file) if file.isfile() else None
                    if inner is not None:
                        yield file.name, inner.read()


def test_an_index_of_ones_own_is_asked(project: Path, tmp_path: Path) -> None:
    """One that is not there, which ends the build: what is told of that does not have its password."""
    secret = tmp_path / "index"
    secret.write_text(f"http://user:{INDEX_PASSWORD}@127.0.0.1:9/simple", encoding="utf-8")
    output = build_of_packages(project, secret, "--progress=plain", check=False)
    assert "host='127.0.0.1', port=9" in output, output[-3000:]
    assert INDEX_PASSWORD not in output


def test_the_password_of_an_index_is_in_no_layer(project: Path, tmp_path: Path) -> None:
    """Of the index that this machine is set to, or PyPI's: they ask for no password, and get one."""
    python = TEMPLATE.parent / ".stackyard" / "poetry" / "bin" / "python"
    asked = (
        "from pip._internal.commands import create_command\n"
        "print(create_command('download').parse_args([])[0].index_url)"
    )
    index = subprocess.check_output([python, "-c", asked], text=True).strip()
    scheme, _, rest = index.partition("://")
    secret = tmp_path / "index"
    secret.write_text(f"{scheme}://user:{INDEX_PASSWORD}@{rest.rpartition('@')[2]}", encoding="utf-8")
    tag = unique("image")
    try:
        output = build_of_packages(project, secret, "--progress=plain", f"--tag={tag}")
        docker("save", "--output", str(tmp_path / "image.tar"), tag)
        history = docker("history", "--no-trunc", tag)
    finally:
        docker("rmi", "--force", tag, check=False)
    found = {name: INDEX_PASSWORD.encode() in content for name, content in contents(tmp_path / "image.tar")}
    assert any(name.endswith("/site-packages/django/__init__.py") for name in found)
    assert not [name for name, has_it in found.items() if has_it]
    assert INDEX_PASSWORD not in output + history


def build_of_packages(project: Path, secret: Path, *words: str, check: bool = True) -> str:
    """Build the stage in which packages are installed, all of it, and give what is told of that."""
    index = f"--secret=id=index_url,src={secret}"
    line = ("build", "--no-cache", "--target=builder", index, *words, str(project))
    return docker(*line, check=check, seconds=BUILD_SECONDS)


def test_code_that_changed_is_in_the_image_within_seconds(image: str, project: Path) -> None:
    (project / "apps" / "changed.py").write_text(f"NOW = {time.time()}\n", encoding="utf-8")
    started = time.monotonic()
    docker("build", "--quiet", "--tag", image, str(project))
    seconds = time.monotonic() - started
    print(f"{seconds:.1f} s")
    assert "NOW" in docker("run", "--rm", "--entrypoint", "cat", image, "/app/apps/changed.py")
    assert seconds < WARM_BUILD


@pytest.mark.parametrize("missing", ["SECRET_KEY", "DATABASE_URL", "ALLOWED_HOSTS"])
def test_an_unsafe_environment_stops_it_with_one_line(image: str, missing: str) -> None:
    variables = {
        "ALLOWED_HOSTS": "localhost", "AMQP_URL": "amqp://b",
        "CELERY_BROKER_URL": "amqp://a", "DATABASE_URL": "postgres://db/app",
        "DEFAULT_FROM_EMAIL": "a@example.com", "EMAIL_URL": "smtp://mail", "REDIS_URL": "redis://redis",
        "KAFKA_BROKERS": "kafka:9092",
        "JWT_SIGNING_KEY": "MC4CAQAwBQYDK2VwBCIEIDEzl2DCKUHjjg2eFIAsB9dm01i40E/LFBBzIuqW9II6",
        "SECRET_KEY": "x9-K_2vB7.qW4~nR8zT1mY6cU3aP5sD0fG-hJ_lE9iO2bN7vM4xx",
    }  # fmt: skip
    given = [f"--env={name}={value}" for name, value in variables.items() if name != missing]
    said = docker("run", "--rm", *given, image, check=False, seconds=SECONDS)
    assert said.startswith(missing)
    assert len(said.splitlines()) == 1
