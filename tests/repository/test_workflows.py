"""The workflows, ours and projects': pinned, with no more rights than they need, and never endless."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[2]
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
PROJECTS = sorted((ROOT / "template" / ".github" / "workflows").glob("*.yml"))
RIGHTS = {"image": {"contents", "packages", "id-token", "attestations"}}
"""Jobs of projects that may do more than read, and what."""
PINNED = re.compile(r"uses: [\w-]+/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$")

of_ours = pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
of_all = pytest.mark.parametrize(
    "path", WORKFLOWS + PROJECTS, ids=lambda path: f"{path.parents[2].name}-{path.name}"
)


def jobs_of(path: Path) -> dict[str, Any]:
    jobs: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))["jobs"]
    return jobs


@of_all
def test_every_action_is_pinned_by_its_commit(path: Path) -> None:
    uses = [line.strip(" -") for line in path.read_text(encoding="utf-8").splitlines() if "uses:" in line]

    assert uses
    assert [line for line in uses if not PINNED.match(line)] == []


@of_ours
def test_a_workflow_may_only_read(path: Path) -> None:
    workflow = yaml.safe_load(path.read_text(encoding="utf-8"))

    assert workflow["permissions"] == {"contents": "read"}
    assert [name for name, job in workflow["jobs"].items() if "permissions" in job] == []


@pytest.mark.parametrize("path", PROJECTS, ids=lambda path: path.name)
def test_a_project_s_job_has_the_rights_that_it_needs_alone(path: Path) -> None:
    workflow = yaml.safe_load(path.read_text(encoding="utf-8"))

    assert workflow["permissions"] == {}
    for name, job in workflow["jobs"].items():
        assert job["permissions"].keys() == RIGHTS.get(name, {"contents"})
        assert job["permissions"]["contents"] == "read"


@of_all
def test_a_checkout_leaves_no_credentials(path: Path) -> None:
    steps = [step for job in jobs_of(path).values() for step in job["steps"]]
    checkouts = [step for step in steps if step.get("uses", "").startswith("actions/checkout@")]

    assert checkouts
    assert all(step["with"]["persist-credentials"] is False for step in checkouts)


@of_all
def test_every_job_ends(path: Path) -> None:
    limit = 300 if path.name == "nightly.yml" else 60  # minutes

    assert all(job["timeout-minutes"] <= limit for job in jobs_of(path).values())


@of_ours
def test_what_is_run_is_what_everybody_runs(path: Path) -> None:
    goals = {
        f"make {goal}" for goal in re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE)
    }
    commands = [step["run"] for job in jobs_of(path).values() for step in job["steps"] if "run" in step]
    made = [command for command in commands if not command.startswith("sudo apt-get")]

    assert made
    for command in made:
        for goal in jobs_of(path)["verify"]["strategy"]["matrix"]["goal"]:
            assert command.replace("${{ matrix.goal }}", goal) in goals
