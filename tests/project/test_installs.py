"""What pip is told to install."""

import pytest

from stackyard.formats.place import Line, Place
from stackyard.project.installs import installs


@pytest.mark.parametrize(
    ("text", "packages", "requirements"),
    [
        ("pip install Django psycopg2_binary", ("django", "psycopg2-binary"), ()),
        ("python -m pip install --no-cache-dir -U 'celery[redis]>=5,<6'", ("celery",), ()),
        (
            "pip install -r a.txt --requirement=b.txt -rc.txt -c d.txt gunicorn",
            ("gunicorn",),
            ("a.txt", "b.txt", "c.txt"),
        ),
        ("pip3 install --index-url https://x.example.com -t out black==1.0", ("black",), ()),
        ("uv pip install --system black", ("black",), ()),
        ("pip install . -e ./lib dist/a.whl /wheels/* $X black-$Y", (), ()),
    ],
)
def test_packages_and_files(text: str, packages: tuple[str, ...], requirements: tuple[str, ...]) -> None:
    (found,) = set(installs(Line(text, Place("x", 1))))
    assert (found.packages, found.requirements) == (packages, requirements)


@pytest.mark.parametrize(
    "text", ["pip list", "pipx install black", "poetry install", "# pip install x", "echo pip install x"]
)
def test_other_commands_are_none(text: str) -> None:
    assert not list(installs(Line(text, Place("x", 1))))
