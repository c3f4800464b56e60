"""References to images."""

import pytest

from stackyard.project.images import Image


@pytest.mark.parametrize(
    ("text", "version"),
    [
        ("postgres:17.2-alpine", "17.2"),
        ("pgvector/pgvector:pg16", "16"),
        ("timescale/timescaledb:2.17.2-pg16", "16"),
        ("timescale/timescaledb:2.17.2", None),
        ("postgis/postgis:16-3.4", "16"),
        ("axllent/mailpit:v1.21", "1.21"),
        ("redis:alpine", None),
    ],
)
def test_the_version(text: str, version: str | None) -> None:
    found = Image(text).version
    assert (str(found) if found else None) == version


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("supabase/postgres:15.8", "postgresql"),
        ("supabase/gotrue:v2", None),
        ("postgrest/postgrest:v12", None),
        ("provectuslabs/kafka-ui:v0.7", None),
        ("confluentinc/cp-kafka:7.9", "kafka"),
        ("confluentinc/cp-kafka-connect:7.9", None),
        ("ghcr.io/team/python-build:3", "python"),
        ("ghcr.io/astral-sh/uv:0.9", "python"),
    ],
)
def test_the_kind(text: str, kind: str | None) -> None:
    assert Image(text).kind == kind


@pytest.mark.parametrize(
    "text", ["redis:8", "python:bookworm", f"redis@sha256:{'0' * 64}", "x:2024-01-01", "python:3.13-slim"]
)
def test_a_version_is_pinned(text: str) -> None:
    assert Image(text).is_pinned


@pytest.mark.parametrize(
    "text", ["redis", "redis:latest", "redis:alpine", "nginx:stable-alpine", "rabbitmq:management"]
)
def test_no_version_is_not(text: str) -> None:
    assert not Image(text).is_pinned


@pytest.mark.parametrize(
    ("text", "is_stock"),
    [
        ("python:3.13", True),
        ("docker.io/library/debian:12", True),
        ("public.ecr.aws/docker/library/python:3.13", True),
        ("gcr.io/distroless/python3-debian12", True),
        ("ghcr.io/team/python:3", False),
        ("tiangolo/uvicorn-gunicorn:python3.11", False),
    ],
)
def test_an_image_of_a_team_s_own(text: str, is_stock: bool) -> None:
    assert Image(text).is_stock is is_stock
