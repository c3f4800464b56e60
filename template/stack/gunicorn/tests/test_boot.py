"""What the server does with an environment that it should not start in, and with one that it should."""

from pathlib import Path

import pytest

from tests.processes import BIN, PRODUCTION, ended, get, gunicorn

COMMAND = [str(BIN / "gunicorn"), "-c", "stack/gunicorn/conf.py"]


@pytest.mark.proves("gunicorn")
@pytest.mark.parametrize("name", ["ENVIRONMENT", "SECRET_KEY", "ALLOWED_HOSTS"])
def test_an_unsafe_environment_ends_the_master_with_one_line(name: str) -> None:
    variables = PRODUCTION | {name: "unsafe" if name == "ENVIRONMENT" else ""}
    done = ended(*COMMAND, "--bind=127.0.0.1:0", "config.wsgi:application", **variables)
    assert done.returncode == 1
    assert done.stdout == ""
    assert len(done.stderr.splitlines()) == 1
    assert name in done.stderr


def test_a_request_that_may_run_may_also_end() -> None:
    command = [*COMMAND, "--print-config", "config.wsgi:application"]
    printed = ended(*command, ENVIRONMENT="test", WEB_TIMEOUT="90")
    assert printed.returncode == 0, printed.stderr
    config = dict(line.split("=", 1) for line in printed.stdout.splitlines() if "=" in line)
    config = {name.strip(): value.strip() for name, value in config.items()}
    assert config["timeout"] == "90"
    assert int(config["graceful_timeout"]) > 90


@pytest.mark.proves("django", "django-templates")
@pytest.mark.parametrize(
    "arguments",
    [
        pytest.param(["config.wsgi:application"], marks=pytest.mark.proves("gunicorn")),
        pytest.param(
            ["-k", "uvicorn_worker.UvicornWorker", "config.asgi:application"],
            marks=pytest.mark.proves("uvicorn"),
        ),
    ],
)
def test_production_is_served(arguments: list[str], tmp_path: Path, static_root: Path) -> None:
    variables = PRODUCTION | {"STATIC_ROOT": str(static_root)}
    with gunicorn(tmp_path / "log", *arguments, **variables) as (_, port):
        status, headers, body = get(port, "/")
        assert status == 200, body
        assert headers["content-type"].startswith("text/html")
        assert "curl https://localhost/api/schema/" in body
        assert get(port, "/", X_Forwarded_Proto="http")[0] == 301
