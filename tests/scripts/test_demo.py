"""`make demo`: what it runs is made anew when the template has changed, and only then."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(name="clone")
def _clone(tmp_path: Path) -> Path:
    """A clone of this repository, with the edits that are not committed, and the environments of this one."""
    clone = tmp_path / "clone"
    subprocess.run(["git", "clone", "--quiet", "--shared", ROOT, clone], check=True)
    edits = subprocess.run(["git", "diff", "--binary", "HEAD"], cwd=ROOT, capture_output=True, check=True)
    if edits.stdout:
        subprocess.run(["git", "apply"], cwd=clone, input=edits.stdout, check=True)
    for environment in (".venv", "template/.venv"):
        (clone / environment).symlink_to(ROOT / environment)
    (clone / ".stackyard").mkdir()
    return clone


def demo_help(clone: Path) -> None:
    """Do all that comes before the demo itself."""
    # Measured as well, the clone's modules would count as untested ones.
    environment = {name: value for name, value in os.environ.items() if not name.startswith("COV")}
    environment["PYTHONPATH"] = str(clone / "src")
    done = subprocess.run(
        ["scripts/demo", "--help"], cwd=clone, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "--project" in done.stdout


def test_the_project_is_made_once_and_again_when_the_template_changed(clone: Path) -> None:
    project = clone / ".stackyard" / "demo"
    demo_help(clone)
    assert "<h1>Demo Shop</h1>" in (project / "templates" / "landing.html").read_text()
    assert (project / ".venv" / "bin" / "python").exists()

    (project / "edited").touch()
    demo_help(clone)
    assert (project / "edited").exists()

    (project / ".stackyard").mkdir()
    (project / ".stackyard" / "data").write_text("kept")
    with (clone / "template" / "templates" / "landing.html").open("a") as page:
        page.write("<!-- new -->\n")
    demo_help(clone)
    assert not (project / "edited").exists()
    assert (project / "templates" / "landing.html").read_text().endswith("<!-- new -->\n")
    assert (project / ".stackyard" / "data").read_text() == "kept"
