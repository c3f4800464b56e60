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


def command_of_hook(name: str) -> list[str]:
    """Give a hook's command, as a project runs it."""
    config = yaml.safe_load((TEMPLATE / ".pre-commit-config.yaml").read_text(encoding="utf-8"))
    words = next(hook["entry"] for hook in config["repos"][0]["hooks"] if hook["id"] == name).split()
    assert words[:2] == ["poetry", "run"]
    return [str(TEMPLATE / ".venv/bin" / words[2]), *words[3:]]


def planted() -> str:
    """Give a key of AWS, which nobody else has."""
    key = "AKIA" + "".join(secrets.choice(string.ascii_uppercase + "234567") for _ in range(16))
    secret = "".join(secrets.choice(string.ascii_letters + string.digits) for _ in range(40))
    return f"AWS_ACCESS_KEY_ID = '{key}'\nAWS_SECRET_ACCESS_KEY = '{secret}'\n"


@pytest.fixture(name="repository")
def _repository(tmp_path: Path) -> Path:
    """A repository without a secret."""
    folder = tmp_path / "shop"
    folder.mkdir()
    shutil.copy(TEMPLATE / "kingfisher.yaml", folder)
    (folder / "settings.py").write_text("DATABASE_URL = 'postgres://app:app@127.0.0.1:5432/app'\n")
    subprocess.run(["git", "init", "--quiet"], cwd=folder, check=True)
    commit(folder)
    return folder


def commit(folder: Path) -> None:
    name = ["-c", "user.name=Somebody", "-c", "user.email=somebody@example.com"]
    subprocess.run(["git", "add", "--all"], cwd=folder, check=True)
    subprocess.run(["git", *name, "commit", "--quiet", "-m", "feat: x"], cwd=folder, check=True)


def test_a_secret_is_found_before_it_is_committed(repository: Path) -> None:
    command = [*command_of_hook("secrets"), "settings.py"]
    assert complaint(repository, *command) == ""

    (repository / "settings.py").write_text(planted())
    assert "AWS" in complaint(repository, *command)


def test_a_secret_that_was_taken_out_again_is_found(repository: Path) -> None:
    workflow = (TEMPLATE / ".github" / "workflows" / "security.yml").read_text(encoding="utf-8")
    command = re.search(r"poetry run (kingfisher) (.*)", workflow)
    assert command is not None
    scan = [TEMPLATE / ".venv/bin" / command[1], *command[2].split()]
    assert complaint(repository, *scan) == ""

    before = (repository / "settings.py").read_text()
    for text in (planted(), before):
        (repository / "settings.py").write_text(text)
        commit(repository)
    assert "AWS" in complaint(repository, *scan)


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
