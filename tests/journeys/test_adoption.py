"""`stackyard adopt` and `diff`: an existing project gets to know its template, and how far it is from it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from stackyard.commands.adopt import adopt
from stackyard.commands.diff import diff
from stackyard.commands.update import update
from stackyard.errors import UserError
from tests.template_versions import ADDED, Recorder, commit, files_of, git, make_project

PYPROJECT = """
[project]
name = "corner-shop"
description = "What the corner sells."
authors = [{ name = "Corner Developers", email = "developers@corner.example" }]
dependencies = ["django>=5", "celery>=5", "Pillow>=10", "django-storages[s3]>=1", "redis"]

[tool.poetry.group.live.dependencies]
sentry-sdk = "^2"
"""


@pytest.fixture(name="stranger")
def _stranger(tmp_path: Path) -> Path:
    folder = tmp_path / "corner"
    (folder / "site").mkdir(parents=True)
    (folder / "manage.py").write_text("raise SystemExit('never run')\n", encoding="utf-8")
    (folder / "pyproject.toml").write_text(PYPROJECT, encoding="utf-8")
    (folder / "site/settings.py").write_text("BROKER = 'amqp://host'\nraise SystemExit\n", encoding="utf-8")
    git(folder, "init", "--quiet", "--initial-branch=main")
    commit(folder, "start")
    return folder


def answers_of(folder: Path) -> dict[str, object]:
    content = yaml.safe_load((folder / ".copier-answers.yml").read_text(encoding="utf-8"))
    assert isinstance(content, dict)
    return content


def test_a_project_s_files_show_what_it_is(stranger: Path, versions: Path) -> None:
    before = files_of(stranger)

    assert adopt(stranger, {"jwt": "yes"}, str(versions), "v1", Recorder()) == 0

    assert answers_of(stranger) == {
        "_commit": "v1",
        "_src_path": str(versions),
        "project_name": "Corner Shop",
        "project_slug": "corner_shop",
        "description": "What the corner sells.",
        "author_name": "Corner Developers",
        "author_email": "developers@corner.example",
        "domain": "corner-shop.example.com",
        "preset": "minimal",
        "redis": True,
        "broker": "rabbitmq",
        "events": False,
        "streaming": False,
        "realtime": False,
        "jwt": True,
        "pictures": True,
        "shop": False,
        "cloud": "aws",
        "secrets": "none",
        "monitoring": ["sentry"],
    }
    after = files_of(stranger)
    del after[".copier-answers.yml"]
    assert after == before


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("requirements.txt", "Django\ncelery[redis]==5.4\n# boto3\n", {"broker": "redis", "cloud": "none"}),
        ("requirements/live.txt", "prometheus_client; python_version>'3'\n", {"monitoring": ["prometheus"]}),
        ("requirements.txt", "hvac>=2\n", {"secrets": "vault"}),
        ("Pipfile", '[packages]\ndjango-storages = {extras = ["google"]}\n', {"cloud": "gcp"}),
        (
            "pyproject.toml",
            '[dependency-groups]\nx = ["azure-storage-blob", {include-group = "y"}]',
            {"cloud": "azure"},
        ),
        (
            "pyproject.toml",
            "[tool.poetry]\nname = 'x'\nauthors = ['A B <a@b.example>']",
            {"author_name": "A B"},
        ),
        ("pyproject.toml", "no = toml =", {"broker": "none", "monitoring": []}),
        ("pyproject.toml", "project = 3\ntool = 4\n", {"project_name": "Corner"}),
        ("README.md", "# The Corner\n", {"project_name": "The Corner"}),
    ],
)
def test_packages_and_names_are_found_wherever_they_are_named(
    tmp_path: Path, versions: Path, name: str, text: str, expected: dict[str, object]
) -> None:
    folder = tmp_path / "corner"
    (folder / name).parent.mkdir(parents=True)
    (folder / "manage.py").touch()
    (folder / name).write_text(text, encoding="utf-8")

    adopt(folder, {}, str(versions), "v1", Recorder())

    answers = answers_of(folder)
    assert {question: answers[question] for question in expected} == expected


def test_what_is_adopted_can_be_compared_and_updated(stranger: Path, versions: Path) -> None:
    adopt(stranger, {}, str(versions), "v1", Recorder())
    commit(stranger, "adopt")
    before = files_of(stranger)

    output = Recorder()
    assert diff(stranger, output) == 1
    assert "Only in the template: config/settings.py\n" in output.shown

    output = Recorder()
    assert update(stranger, "v5", False, output) == 0
    after = files_of(stranger)
    assert after.keys() - before.keys() == {ADDED}
    assert {path: after[path] for path in before if path != ".copier-answers.yml"} == {
        path: content for path, content in before.items() if path != ".copier-answers.yml"
    }
    assert answers_of(stranger)["_commit"] == "v5"


def test_a_project_is_adopted_once(stranger: Path, versions: Path) -> None:
    adopt(stranger, {}, str(versions), "v1", Recorder())
    before = files_of(stranger)

    with pytest.raises(UserError, match="adopted already"):
        adopt(stranger, {}, str(versions), "v5", Recorder())
    assert files_of(stranger) == before


def test_a_folder_without_django_is_not_adopted(tmp_path: Path, versions: Path) -> None:
    with pytest.raises(UserError, match="no manage.py"):
        adopt(tmp_path, {}, str(versions), "v1", Recorder())
    assert not list(tmp_path.iterdir())


@pytest.fixture(name="project", scope="module")
def _project(versions: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    yield make_project(tmp_path_factory.mktemp("diff") / "project", versions, "v1", preset="minimal")


def test_the_difference_is_what_i_changed_and_can_be_applied(project: Path) -> None:
    assert diff(project, Recorder()) == 0
    made = files_of(project)

    (project / "README.md").write_bytes(b"mine\r\n" + (project / "README.md").read_bytes())
    (project / "mine.txt").write_text("mine\n", encoding="utf-8")
    (project / "notes/dropped.txt").unlink()
    commit(project, "edits")
    changed = files_of(project)
    output = Recorder()

    assert diff(project, output) == 1
    assert "\n+mine\r\n" in output.shown and "Only in the template: notes/dropped.txt" in output.shown
    assert "1 of your own: mine.txt" in output.said
    assert files_of(project) == changed

    patch = project.parent / "changes.patch"
    patch.write_bytes(output.shown.encode())
    git(project, "apply", "--reverse", str(patch))
    assert files_of(project)["README.md"] == made["README.md"]


def test_the_difference_of_a_project_that_knows_no_template_is_none(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "stackyard", "diff"], cwd=tmp_path, capture_output=True, text=True, check=False
    )

    assert done.returncode == 2 and "stackyard adopt" in done.stderr
