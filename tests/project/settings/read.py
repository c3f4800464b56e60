"""Settings of tiny projects, for tests."""

from pathlib import Path

from stackyard.project.files import Files
from stackyard.project.python import Python
from stackyard.project.settings.discover import AllSettings, Settings
from stackyard.project.settings.values import FromEnvironment

HEAD = "ROOT_URLCONF = 'urls'\n"
"""What makes a module one of settings."""


def every(root: Path, files: dict[str, str]) -> AllSettings:
    """Read all settings of a project of some files."""
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return AllSettings(Python(Files(root)))


def production(root: Path, files: dict[str, str]) -> Settings:
    """Read production's settings of a project of some files."""
    found = every(root, files).production
    assert found is not None
    return found


def one(root: Path, text: str) -> Settings:
    """Read the settings of a project with one module."""
    return production(root, {"config/settings.py": f"{HEAD}{text}"})


def variable(value: object) -> tuple[str, object]:
    """Give the name and the default of what is read from the environment."""
    assert isinstance(value, FromEnvironment), value
    return value.variable, value.default if value.has_default else ...
