"""The project's own code: what is said in it, and what imports what."""

import re
from pathlib import Path

import pytest

from stackyard.project.facts import Project
from stackyard.standard.reader import read_standard


def project(folder: Path, files: dict[str, str]) -> Project:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return Project(folder, read_standard())


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("a = 1  # b\n", "a = 1     \n"),
        ('"""Says b."""\na = "b"\n', '             \na = "b"\n'),
        (
            'def f():\n    """Says\n    b."""\n    return b\n',
            "def f():\n           \n         \n    return b\n",
        ),
        ("a = [\n    'b',\n]\n", "a = [\n    'b',\n]\n"),
        ('"# b".x()\n', '"# b".x()\n'),
        ("a = (\n  # b\n", "a = (\n  # b\n"),  # no Python
    ],
)
def test_code_is_without_comments_and_docstrings(tmp_path: Path, text: str, code: str) -> None:
    assert project(tmp_path, {"x.py": text}).python.code("x.py") == code


@pytest.mark.parametrize("text", ["x = 1  # one\nx = (\n", " x  # one\n  y\0", "0x  # one\n"])
def test_what_is_no_python_stays_as_it_is(tmp_path: Path, text: str) -> None:
    assert project(tmp_path, {"x.py": text}).python.code("x.py") == text


def test_what_is_mentioned_in_code_alone(tmp_path: Path) -> None:
    found = project(tmp_path, {"a.py": '"""b"""\n# b\n', "c.py": "\n\nb = 1\n", "test_b.py": "b\n"})
    assert str(found.mentions(r"\bb\b")) == "c.py:3"
    assert found.mentions("nowhere") is None
    assert [str(place) for place, _ in found.python.find_all(re.compile("b"), tests=True)] == [
        "c.py:3",
        "test_b.py:1",
    ]


@pytest.mark.parametrize(
    "line",
    [
        "import hvac",
        "    import hvac.api",
        "from hvac import x",
        "from hvac.api import x",
        "A = 'hvac.api.X'",
        'A = "hvac"',
    ],
)
def test_what_is_imported(tmp_path: Path, line: str) -> None:
    assert project(tmp_path, {"a.py": f"{line}\n"}).imported("other", "hvac")


@pytest.mark.parametrize("line", ["import hvac_other", "# import hvac", "A = 'hvac and more'", "a.hvac = 1"])
def test_what_is_not(tmp_path: Path, line: str) -> None:
    assert project(tmp_path, {"a.py": f"{line}\n"}).imported("hvac") is None


def test_who_imports_a_module(tmp_path: Path) -> None:
    files = {
        "manage.py": "",
        "a/__init__.py": "from . import b\n",
        "a/b.py": "import a.b\n",
        "a/c.py": "from .b import x\nfrom c import b\n",
        "d.py": "\nfrom a.b import x\n",
        "e.py": "import a.b as c, f\n",
        "test_x.py": "import a.b\n",
    }
    found = project(tmp_path, files).python.importers("a/b.py")
    assert [str(place) for place in found] == ["a/__init__.py:1", "a/c.py:1", "d.py:2", "e.py:1"]


def test_processes_are_no_comments(tmp_path: Path) -> None:
    found = project(tmp_path, {"x.sh": "# celery beat\ncelery \\\n  worker\n"})
    assert found.process("celery worker") and not found.process("beat")
