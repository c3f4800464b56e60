"""The project's own names, put in place of the living template's; each file type has its way to escape."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Mapping
from pathlib import PurePosixPath

from stackyard.errors import UserError

PLACEHOLDERS = {
    "myproject.example.com": "domain",
    "myproject": "project_slug",
    "My Project": "project_name",
    "What My Project is for.": "description",
    "My Team": "author_name",
    "team@myproject.example.com": "author_email",
}
"""What stands in the living template, and the answer that takes its place."""

SAFE = frozenset({"project_slug", "domain", "author_email"})
"""Answers whose validators leave nothing to escape."""

_PLACEHOLDER = re.compile("|".join(re.escape(name) for name in sorted(PLACEHOLDERS, key=len, reverse=True)))


def _quoted(text: str) -> str:
    """Escape for a string in double quotes, of Python, TOML or YAML."""
    return text.replace("\\", "\\\\").replace('"', '\\"')


def _html(text: str) -> str:
    """Escape for HTML that Django's template engine reads first."""
    return html.escape(text).replace("{", "&#123;").replace("}", "&#125;")


def _markdown(text: str) -> str:
    """Escape what Markdown reads anywhere, and what makes a list or a rule at the start of a line."""
    return re.sub(r"^(\d{1,9})(?=[.)])", r"\1\\", re.sub(r"[\\`*_\[\]<>&|~#$]|^[-+=]", r"\\\g<0>", text))


_ESCAPES: Mapping[str, Callable[[str], str]] = {
    ".py": _quoted,
    ".toml": _quoted,
    ".yml": _quoted,
    ".yaml": _quoted,
    ".html": _html,
    ".md": _markdown,
}


def replace(text: str, path: str, answers: Mapping[str, object]) -> str:
    """Put a project's names in place of the template's.

    Args:
        text: A file's text.
        path: Its name, whose ending says how to escape.
        answers: The answers that `PLACEHOLDERS` names.

    Returns:
        The text with this project's names.

    Raises:
        UserError: A name of free text stands in a file type that has no way to escape it.
    """

    def name(match: re.Match[str]) -> str:
        answer = PLACEHOLDERS[match[0]]
        value = str(answers[answer])
        if answer in SAFE:
            return value
        escape = _ESCAPES.get(PurePosixPath(path).suffix)
        if escape is None:
            raise UserError(
                "A file type that free text can be escaped in",
                found=f"`{match[0]}` in a file that is none of {', '.join(_ESCAPES)}",
                where=f"{path}:{text.count('\n', 0, match.start()) + 1}",
                remedy="Write `myproject` there, or teach stackyard.scaffold.names to escape it.",
            )
        return escape(value)

    return _PLACEHOLDER.sub(name, text)


def replace_in_path(part: str, answers: Mapping[str, object]) -> str:
    """Put the project's slug in place of `myproject` in the name of a file or folder."""
    return part.replace("myproject", str(answers["project_slug"]))
