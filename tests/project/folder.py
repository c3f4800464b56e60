"""Projects of a few files."""

from collections.abc import Mapping
from pathlib import Path

from stackyard.project.facts import Project
from stackyard.standard.reader import read_standard


def project(folder: Path, files: Mapping[str, str]) -> Project:
    """Write files into a folder, and take it for a project."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return Project(folder, read_standard())
