"""What guards the supply chain, as configured here: each check refuses what it is there to refuse."""

from __future__ import annotations

import re
import secrets
import shutil
import string
import subprocess
from pathlib import Path

import pytest
import yaml

from tests.repository.test_tools import ROOMS, ROOT

TEMPLATE = ROOT / "template"
CODE = """import json


def read(text: str) -> object:
    return json.loads(text)
"""
WORKFLOW = (TEMPLATE / ".github" / "workflows" / "ci.yml").read_text(encoding="utf-8")
RELEASE = (TEMPLATE / ".github" / "workflows" / "release.yml").read_text(encoding="utf-8")


def complaint(folder: Path, *command: object) -> str:
    """Run a tool; give what it says if it refuses, or nothing."""
    words = [str(word) for word in command]
    done = subprocess.run(words, cwd=folder, check=False, capture_output=True, text=True, timeout=300)
    return done.stdout + done.stderr if done.returncode else ""


@pytest.mark.parametrize("room", ROOMS, ids=lambda room: room.name)
@pytest.mark.parametrize(
    ("safe", "unsafe", "rule"),
    [
        ("json.loads(text)", "eval(text)", "B307"),
        ("import json", "import json, subprocess\nsubprocess.run('ls *', shell=True)", "B602"),
        ("import json", "import json, hashlib\nX = hashlib.md5(b'')", "B324"),
    ],
)
def test_bandit_finds_a_hole(tmp_path: Path, room: Path, safe: str, unsafe: str, rule: str) -> None:
    module = tmp_path / "module.py"
    command = [room / ".venv/bin/bandit", "--configfile", room / "pyproject.toml", "--quiet", module]
    module.write_text(CODE)
    assert complaint(tmp_path, *command) == ""

    module.write_text(CODE.replace(safe, unsafe, 1))
    assert rule in complaint(tmp_path, *command)


def test_a_secret_is_found(tmp_path: Path) -> None:
    """As the hook scans, and no other host is asked."""
    hooks = yaml.safe_load((TEMPLATE / ".pre-commit-config.yaml").read_text(encoding="utf-8"))["repos"][0][
        "hooks"
    ]
    words = next(hook["entry"] for hook in hooks if hook["id"] == "secrets").split()
    assert words[:2] == ["poetry", "run"]
    command = [TEMPLATE / ".venv/bin" / words[2], *words[3:]]
    settings = tmp_path / "settings.py"
    settings.write_text("AWS_REGION = 'eu-central-1'\n")
    assert complaint(tmp_path, *command, settings) == ""

    planted = "".join(secrets.choice(string.ascii_letters + string.digits) for _ in range(40))
    key = "AKIA" + "".join(secrets.choice(string.ascii_uppercase + "234567") for _ in range(16))
    settings.write_text(f"AWS_ACCESS_KEY_ID = '{key}'\nAWS_SECRET_ACCESS_KEY = '{planted}'\n")
    assert "AWS" in complaint(tmp_path, *command, settings)


@pytest.mark.parametrize(
    ("text", "safe", "unsafe", "rule"),
    [
        (WORKFLOW, r"checkout@[0-9a-f]{40} # v[\d.]+", "checkout@v7", "unpinned-uses"),
        (RELEASE, r"attest@[0-9a-f]{40} # v[\d.]+", "attest@main", "unpinned-uses"),
        (WORKFLOW, r" +with:\n +persist-credentials: false\n", "", "artipacked"),
        (
            WORKFLOW,
            r"(?s)permissions: {}(.*?) +permissions:\n +contents: read\n",
            r"\1",
            "excessive-permissions",
        ),
        (WORKFLOW, r"run: poetry install", "run: echo ${{ github.head_ref }}", "template-injection"),
    ],
    ids=["action", "attestation", "credentials", "permissions", "injection"],
)
def test_zizmor_finds_a_fault_in_a_workflow(
    tmp_path: Path, text: str, safe: str, unsafe: str, rule: str
) -> None:
    command = [ROOT / ".venv/bin/zizmor", "--offline", "--quiet"]
    assert complaint(TEMPLATE, *command, ".github") == ""

    faulty = re.sub(safe, unsafe, text, count=1)
    assert faulty != text
    (tmp_path / ".github" / "workflows").mkdir(parents=True)
    (tmp_path / ".github" / "workflows" / "faulty.yml").write_text(faulty)
    assert f"[{rule}]" in complaint(tmp_path, *command, ".github")


@pytest.mark.parametrize(
    ("image", "rule"), [("python", "DL3006"), ("python:latest", "DL3007")], ids=["none", "latest"]
)
def test_hadolint_finds_an_image_without_a_version(tmp_path: Path, image: str, rule: str) -> None:
    recipe = Path(shutil.copy(TEMPLATE / "Dockerfile", tmp_path))
    command = [ROOT / ".venv/bin/hadolint", "--failure-threshold=warning", recipe]
    assert complaint(tmp_path, *command) == ""

    text = recipe.read_text(encoding="utf-8")
    recipe.write_text(text.replace("FROM ${PYTHON_IMAGE} AS base", f"FROM {image} AS base"), encoding="utf-8")
    assert rule in complaint(tmp_path, *command)


def test_what_a_project_s_workflows_and_hooks_run_is_installed_with_it() -> None:
    texts = [path.read_text(encoding="utf-8") for path in (TEMPLATE / ".github").rglob("*.yml")]
    texts.append((TEMPLATE / ".pre-commit-config.yaml").read_text(encoding="utf-8"))
    named = {name for text in texts for name in re.findall(r"poetry run ([\w-]+)", text)}

    assert {"bandit", "kingfisher", "zizmor", "pre-commit", "pytest"} <= named
    assert {name for name in named if not (TEMPLATE / ".venv" / "bin" / name).exists()} == set()


def test_the_poetry_that_wrote_the_lock_is_the_one_that_workflows_install() -> None:
    command = re.search(r"\$\((sed .* poetry\.lock)\)", WORKFLOW)
    assert command is not None
    version = subprocess.check_output(["bash", "-c", command[1]], cwd=TEMPLATE, text=True)

    first = (TEMPLATE / "poetry.lock").read_text(encoding="utf-8").partition("\n")[0]
    assert re.fullmatch(r"\d+\.\d+\.\d+\n", version)
    assert f"by Poetry {version.strip()} " in first
