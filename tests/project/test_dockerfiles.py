"""Dockerfiles are read as BuildKit reads them."""

import time

import pytest

from stackyard.formats.place import UnreadableError
from stackyard.project.dockerfiles import Dockerfile, read_dockerfile

TEXT = """\
# syntax=docker/dockerfile:1
ARG PYTHON=3.13
ARG BASE=python:${PYTHON}-slim
FROM ${BASE} AS base
ENV A=1 B="two words"
USER app

FROM base AS builder
ARG SECRET
RUN pip install \\
    # a comment in between
    "poetry==2.5"
RUN <<EOF
poetry install
rm -rf /root/.cache
EOF

FROM base
COPY --from=builder --chown=app:app /venv /venv
HEALTHCHECK CMD curl localhost
CMD ["gunicorn", "config.wsgi"]
"""


@pytest.fixture(name="dockerfile")
def _dockerfile() -> Dockerfile:
    return read_dockerfile("Dockerfile", TEXT)


def test_stages_stand_on_each_other(dockerfile: Dockerfile) -> None:
    assert [stage.name for stage in dockerfile.stages] == ["base", "builder", "2"]
    assert dockerfile.final.base.text == "python:3.13-slim" and dockerfile.final.base.kind == "python"
    assert [stage.name for stage in dockerfile.final.lineage] == ["base", "2"]
    assert dockerfile.final.sources == {"builder"}
    assert dockerfile.stage("builder").where.line == 8 and dockerfile.stage(None) is dockerfile.final


def test_what_is_inherited_counts(dockerfile: Dockerfile) -> None:
    user = dockerfile.final.last("USER")
    assert user is not None and user.words == ("app",) and user.where.line == 6
    assert dockerfile.final.last("EXPOSE") is None


def test_continuations_comments_and_here_documents_are_one_instruction(dockerfile: Dockerfile) -> None:
    installs, heredoc = (line.text for line in dockerfile.runs)
    assert "pip install" in installs and "poetry==2.5" in installs and "comment" not in installs
    assert "poetry install\nrm -rf /root/.cache" in heredoc


def test_forms_and_pairs(dockerfile: Dockerfile) -> None:
    command = dockerfile.final.last("CMD")
    assert command is not None and command.is_exec and command.text == "gunicorn config.wsgi"
    environment = dockerfile.final.all("ENV")[0]
    assert environment.pairs == {"A": "1", "B": "two words"}
    argument = dockerfile.stage("builder").all("ARG")[0]
    assert argument.pairs == {"SECRET": None}


def test_another_escape() -> None:
    dockerfile = read_dockerfile("Dockerfile", "# escape=`\nFROM python:3.13\nRUN a `\n  b\nCMD c:\\d\n")
    assert [line.text.split() for line in dockerfile.runs] == [["a", "b"]]


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("RUN x\n", "no FROM"),
        ("", "not a Dockerfile"),
        ("FROM\n", "not a Dockerfile"),
        ("FROM a\nRUN <<EOF\n", "not a Dockerfile"),
    ],
)
def test_what_is_none_is_told(text: str, fact: str) -> None:
    with pytest.raises(UnreadableError, match=fact):
        read_dockerfile("Dockerfile", text)


@pytest.mark.parametrize(
    "text",
    [
        "FROM a\n" + "RUN x \\\n" * 30_000,
        "FROM a\nENV " + "a=b " * 60_000,
        "FROM a\nRUN [" + "[" * 200_000,
        "FROM a\n" * 30_000,
        "FROM a AS s\n" + "FROM s AS s\n" * 150,
        "FROM " + "$A" * 100_000,
    ],
    ids=["continued", "pairs", "nested", "stages", "lineage", "variables"],
)
def test_long_ones_are_read_or_refused_in_time(text: str) -> None:
    started = time.monotonic()
    try:
        assert read_dockerfile("Dockerfile", text).final.base
    except UnreadableError:
        pass
    assert time.monotonic() - started < 10
