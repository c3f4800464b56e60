"""isort writes imports as black does.

By itself isort wraps long imports in a style that black undoes: each tool changes what the other has just
written, and CI fails whatever a developer does. Looked at is whether the profile is `black`, in the
configuration or on the command line, or its settings are those; only where both tools are asked for.

Standard: Testing & quality: code formatting: black, isort.
"""

import re
from collections.abc import Iterator

from stackyard.project.facts import Project
from stackyard.project.tools import Configuration
from stackyard.rule import Edit, Finding, rule

_LINE = 'profile = "black"\n'


@rule("isort-profile", entry="isort")
def check(project: Project) -> Iterator[Finding]:
    asked = project.packages.get("isort")
    configured = project.tools.get("isort")
    lines = (*project.ci_commands, *project.scripts, *project.hook_commands)
    is_on_the_line = any(re.search(r"--profile[= ]black|--settings|--sp\b", line.text) for line in lines)
    if (
        asked is None
        or not project.packages.get("black")
        or is_on_the_line
        or any(map(_is_black, configured))
    ):
        return
    profile = configured[0].text("profile") if configured else ""
    yield Finding(
        configured[0].where if configured else asked.where,
        (
            f"isort has the profile {profile!r}, which black undoes"
            if profile
            else "isort has no profile: black undoes its work"
        ),
        'set `profile = "black"` in [tool.isort]',
        _edits(project, configured),
    )


def _is_black(tool: Configuration) -> bool:
    has_commas = tool.text("include_trailing_comma").lower() == "true"
    return tool.text("profile") == "black" or (
        tool.text("multi_line_output") in {"3", "VERTICAL_HANGING_INDENT"} and has_commas
    )


def _edits(project: Project, configured: tuple[Configuration, ...]) -> tuple[Edit, ...]:
    if not configured and project.pyproject is not None:
        return (Edit(project.pyproject.path, "", f"\n[tool.isort]\n{_LINE}"),)
    if (
        len(configured) == 1
        and not configured[0].text("profile")
        and not configured[0].text("multi_line_output")
    ):
        header = project.files.place(configured[0].where.path, r"^\[tool\.isort\]$")
        if header.line:
            return (Edit(header.path, "[tool.isort]\n", f"[tool.isort]\n{_LINE}", header.line),)
    return ()
