"""A project with two findings, and rules that find them."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from stackyard.checking.run import Checks
from stackyard.formats.place import Place
from stackyard.project.facts import Project
from stackyard.rule import Edit, Finding, Rule
from stackyard.standard.reader import Level, read_standard


def _no_tabs(project: Project) -> Iterator[Finding]:
    for path in project.files.matching("*.txt"):
        for number, line in enumerate(project.files.text(path).splitlines(), start=1):
            if "\t" in line:
                edit = Edit(path, "\t", "    ", number)
                yield Finding(Place(path, number), f"{path} has a tab", "take blanks", (edit,))


def _readme(project: Project) -> Iterator[Finding]:
    if "README.md" not in project.files:
        yield Finding(Place(""), "there is no README.md", "write one")


NO_TABS = Rule("no-tabs", "readme", _no_tabs, "No tabs", "No tabs.\n\nThey are wide.")
README = Rule("readme-there", "readme", _readme, "A README", "A README.")
RULES = {"no-tabs": (NO_TABS, Level.RECOMMENDED), "readme-there": (README, Level.REQUIRED)}


def checks(**changes: object) -> Checks:
    return replace(Checks(read_standard(), RULES), **changes)  # type: ignore[arg-type]


def shop(folder: Path, **files: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in ({"a.txt": "one\n\ttwo\n"} | files).items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder
