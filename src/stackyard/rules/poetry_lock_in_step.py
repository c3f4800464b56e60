"""poetry.lock was made for the pyproject.toml that is there.

After a change by hand, `poetry install` refuses the lock, or installs what nobody asked for any more. The
lock keeps a hash of what it was made for; that of pyproject.toml is computed as Poetry 1 and 2 do. It is
silent where the lock has no hash that can be read.

Standard: Poetry, best practices: always commit `poetry.lock` to version control.
"""

from collections.abc import Iterator

from stackyard.project.facts import Project
from stackyard.rule import Finding, rule


@rule("poetry-lock-in-step", entry="poetry-lock")
def check(project: Project) -> Iterator[Finding]:
    packages = project.packages
    if packages.lock is None or not packages.dependencies:
        return
    written = packages.lock.get("metadata", "content-hash")
    hashes = packages.content_hashes
    if isinstance(written, str) and len(written) == 64 and hashes and written not in hashes:
        yield Finding(
            project.files.place(packages.lock.path, r"^content-hash"),
            f"{packages.lock.path} was made for another pyproject.toml: its content-hash is {written[:12]}…",
            "run `poetry lock`, and commit both files",
        )
