"""What code reads of the environment."""

from pathlib import Path

import pytest

from stackyard.project.facts import Project
from stackyard.standard.reader import read_standard


def project(folder: Path, text: str) -> Project:
    (folder / "settings.py").write_text(text, encoding="utf-8")
    return Project(folder, read_standard())


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ('import os\n\nos.environ["A_B"], os.getenv("C", "d"), os.environ.get("E")\n', ["A_B", "C", "E"]),
        ('import os\n\nos.environ["A"] = "1"\nos.environ.pop("B")\nos.environ["lower"]\n', []),
        ('from environs import Env\n\nenv = Env()\nenv.read_env("A")\nenv.list("B")\nenv("C")\n', ["B", "C"]),
        ('from decouple import AutoConfig\n\nread = AutoConfig(".")\nread("A")\n', ["A"]),
        ('def a(name):\n    return os.getenv(name)\n\n\ndef b(key):\n    return a(key)\n\n\nb("X")\n', ["X"]),
        ('def a(name):\n    return os.getenv("Y") + name\n\n\na("X")\n', ["Y"]),
        ('env = dict()\nother("A")\nenv.get("B")\n', []),
    ],
)
def test_what_is_read(tmp_path: Path, text: str, names: list[str]) -> None:
    assert sorted(project(tmp_path, text).environment.reads) == names


@pytest.mark.parametrize(
    ("text", "is_whole"),
    [
        ('os.environ["A"]\n', True),
        ('os.environ[f"A_{name}"]\n', False),
        ("for name in os.environ:\n    pass\n", False),
        ('env.prefixed("A_")\n', False),
        ("class Settings(BaseSettings):\n    pass\n", False),
        ('# os.environ[f"A_{name}"]\n', True),
    ],
)
def test_whether_that_is_all(tmp_path: Path, text: str, is_whole: bool) -> None:
    assert project(tmp_path, text).environment.is_whole is is_whole


def test_a_reader_that_another_module_makes(tmp_path: Path) -> None:
    (tmp_path / "components.py").write_text(
        "from decouple import AutoConfig\n\nconfig = AutoConfig('config')\n"
    )
    (tmp_path / "own.py").write_text("def config(name):\n    return name\n")
    (tmp_path / "other.py").write_text("from own import config\n\nconfig('B')\n")
    found = project(tmp_path, "from components import config\n\nconfig('A', cast=int)\n")
    assert sorted(found.environment.reads) == ["A"]


def test_a_reader_that_a_star_import_brings(tmp_path: Path) -> None:
    for name, text in {
        "base.py": "from decouple import config\n",
        "middle.py": "from base import *\nfrom settings import *\n",
    }.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    found = project(tmp_path, "from middle import *\n\nconfig('A')\nother('B')\n")
    assert sorted(found.environment.reads) == ["A"]
