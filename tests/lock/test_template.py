"""Locks for random subsets of the template's requirements, cut from its own lock."""

from __future__ import annotations

import json
import re
import subprocess
import time
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from random import Random
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from stackyard.lock.cutting import cut
from stackyard.lock.hashing import content_hash
from tests.lock import poetry
from tests.lock.index import locked_releases, served
from tests.lock.subsets import TEMPLATE, subset

FULL = (TEMPLATE / "poetry.lock").read_text(encoding="utf-8")
PYPROJECT = (TEMPLATE / "pyproject.toml").read_text(encoding="utf-8")
SEEDS = range(20)

Edge = tuple[str, frozenset[str]]


def smaller(seed: int) -> str:
    """Give the subset of a seed."""
    return subset(PYPROJECT, Random(seed))


def wanted(pyproject: str) -> dict[str, list[Edge]]:
    """Give what each group asks for."""
    data = tomllib.loads(pyproject)
    requirements = map(Requirement, data["project"]["dependencies"])
    return {
        "main": [(canonicalize_name(each.name), frozenset(each.extras)) for each in requirements],
        "dev": [
            (canonicalize_name(name), frozenset(value.get("extras", ()) if isinstance(value, dict) else ()))
            for name, value in data["tool"]["poetry"]["group"]["dev"]["dependencies"].items()
        ],
    }


def edges(package: Mapping[str, Any], extras: frozenset[str]) -> Iterator[Edge]:
    """Give what a locked package asks for with some extras."""
    for name, value in package.get("dependencies", {}).items():
        for table in value if isinstance(value, list) else [value]:
            table = {"version": table} if isinstance(table, str) else table
            named = re.findall(r'extra == "([^"]+)"', table.get("markers", ""))
            if not named or extras & {*named}:
                yield canonicalize_name(name), frozenset(table.get("extras", ()))


def reachable(lock: str, roots: list[Edge]) -> set[str]:
    """Give the names that can be reached; all of them are locked."""
    packages: dict[str, list[dict[str, Any]]] = {}
    for package in tomllib.loads(lock)["package"]:
        packages.setdefault(canonicalize_name(package["name"]), []).append(package)
    found, left = set[Edge](), [*roots]
    while left:
        edge = left.pop()
        if edge not in found:
            found.add(edge)
            assert edge[0] in packages, f"{edge[0]} is missing"
            for package in packages[edge[0]]:
                left += edges(package, edge[1])
    return {name for name, _ in found}


@pytest.mark.parametrize("seed", SEEDS)
def test_a_cut_lock_is_complete_and_minimal(seed: int) -> None:
    pyproject = smaller(seed)
    lock = cut(FULL, pyproject)
    reached = {group: reachable(lock, roots) for group, roots in wanted(pyproject).items()}
    for package in tomllib.loads(lock)["package"]:
        name = canonicalize_name(package["name"])
        assert package["groups"] == [group for group in ("main", "dev") if name in reached[group]], name
        assert f'name = "{package["name"]}"\nversion = "{package["version"]}"\n' in FULL


def test_everything_is_left_of_a_lock_for_the_same_project() -> None:
    assert cut(FULL, PYPROJECT) == FULL


def test_cutting_again_changes_nothing() -> None:
    once = cut(FULL, smaller(0))
    assert cut(once, smaller(0)) == once


def test_the_hash_is_poetry_s(tmp_path: Path) -> None:
    legacy = '[tool.poetry]\nname = "x"\n[tool.poetry.dependencies]\npython = "^3.13"\n'
    texts = [*map(smaller, SEEDS), PYPROJECT, legacy, "[tool.poetry]\n", "[dependency-groups]\ndev = []\n"]
    (tmp_path / "texts.json").write_text(json.dumps(texts))
    code = (
        "import json, pathlib, tomllib; from poetry.packages.locker import Locker;"
        "texts = json.loads(pathlib.Path('texts.json').read_text());"
        "print(json.dumps([Locker(pathlib.Path('x'), tomllib.loads(t))._get_content_hash() for t in texts]))"
    )
    python = poetry.POETRY.with_name("python")
    done = subprocess.run(
        [python, "-c", code], cwd=tmp_path, capture_output=True, text=True, timeout=60, check=True
    )
    assert [content_hash(tomllib.loads(text)) for text in texts] == json.loads(done.stdout)


@pytest.mark.parametrize("seed", SEEDS[:3])
def test_poetry_finds_nothing_wrong_with_a_cut_lock(seed: int, tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text(smaller(seed))
    (tmp_path / "poetry.lock").write_text(cut(FULL, smaller(seed)))
    assert "All set!" in poetry.run("check", "--lock", folder=tmp_path)


@pytest.mark.parametrize("seed", SEEDS[:2])
def test_a_cut_lock_is_poetry_s(seed: int, tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text(smaller(seed))
    (tmp_path / "poetry.lock").write_text(FULL)
    with served(locked_releases(FULL)) as index:
        assert cut(FULL, smaller(seed)) == poetry.lock(tmp_path, index=index)


def test_the_full_lock_is_cut_in_a_fifth_of_a_second() -> None:
    seconds = []
    for seed in range(3):
        started = time.process_time()
        cut(FULL, smaller(seed))
        seconds.append(time.process_time() - started)
    assert min(seconds) < 0.2, seconds


def test_the_tool_reads_markers_as_the_pinned_poetry_does() -> None:
    lock = tomllib.loads((poetry.ROOT / "poetry.lock").read_text(encoding="utf-8"))
    (ours,) = (package["version"] for package in lock["package"] if package["name"] == "poetry-core")
    python = poetry.POETRY.with_name("python")
    code = "import importlib.metadata; print(importlib.metadata.version('poetry-core'))"
    done = subprocess.run([python, "-c", code], capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout.strip().split(".")[:2] == ours.split(".")[:2]
