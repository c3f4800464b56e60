"""`stackyard check`, as a team runs it: words in, a report and an exit code out."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.template_copy import copy_of_template

PRESETS = ("full", "web", "api", "minimal")


def stackyard(
    *arguments: str | Path, cwd: Path | None = None, path: str = ""
) -> subprocess.CompletedProcess[str]:
    program = f"import sys; sys.path.insert(0, {path!r})\n" if path else ""
    command = [sys.executable, "-c", f"{program}from stackyard.cli import main; main()", *map(str, arguments)]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False, timeout=120)


@pytest.fixture(scope="module", name="made")
def _made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project that is on the stack."""
    project = tmp_path_factory.mktemp("made") / "shop"
    assert stackyard("new", project, "--preset", "minimal").returncode == 0
    return project


@pytest.fixture(name="project")
def _project(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "shop"))


@pytest.fixture(name="broken")
def _broken(project: Path) -> Path:
    """A project with a finding that can be repaired, and one that can't."""
    (project / ".dockerignore").write_text("# nothing yet\n*.pyc\n.git\n", encoding="utf-8")
    dockerfile = project / "Dockerfile"
    dockerfile.write_text(
        dockerfile.read_text("utf-8").replace("USER 10001:10001", "USER root"), encoding="utf-8"
    )
    return project


@pytest.mark.parametrize("preset", PRESETS)
def test_what_new_makes_is_on_the_stack(tmp_path: Path, preset: str) -> None:
    assert stackyard("new", tmp_path / "shop", "--preset", preset).returncode == 0
    done = stackyard("check", tmp_path / "shop", "--level", "optional")
    assert (done.returncode, done.stdout.count("\n")) == (0, 1), done.stdout + done.stderr


def test_the_living_template_is_on_the_stack(tmp_path: Path) -> None:
    done = stackyard("check", copy_of_template(tmp_path), "--level", "optional")
    assert done.returncode == 0, done.stdout


def test_a_finding_ends_with_1_and_says_where_what_and_the_remedy(broken: Path) -> None:
    done = stackyard("check", cwd=broken)
    assert done.returncode == 1
    assert "docker-non-root" in done.stdout and "runs as root" in done.stdout and "→" in done.stdout
    assert "\x1b" not in done.stdout and done.stderr == ""


def test_what_projects_have_in_common_tells_of_each_what_it_is(made: Path, broken: Path) -> None:
    done = stackyard("check", made, broken, made, "--jobs", "1", "--format", "json")
    found = [[item["rule"] for item in json.loads(line)["findings"]] for line in done.stdout.splitlines()]
    alone = json.loads(stackyard("check", broken, "--format", "json").stdout)["findings"]
    assert found == [[], [item["rule"] for item in alone], []]
    assert "docker-non-root" in found[1]


def test_repairs_are_made_once_and_nothing_the_second_time(broken: Path) -> None:
    first = stackyard("check", "--fix", broken)
    assert first.returncode == 1 and "fixed .dockerignore" in first.stderr
    text = (broken / ".dockerignore").read_text(encoding="utf-8")
    assert text.startswith("# nothing yet\n*.pyc\n.git\n") and ".env" in text
    second = stackyard("check", "--fix", broken)
    assert "fixed" not in second.stderr and second.stdout == first.stdout
    assert (broken / ".dockerignore").read_text(encoding="utf-8") == text


def test_whoever_watches_sees_how_far_it_is(made: Path) -> None:
    ours, theirs = os.openpty()
    command = [sys.executable, "-m", "stackyard", "check", *[str(made)] * 3, "--format", "json"]
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=theirs, check=True, timeout=120)
    os.close(theirs)
    with open(ours, "rb", buffering=0) as terminal:
        shown = terminal.read(1 << 16).decode()
    assert done.stdout.count(b"\n") == 3
    assert "projects" in shown and "100%" in shown


def test_a_baseline_lets_an_old_project_start(broken: Path, tmp_path: Path) -> None:
    baseline = tmp_path / "baseline.json"
    assert stackyard("check", broken, "--write-baseline", baseline).returncode == 0
    assert stackyard("check", broken, "--baseline", baseline).returncode == 0
    (broken / "Pipfile").write_text('[packages]\ndjango = "*"\n', encoding="utf-8")
    done = stackyard("check", broken, "--baseline", baseline)
    assert done.returncode == 1 and "poetry-only" in done.stdout


