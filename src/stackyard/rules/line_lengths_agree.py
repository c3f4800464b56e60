"""black, isort, flake8 and pylint agree on how long a line may be.

What black writes as one line, a linter with a lower limit refuses. Looked at are the configurations of those
that are asked for, with the limits that they have by themselves (88 for black, 79 for flake8); a limit that
is higher than black's is fine for a linter. Silent where a limit stands on the command line, and where flake8
leaves lengths to black.

Standard: Testing & quality: code formatting and linting: black, isort, flake8, pylint.
"""

import re
from collections.abc import Iterator

from stackyard.formats.regexes import regex
from stackyard.project.facts import Project
from stackyard.rule import Finding, rule

_LIMITS = {
    "isort": ("line_length", 88),
    "flake8": ("max-line-length", 79),
    "pylint": ("max-line-length", 100),
}
_LEFT_OUT = regex(r"\bE501\b|\bE5\b|\bB950\b|line-too-long|C0301")


@rule("line-lengths-agree", entry="black")
def check(project: Project) -> Iterator[Finding]:
    asked = project.packages.get("black")
    lines = (*project.ci_commands, *project.scripts, *project.hook_commands)
    if asked is None or any(
        re.search(r"--(?:max-)?line-length|--line-width|black.* -l ?\d", line.text) for line in lines
    ):
        return
    black = next(
        (length for tool in project.tools.get("black") if (length := tool.number("line-length"))), 88
    )
    for tool, (key, default) in _LIMITS.items():
        configured = project.tools.get(tool)
        if project.packages.get(tool) is None or (
            tool == "isort" and not any(item.text("profile") for item in configured)
        ):
            continue
        lengths = [length for item in configured if (length := item.number(key)) is not None] or [default]
        is_wrong = black not in lengths if tool == "isort" else max(lengths) < black
        selected = " ".join(item.text("select") for item in configured) if tool == "flake8" else ""
        is_left_out = bool(selected) and not re.search(r"\b(?:E|E5|E50|E501)\b", selected)
        if (
            is_wrong
            and not is_left_out
            and not _LEFT_OUT.search(" ".join(str(item.values) for item in configured))
        ):
            yield Finding(
                configured[0].place(key) if configured else asked.where,
                f"{tool} ends lines at {lengths[0]}, black at {black}",
                f"set `{key} = {black}` for {tool}",
            )
