"""docker-non-root."""

import pytest

from tests.rules.repo import Break, flags, passes

BREAK = Break("Dockerfile", "USER 10001:10001\n")


def dockerfile(body: str) -> dict[str, str]:
    return {"Dockerfile": f'FROM python:3.13-slim AS runtime\n{body}CMD ["gunicorn", "config.wsgi"]\n'}


@pytest.mark.parametrize("user", ["appuser", "1000", "1000:1000", "$USER_ID"])
def test_a_user_passes(user: str) -> None:
    passes("docker-non-root", dockerfile(f"USER {user}\n"))


def test_no_user_is_root() -> None:
    flags("docker-non-root", dockerfile(""), "Dockerfile:1 runs as root")


@pytest.mark.parametrize("user", ["root", "0", "root:root"])
def test_root_is_root(user: str) -> None:
    flags("docker-non-root", dockerfile(f"USER appuser\nUSER {user}\n"), "Dockerfile:3 runs as root")


def test_a_stage_without_a_name_is_the_image() -> None:
    flags(
        "docker-non-root",
        {"Dockerfile": 'FROM python:3.13\nCMD ["gunicorn"]\n'},
        "Dockerfile:1 the image runs as root",
    )


def test_a_user_of_a_stage_below_counts() -> None:
    text = 'FROM python:3.13 AS base\nUSER app\nFROM base\nCMD ["gunicorn"]\n'
    passes("docker-non-root", {"Dockerfile": text})


def test_an_image_of_others_is_not_looked_at() -> None:
    passes("docker-non-root", {"docker/db/Dockerfile": "FROM postgres:18\n"})


START = 'FROM python:3.13\nCOPY bin/start.sh /start.sh\nCOPY . /\nENTRYPOINT ["/start.sh"]\n'


@pytest.mark.parametrize(
    "line",
    ["exec gosu app gunicorn config.wsgi", 'exec su-exec app "$0" "$@"', "setpriv --reuid=app gunicorn"],
)
def test_a_script_that_goes_on_as_another_user(line: str) -> None:
    passes("docker-non-root", {"Dockerfile": START, "bin/start.sh": f"#!/bin/sh\n{line}\n"})


@pytest.mark.parametrize(
    "line", ["exec gunicorn config.wsgi", "exec gosu root gunicorn", "# exec gosu app gunicorn"]
)
def test_a_script_that_does_not(line: str) -> None:
    flags(
        "docker-non-root", {"Dockerfile": START, "bin/start.sh": f"#!/bin/sh\n{line}\n"}, "Dockerfile:1 root"
    )


def test_programs_of_a_supervisor_have_users_of_their_own() -> None:
    init = {"Dockerfile": 'FROM python:3.13\nCOPY . /\nENTRYPOINT ["/init"]\n'}
    passes("docker-non-root", {**init, "rootfs/web/run": "#!/bin/sh\nexec s6-setuidgid app gunicorn x\n"})
    flags("docker-non-root", {**init, "rootfs/web/run": "#!/bin/sh\nexec gunicorn x\n"}, "Dockerfile:1 root")
    supervised = {"Dockerfile": 'FROM python:3.13\nCOPY . /\nCMD ["supervisord", "-n"]\n'}
    passes("docker-non-root", {**supervised, "supervisord.conf": "[program:web]\nuser=app\n"})
    flags(
        "docker-non-root",
        {**supervised, "supervisord.conf": "[supervisord]\nuser=root\n"},
        "Dockerfile:1 root",
    )


def test_the_user_of_a_base_of_one_s_own_counts() -> None:
    files = {
        "base/Dockerfile": "FROM python:3.13\nUSER app\n",
        "Dockerfile": 'FROM shop-base\nRUN pip install .\nCMD ["gunicorn"]\n',
        "Makefile": "base:\n\tdocker build -t shop-base base\n",
    }
    passes("docker-non-root", files)
    flags("docker-non-root", files | {"base/Dockerfile": "FROM python:3.13\n"}, "Dockerfile:1 runs as root")


def test_the_user_of_a_base_of_a_team_s_own_is_not_known() -> None:
    passes("docker-non-root", {"Dockerfile": "FROM registry.example.org/python-base:3\nRUN pip install .\n"})
