"""The files that show which environment variables there are."""

from __future__ import annotations

from stackyard.formats.place import Place
from stackyard.formats.regexes import regex
from stackyard.project.files import Files

_EXAMPLES = (
    ".env.example",
    ".env.sample",
    ".env.template",
    ".env.dist",
    "env.example",
    "example.env",
    "sample.env",
    ".env.*.example",
    "*.env.example",
    ".env.*.sample",
    "*.env.sample",
    ".env.*.template",
    "*.env.template",
    ".env.example.*",
    ".env.default*",
    ".env[-_]example",
    ".env[-_]sample",
    ".env[-_]template",
    ".env[-_]dist",
    ".env[-_]dist.*",
    "env.sample",
    "env.template",
    "env.dist",
    ".example.env",
    ".sample.env",
    "template.env",
    "dotenv.example",
    ".envrc.example",
)
_VARIABLE = regex(r"^(?:export )?(?P<name>[A-Za-z_][A-Za-z0-9_]*)=(?P<value>.*)$")
_COMMENTED = regex(r"^#\s?")


def example_files(files: Files) -> list[str]:
    """Give the files that show which variables there are."""
    return files.matching(*_EXAMPLES)


def example_variables(files: Files) -> dict[str, Place]:
    """Give the variables that such files name, commented ones too, and where."""
    found: dict[str, Place] = {}
    for path in example_files(files):
        for number, line in enumerate(files.text(path).splitlines(), start=1):
            if match := _VARIABLE.match(_COMMENTED.sub("", line.strip())):
                found.setdefault(match["name"], Place(path, number))
    return found


def example_values(files: Files) -> dict[str, str]:
    """Give the values that such files, and a `.env`, have for variables."""
    found: dict[str, str] = {}
    for path in (*example_files(files), ".env"):
        for line in files.text(path).splitlines():
            if match := _VARIABLE.match(line.strip()):
                found[match["name"]] = match["value"].strip().strip("'\"")
    return found
