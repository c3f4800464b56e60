"""What is cut equals what the real `poetry lock` leaves, which an index on loopback serves."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from stackyard.lock.cutting import cut
from tests.lock import poetry
from tests.lock.index import Release, served

RELEASES = [
    Release.made("circle 1.0", "around >=1", "deep"),
    Release.made("around 1.0", "circle"),
    Release.made("deep 1.0", "Dotted.Name >=1"),
    Release.made("Dotted.Name 1.0"),
    Release.made("windowed 1.0", "zone ; sys_platform == 'win32'"),
    Release.made("framed 1.0", "zone ; platform_system == 'Windows'", "pane ; platform_system == 'Windows'"),
    Release.made("walled 1.0", "zone"),
    Release.made("zone 1.0"),
    Release.made("pane 1.0", "glass ; implementation_name != 'pypy'"),
    Release.made("glass 1.0"),
    Release.made(
        "store 1.0",
        "bucket >=1 ; extra == 'amazon'",
        "blob ; extra == 'azure'",
        "crypt >=1 ; extra == 'amazon'",
        "crypt >=1 ; extra == 'azure'",
        "store[amazon,azure] ; extra == 'all'",
        "vault ; extra == 'hidden'",
        extras="all amazon azure hidden",
    ),
    Release.made("bucket 1.0", "store"),
    Release.made("blob 1.0"),
    Release.made("crypt 1.0"),
    Release.made("vault 1.0"),
    Release.made("auth 1.0", "crypt >=1 ; python_version < '3.14'", "crypt >=0.9 ; python_version >= '3.14'"),
    Release.made("chart 1.0"),
    Release.made("chart 2.0", python="!=3.14.1,>=3.12"),
    Release.made("plot 1.0", "chart"),
    Release.made("broker 1.0", "wire >=1", "wire[fast] ; extra == 'fast'", extras="fast"),
    Release.made(
        "wire 1.0", "turbo ; extra == 'fast'", "fuel ; extra == 'fast' and os_name != 'nt'", extras="fast"
    ),
    Release.made("turbo 1.0"),
    Release.made("fuel 1.0"),
    Release.made("sole 1.0", "thing ; extra == 'one' or extra == 'two'", extras="one two"),
    Release.made("thing 1.0"),
    Release.made("inner 1.0", "outer ; sys_platform != 'win32'", "deep ; sys_platform != 'win32'"),
    Release.made("outer 1.0", "glass"),
]
HEAD = '[project]\nname = "harbour"\nversion = "1"\nrequires-python = ">=3.13,<3.15"\n'
FULL = f"""{HEAD}dependencies = [
    "circle (>=1,<2)",
    "windowed (>=1,<2)",
    "store[amazon,azure] (>=1,<2)",
    "auth (>=1)",
    "broker[fast] (>=1,<2)",
    "sole[one,two] (>=1,<2)",
    "inner (>=1)",
]
[tool.poetry]
package-mode = false
[tool.poetry.group.dev.dependencies]
framed = "^1.0"
walled = ">=1"
deep = "*"
plot = ">=1"
crypt = ">=1"
"""
SMALLER = {
    "the same": FULL,
    "one root and a circle": f'{HEAD}dependencies = ["circle (>=1,<2)"]\n',
    "from main to dev": f'{HEAD}dependencies = []\n[dependency-groups]\ndev = ["circle", "auth>=1"]\n',
    "markers differ between groups": f"""{HEAD}dependencies = ["windowed"]
        [tool.poetry.group.dev.dependencies]
        framed = "*"
        """,
    "markers join in a group": f'{HEAD}dependencies = ["framed (>=1)", "windowed (>=1)"]\n',
    "one group needs it everywhere": f"""{HEAD}dependencies = ["windowed"]
        [tool.poetry.group.dev.dependencies]
        walled = "*"
        """,
    "a requirement with a marker": f"""{HEAD}dependencies = ["framed; sys_platform == 'win32'", "broker"]
        """,
    "fewer extras": f'{HEAD}dependencies = ["store[azure] (>=1)"]\n',
    "extras apart": f'{HEAD}dependencies = ["store[azure]"]\n[dependency-groups]\ndev = ["store[amazon]"]\n',
    "no extras": f'{HEAD}dependencies = ["store", "broker"]\n',
    "an extra of extras": f'{HEAD}dependencies = ["store[all]"]\n',
    "an extra's extra": f'{HEAD}dependencies = ["broker[fast]"]\n',
    "no solution is divided any more": f'{HEAD}dependencies = ["plot"]\n',
    "a solution is divided": f'{HEAD}dependencies = ["plot", "auth"]\n',
    "the project divides it": f"""{HEAD}dependencies = ["plot"]
        [tool.poetry.group.dev.dependencies]
        crypt = [
            {{ version = ">=1", markers = "sys_platform == 'win32'" }},
            {{ version = "<2", markers = "sys_platform == 'linux'" }},
        ]
        """,
    "two groups ask differently": f"""{HEAD}dependencies = ["crypt (>=1)"]
        [dependency-groups]
        dev = ["crypt>=0.5,<3"]
        """,
    "nothing where it could apply": f"""{HEAD}dependencies = ["inner ; sys_platform == 'win32'"]
        [dependency-groups]
        dev = ["deep"]
        """,
    "something where it could apply": f"""{HEAD}dependencies = ["inner ; sys_platform == 'win32'"]
        [dependency-groups]
        dev = ["inner"]
        """,
    "one group nowhere where it could apply": f"""{HEAD}dependencies = ["inner"]
        [dependency-groups]
        dev = ["inner ; sys_platform == 'win32'"]
        """,
    "less of Python": '[project]\nname = "x"\nversion = "1"\nrequires-python = ">=3.13,<3.14"\n'
    'dependencies = ["auth", "plot"]\n',
    "extras of the project": f"""{HEAD}dependencies = ["deep"]
        [project.optional-dependencies]
        Cloud = ["store[amazon]", "windowed"]
        chart = ["plot", "deep"]
        """,
    "nothing but extras": f'{HEAD}[project.optional-dependencies]\ncloud = ["windowed"]\n',
    "groups that include": f"""{HEAD}dependencies = ["deep"]
        [dependency-groups]
        dev = ["framed", {{ include-group = "test-it" }}]
        test-it = ["circle"]
        [tool.poetry.group.docs]
        optional = true
        include-groups = ["dev"]
        [tool.poetry.group.docs.dependencies]
        plot = "*"
        """,
    "Poetry's own tables alone": """[tool.poetry]
        name = "x"
        version = "1"
        description = ""
        authors = []
        [tool.poetry.dependencies]
        python = "^3.13,<3.15"
        store = { version = "^1.0", extras = ["azure"], optional = true }
        windowed = { version = "~1.0", python = "<3.14" }
        framed = { version = "1.*", platform = "linux" }
        plot = { version = "*", optional = true }
        [tool.poetry.extras]
        cloud = ["store"]
        [tool.poetry.dev-dependencies]
        deep = "*"
        """,
    "nothing": HEAD,
}


@pytest.fixture(name="index", scope="module")
def fixture_index() -> Iterator[str]:
    """The address of the index."""
    with served(RELEASES) as address:
        yield address


@pytest.fixture(name="full", scope="module")
def fixture_full(index: str, tmp_path_factory: pytest.TempPathFactory) -> str:
    """Poetry's lock for everything."""
    folder = tmp_path_factory.mktemp("full")
    (folder / "pyproject.toml").write_text(FULL)
    return poetry.lock(folder, index=index)


def left_by_poetry(folder: Path, *, full: str, smaller: str, index: str) -> str:
    """Let Poetry lock a smaller project, starting from a full lock."""
    (folder / "pyproject.toml").write_text(smaller)
    (folder / "poetry.lock").write_text(full)
    return poetry.lock(folder, index=index)


@pytest.mark.parametrize("smaller", SMALLER.values(), ids=SMALLER)
def test_the_lock_is_poetry_s(smaller: str, full: str, index: str, tmp_path: Path) -> None:
    assert cut(full, smaller) == left_by_poetry(tmp_path, full=full, smaller=smaller, index=index)


def test_an_extra_leaves_a_requirement_that_names_several(full: str, index: str, tmp_path: Path) -> None:
    smaller = f'{HEAD}dependencies = ["sole[two]"]\n[tool.poetry]\npackage-mode = false\n'
    theirs = left_by_poetry(tmp_path, full=full, smaller=smaller, index=index)
    ours = cut(full, smaller)
    assert ours == theirs.replace(r"extra == \"one\" or extra == \"two\"", r"extra == \"two\"") != theirs
    (tmp_path / "poetry.lock").write_text(ours)
    poetry.run("check", "--lock", folder=tmp_path)
