"""compose-images-pinned."""

import pytest

from tests.rules.repo import Break, findings, flags, passes

BREAK = Break("docker-compose.yml", "image: redis:8-alpine", "image: redis:alpine")


def compose(image: str) -> dict[str, str]:
    return {"docker-compose.yml": f"services:\n  x:\n    image: {image}\n"}


@pytest.mark.parametrize(
    "image",
    [
        "redis:8",
        "redis:8-alpine",
        "${IMAGE}",
        "redis:${REDIS_TAG}",
        "redis:${REDIS_TAG:-8}",
        f"redis@sha256:{'0' * 64}",
        "dpage/pgadmin4:9.1",
        "registry:5000/team/web:3",
    ],
)
def test_a_version_passes(image: str) -> None:
    passes("compose-images-pinned", compose(image))


@pytest.mark.parametrize(
    "image", ["redis", "redis:latest", "redis:alpine", "nginx:stable-alpine", "registry:5000/team/web"]
)
def test_none(image: str) -> None:
    flags(
        "compose-images-pinned", compose(image), f"docker-compose.yml:3 the image {image} without a version"
    )


def test_a_variable_whose_default_is_none() -> None:
    flags("compose-images-pinned", compose("redis:${REDIS_TAG:-latest}"), "docker-compose.yml:3 redis:latest")


def test_what_the_project_builds_passes() -> None:
    text = "services:\n  web:\n    build: .\n    image: myproject\n  worker:\n    image: myproject\n"
    passes("compose-images-pinned", {"local.yml": text})


def test_what_services_share_is_one_finding() -> None:
    text = "services:\n  worker: &app\n    image: team/app\n  web:\n    <<: *app\n    command: gunicorn x\n"
    flags(
        "compose-images-pinned",
        {"docker-compose.yml": text},
        "docker-compose.yml:3 the image team/app without",
    )


@pytest.mark.parametrize(
    ("image", "pinned"),
    [
        ("postgres:alpine", "postgres:17-alpine"),
        ("docker.io/library/redis", "docker.io/library/redis:8"),
        ("rabbitmq:management-alpine", "rabbitmq:4-alpine"),
        ("team/mail:latest", "team/mail:VERSION"),
        ("postgis/postgis", "postgis/postgis:VERSION"),
    ],
)
def test_no_tag_is_made_up(image: str, pinned: str) -> None:
    assert f"`{pinned}`" in findings("compose-images-pinned", compose(image))[0].remedy


def test_an_image_of_several_services_is_one_finding() -> None:
    text = "services:\n  a:\n    image: x/y:stable\n  b:\n    image: x/y:stable\n"
    flags("compose-images-pinned", {"docker-compose.yml": text}, "docker-compose.yml:3 the service a takes")