def test_several_projects_are_one_table_and_a_missing_one_stops_no_other(
    broken: Path, made: Path, tmp_path: Path
) -> None:
    names = tmp_path / "fleet.txt"
    names.write_text(f"# ours\n{broken}\n\nnowhere\n{made}\n", encoding="utf-8")
    done = stackyard("check", "--projects", names)
    lines = done.stdout.splitlines()
    assert done.returncode == 2
    assert [line.split()[-1] for line in (lines[1], lines[3])] == [
        "fails",
        "ok",
    ] and "no such folder" in lines[2]
    assert lines[-1] == "3 projects: 1 off the standard, 1 could not be checked"
    reports = [
        json.loads(line) for line in stackyard("check", broken, made, "--format", "json").stdout.splitlines()
    ]
    assert [bool(report["findings"]) for report in reports] == [True, False]


def test_a_team_s_file_and_a_rule_of_another_package(made: Path, tmp_path: Path) -> None:
    (tmp_path / "ours.dist-info").mkdir()
    (tmp_path / "ours.dist-info/METADATA").write_text(
        "Metadata-Version: 2.4\nName: ours\nVersion: 1\n", encoding="utf-8"
    )
    (tmp_path / "ours.dist-info/entry_points.txt").write_text(
        "[stackyard.rules]\nours = our_rules\n", encoding="utf-8"
    )
    (tmp_path / "our_rules.py").write_text(
        '"""A changelog is kept.\n\nStandard: ours.\n"""\n'
        "from stackyard.formats.place import Place\nfrom stackyard.rule import Finding, rule\n"
        '@rule("our-changelog", entry="changelog")\n'
        "def check(project):\n"
        '    yield Finding(Place(""), "there is no changelog", "keep one")\n',
        encoding="utf-8",
    )
    team = tmp_path / "team.toml"
    team.write_text(
        '[practices]\nchangelog = { name = "A changelog", section = "documentation", level = "required" }\n'
        '[technologies]\ndjango = { minimum = "99" }\n[rules]\nreadme = "off"\n',
        encoding="utf-8",
    )
    done = stackyard("check", made, "--stack", team, "--format", "json", path=str(tmp_path))
    assert done.returncode == 1, done.stderr
    assert {item["rule"] for item in json.loads(done.stdout)["findings"]} == {
        "our-changelog",
        "required-versions",
    }
    page = stackyard("explain", "our-changelog", "--stack", team, path=str(tmp_path))
    assert (
        page.stdout == "our-changelog: required, for A changelog\n\nA changelog is kept.\n\nStandard: ours.\n"
    )


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["check", "nowhere"], "A project's folder: no such folder"),
        (["check", "--rule", "no-such-rule"], "'no-such-rule'"),
        (["check", "--stack", "nowhere.toml"], "A standard, as TOML"),
        (["check", "--baseline", "nowhere.json"], "A baseline: no such file"),
        (["check", "--since", "nowhere"], "A revision of the project's Git repository"),
        (["check", "--fix", ".", ".."], "One project: 2"),
        (["check", "--projects", "nowhere.txt"], "A file that names projects"),
        (["check", "--format", "pdf"], "pdf"),
        (["explain", "docker-root"], "docker-non-root"),
        (["show", "--project", "nowhere"], "A project's folder: no such folder"),
    ],
)
def test_what_makes_no_sense_ends_with_2_and_says_what_to_do(
    made: Path, arguments: list[str], words: str
) -> None:
    done = stackyard(*arguments, cwd=made)
    assert done.returncode == 2
    assert words in done.stderr and "Traceback" not in done.stderr and not done.stdout


def test_the_reference_names_versions_rules_and_proofs(made: Path, tmp_path: Path) -> None:
    report = tmp_path / "report.xml"
    report.write_text(
        '<testsuite><testcase classname="tests.test_x" name="test_it"><properties>'
        '<property name="proves" value="django"/></properties></testcase></testsuite>',
        encoding="utf-8",
    )
    written = stackyard("show", "--project", made, "--report", report).stdout
    row = next(line for line in written.splitlines() if line.startswith("| Django |"))
    assert "| required | 6.0 | django 6." in row and "`required-packages`" in row and "test_it" in row
    entries = {
        entry["id"]: entry for entry in json.loads(stackyard("show", "--format", "json").stdout)["entries"]
    }
    assert entries["docker-non-root"]["rules"]["docker-non-root"] == "required"
    assert entries["poetry-virtualenvs"]["unchecked"]


def test_every_rule_has_its_page() -> None:
    listed = stackyard("explain").stdout.splitlines()
    assert len(listed) >= 60 and all(len(line.split(maxsplit=2)) == 3 for line in listed)
    page = stackyard("explain", "docker-non-root").stdout
    assert page.startswith("docker-non-root: required, for Containers run as a user of their own\n\n")
