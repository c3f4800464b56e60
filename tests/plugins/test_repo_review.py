"""The rules are checks of repo-review, run by repo-review itself."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from repo_review.processor import process

from stackyard.plugins import repo_review as plugin

DOCKERFILE = 'FROM python:3.13-slim\n{}CMD ["gunicorn", "config.wsgi"]\n'
RULE = "docker-non-root"


def shop(folder: Path, user: str, more: str = "") -> Path:
    folder.mkdir()
    (folder / "Dockerfile").write_text(DOCKERFILE.format(user), encoding="utf-8")
    (folder / "pyproject.toml").write_text(f'[project]\nname = "shop"\n{more}', encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("user", "more", "passes"),
    [
        ("USER app\n", "", True),
        ("", "", False),
        ("", f'[[tool.stackyard.waivers]]\nrule = "{RULE}"\nreason = "a test"\n', True),
    ],
    ids=["passes", "fails", "waived"],
)
def test_a_rule_passes_or_fails_as_in_a_check(tmp_path: Path, user: str, more: str, passes: bool) -> None:
    done = process(shop(tmp_path / "shop", user, more))
    result = next(result for result in done.results if result.name == RULE)
    assert result.result is passes and result.family == "stackyard-required"
    assert passes or "Dockerfile:1: the image runs as root" in result.err_msg
    assert "The stack: required" in [family.get("name") for family in done.families.values()]


def test_what_is_not_on_this_machine_is_skipped() -> None:
    class Elsewhere:
        """A repository by HTTP."""

    check = plugin.checks(Elsewhere())[RULE]  # type: ignore[arg-type]
    assert check.check() is None


def test_its_command_line_knows_the_rules(tmp_path: Path) -> None:
    command = [
        sys.executable,
        "-m",
        "repo_review",
        "--format",
        "json",
        "--select",
        RULE,
        str(shop(tmp_path / "shop", "")),
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert json.loads(done.stdout)["checks"][RULE]["result"] is False, done.stderr
