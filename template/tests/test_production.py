"""What each environment boots with, and what production refuses; each case is a process of its own."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from stack.environment import BASE_DIR
from tests.processes import PRODUCTION

# Of two lines for one variable, the first.
EXAMPLE = dict(
    reversed(re.findall("^([A-Z_]+)=(.*)$", (BASE_DIR / ".env.example").read_text("utf-8"), re.MULTILINE))
)
REQUIRED = sorted(EXAMPLE.keys() - {"ENVIRONMENT"})
SAFE = {
    name: value.replace("127.0.0.1", "services.example.com") for name, value in EXAMPLE.items()
} | PRODUCTION


def manage(*words: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run manage.py with these variables and nothing else of the environment."""
    keep = {
        name: value for name, value in os.environ.items() if name.startswith(("COVERAGE", "PATH", "HOME"))
    } | {"ENV_FILE": os.devnull}
    return subprocess.run(
        [sys.executable, "manage.py", *words],
        cwd=BASE_DIR,
        env=keep | variables,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_the_deploy_check_is_clean() -> None:
    done = manage("check", "--deploy", "--fail-level", "WARNING", **SAFE)
    assert done.returncode == 0, done.stderr
    assert "no issues" in done.stdout


@pytest.mark.asvs("12.2.1", "13.4.2")
def test_production_is_the_default() -> None:
    done = manage("diffsettings", **{name: value for name, value in SAFE.items() if name != "ENVIRONMENT"})
    assert done.returncode == 0, done.stderr
    assert "SECURE_SSL_REDIRECT = True" in done.stdout
    assert "DEBUG = True" not in done.stdout


@pytest.mark.asvs("13.2.3")
@pytest.mark.proves("django-environ")
@pytest.mark.parametrize("name", REQUIRED)
def test_an_unset_variable_stops_the_boot_with_one_line_that_names_it(name: str) -> None:
    done = manage("check", **{key: value for key, value in SAFE.items() if key != name})
    assert done.returncode == 1
    assert done.stderr.startswith(name)
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.asvs("13.2.3")
@pytest.mark.parametrize("name", [name for name in REQUIRED if EXAMPLE[name]])
def test_a_variable_that_is_left_as_in_the_example_stops_the_boot_too(name: str) -> None:
    done = manage("check", **(SAFE | {name: EXAMPLE[name]}))
    assert done.returncode == 1
    (line,) = done.stderr.splitlines()
    assert line.startswith(f"{name} is required in production, but it still has the value of the example")


@pytest.mark.asvs("11.2.3", "13.2.3")
@pytest.mark.parametrize("weak", ["short", "a" * 80])
def test_a_weak_key_stops_the_boot(weak: str) -> None:
    done = manage("check", **(SAFE | {"SECRET_KEY": weak}))
    assert done.returncode == 1
    assert done.stderr.startswith("SECRET_KEY is too weak")
    assert weak not in done.stderr


def test_a_key_may_begin_with_a_dollar() -> None:
    done = manage("check", **(SAFE | {"SECRET_KEY": f"${SAFE['SECRET_KEY']}"}))
    assert done.returncode == 0, done.stderr


def test_a_copy_of_the_example_boots_in_development() -> None:
    done = manage("check", **EXAMPLE)
    assert done.returncode == 0, done.stderr


def test_hosts_are_named_one_by_one() -> None:
    done = manage("check", **(SAFE | {"ALLOWED_HOSTS": "web.example.com, *"}))
    assert done.returncode == 1
    assert done.stderr.startswith("ALLOWED_HOSTS allows every host")
    done = manage("diffsettings", **(SAFE | {"ALLOWED_HOSTS": "a.example.com, b.example.com"}))
    assert "ALLOWED_HOSTS = ['a.example.com', 'b.example.com']" in done.stdout


def test_an_unknown_environment_is_refused() -> None:
    done = manage("check", **(SAFE | {"ENVIRONMENT": "staging"}))
    assert done.returncode == 1
    assert "development, test, production" in done.stderr


@pytest.mark.proves("dotenv")
def test_a_dotenv_file_is_read_and_real_variables_win(tmp_path: Path) -> None:
    shutil.copytree(BASE_DIR / "stack" / "environment", tmp_path / "stack" / "environment")
    (tmp_path / ".env").write_text("ALPHA=file\nBETA=file\nENVIRONMENT=test\n", encoding="utf-8")
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            "from stack.environment import *; print(env('ALPHA'), env('BETA'), ENVIRONMENT)",
        ],
        cwd=tmp_path,
        env={"BETA": "environment"},
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert done.stdout.split() == ["file", "environment", "test"]
