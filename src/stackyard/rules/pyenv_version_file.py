"""A .python-version says which Python developers get.

pyenv takes the version from that file, so that nobody has to be told. Looked at are `.python-version` beside
pyproject.toml or at the top, and the files of asdf and mise, which do the same.

Standard: Core framework: environment management: pyenv.
"""

from collections.abc import Iterator

from packaging.version import Version

from stackyard.formats.place import Place
from stackyard.project.facts import Project
from stackyard.project.packages import lowest
from stackyard.rule import Edit, Finding, rule

_FILES = (".python-version", ".tool-versions", "mise.toml", ".mise.toml", ".config/mise/config.toml")


@rule("pyenv-version-file", entry="pyenv")
def check(project: Project) -> Iterator[Finding]:
    folder = project.packages.folder
    is_there = any(f"{place}{name}" in project.files for name in _FILES for place in (folder, ""))
    if is_there or project.is_within_repository or project.packages.python is None:
        return
    constraint, where = project.packages.python
    technology = project.standard.technologies.get("python")
    oldest, minimum = lowest(constraint), technology.minimum if technology else None
    if oldest and minimum and oldest < Version(minimum):
        oldest = Version(minimum)  # developers may take what the standard wants already
    version = f"{oldest.major}.{oldest.minor}" if oldest and len(oldest.release) > 1 else ""
    edits = (Edit(f"{folder}.python-version", "", f"{version}\n"),) if version else ()
    yield Finding(
        Place(where.path),
        "no .python-version says which Python developers get",
        f"`pyenv local {version or '3.13'}`, and commit the file",
        edits,
    )
