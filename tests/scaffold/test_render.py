"""Whole projects: the living template comes back, and Copier makes the same."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from stackyard.scaffold.markers import marker_lines
from stackyard.scaffold.questions import Given
from stackyard.scaffold.render import File, render
from stackyard.scaffold.template import Template, installed

ROOT = Path(__file__).parents[2]
MARKER_LIMIT = 120  # lines in the whole template
PLACEHOLDERS = {
    "project_name": "My Project",
    "project_slug": "myproject",
    "description": "What My Project is for.",
    "author_name": "My Team",
    "domain": "myproject.example.com",
    "author_email": "team@myproject.example.com",
}


@pytest.fixture(name="template", scope="module")
def _template() -> Template:
    return installed()


@pytest.fixture(name="sources", scope="module")
def _sources() -> dict[str, bytes]:
    """What Git tracks of the living template, or would."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", "."],
        cwd=ROOT / "template",
        capture_output=True,
        check=True,
    )
    paths = [Path(ROOT, "template", name) for name in listed.stdout.decode().split("\0") if name]
    return {str(path.relative_to(ROOT / "template")): path.read_bytes() for path in paths if path.is_file()}


def rendered(template: Template, **given: object) -> dict[str, File]:
    return render(template, template.questionnaire.answer("shop", Given(given)))


def test_with_everything_on_the_living_template_comes_back(
    template: Template, sources: dict[str, bytes]
) -> None:
    """Same files, same lines in the same order, markers alone missing; compared with words of our own."""
    files = rendered(template, everything=True, **PLACEHOLDERS)

    assert sorted(files) == sorted(sources)
    for path, source in sources.items():
        content = files[path].content
        if path == ".copier-answers.yml":
            assert content.startswith(source)
        elif b"stack:" not in source:
            assert content == source, path
        else:
            expected = []
            for line in source.decode().split("\n"):
                code, is_marked = without_marker(line)
                if code.strip() or not is_marked:
                    expected.append(code)
            assert content.decode().split("\n") == expected, path


def without_marker(line: str) -> tuple[str, bool]:
    """Take a marker off a line; tell whether there was one."""
    for opening in ("# stack:", "// stack:", "/* stack:", "<!-- stack:", "{# stack:"):
        before, marker, _ = line.partition(opening)
        if marker:
            return before.rstrip(), True
    return line, False


def test_markers_are_rare_and_there_is_no_jinja(sources: dict[str, bytes]) -> None:
    marked = {}
    for path, source in sources.items():
        if b"\0" in source:
            continue
        text = source.decode()
        if lines := marker_lines(text):
            marked[path] = len(lines)
        assert not re.search(r"\{\{\s*(project_|_copier)|\{%-?\s*if\s+(celery|redis|shop)\b", text), path
        assert "\r" not in text, f"{path}: Copier would change its line ends"
    assert sum(marked.values()) <= MARKER_LIMIT, marked


@pytest.mark.parametrize("preset", ["full", "web", "api", "minimal"])
def test_no_trace_of_markers_is_left(template: Template, preset: str) -> None:
    for path, file in rendered(template, preset=preset).items():
        if b"\0" in file.content:
            continue
        text = file.content.decode()
        assert not re.search(r"(#|//|/\*|<!--|\{#)\s*stack:", text), path
        assert not re.search(r"myproject|My Project|My Team", text), path
        if path.endswith(".py"):
            assert "\n\n\n\n" not in text, path


@pytest.mark.parametrize("preset", ["full", pytest.param("minimal", marks=pytest.mark.ci)])
def test_copier_renders_the_same(template: Template, tmp_path: Path, preset: str) -> None:
    """Copier itself, as a process, as users run it: copier copy --trust."""
    folder = tmp_path / "shop"
    copier = [sys.executable, "-m", "copier", "copy", "--trust", "--defaults", "--quiet"]
    subprocess.run(
        [*copier, "--vcs-ref=HEAD", f"--data=preset={preset}", str(ROOT), str(folder)],
        check=True,
        capture_output=True,
        env={**os.environ, "PYTHONWARNINGS": "ignore"},
    )

    files = rendered(template, preset=preset)
    copied = {
        str(path.relative_to(folder)): File(path.read_bytes(), bool(path.stat().st_mode & 0o100))
        for path in folder.rglob("*")
        if path.is_file()
    }
    # With edits that are not committed, Copier makes a commit of its own, which the answers name.
    answers = ".copier-answers.yml"
    versions = rb"(?m)^_commit: .*\n"
    ours, theirs = files.pop(answers).content, copied.pop(answers).content
    assert re.sub(versions, b"", ours) == re.sub(versions, b"", theirs)
    assert {path: file for path, file in files.items() if copied.get(path) != file} == {}
    assert sorted(copied) == sorted(files)


def test_a_file_that_is_no_text_passes_as_it_is(template: Template) -> None:
    icon = "frontend/root/favicon.ico"

    assert rendered(template)[icon].content == (ROOT / "template" / icon).read_bytes()


@pytest.mark.parametrize("preset", ["full", "minimal"])
def test_braces_of_workflows_pass_as_they_are(template: Template, preset: str) -> None:
    folder = ROOT / "template" / ".github"
    sources = {str(path.relative_to(ROOT / "template")): path.read_bytes() for path in folder.rglob("*.yml")}
    files = rendered(template, preset=preset)

    assert len(sources) > 3 and any(b"${{ github." in source for source in sources.values())
    assert {path: files[path].content for path in sources} == sources


def test_what_can_be_run_stays_so(template: Template) -> None:
    files = rendered(template)

    assert files["manage.py"].executable
    assert not files["config/settings.py"].executable


@pytest.mark.parametrize("name", ["X", "x" * 50, "Wort " * 9 + "Wort"])
def test_code_keeps_its_format_whatever_the_project_is_called(
    template: Template, sources: dict[str, bytes], tmp_path: Path, name: str
) -> None:
    files = rendered(template, project_name=name)
    named = [path for path in files if path.endswith(".py") and re.search(rb"myproject|My P", sources[path])]
    for path in [*named, "pyproject.toml"]:
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(files[path].content)

    assert named
    for tool, option in (("black", "--check"), ("isort", "--check-only"), ("flake8", "--select=E")):
        command = [f"{ROOT}/template/.venv/bin/{tool}", option, "."]
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
