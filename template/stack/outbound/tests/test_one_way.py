"""There is one way to call other servers over HTTP: what goes around it goes around its protections."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from stack.environment import BASE_DIR

LIBRARIES = {
    "aiohttp",
    "http.client",
    "httpcore",
    "httplib2",
    "httpx",
    "pycurl",
    "requests",
    "treq",
    "urllib.request",
    "urllib3",
}
EXCEPTIONS = {
    "stack/environment/stores/vault.py",  # reads settings, before there are any; names its library's errors
    "stack/cloud/backends/gcs.py",  # sets limits to what its cloud's library uses
    "stack/health/probe.py",  # asks its own container's server, and nobody else
}


def imported(source: str) -> Iterator[str]:
    """Yield what a module imports, by its whole name."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def libraries_of(source: str) -> set[str]:
    """Return the HTTP libraries that a module imports."""
    return {
        library for name in imported(source) for library in LIBRARIES if f"{name}.".startswith(f"{library}.")
    }


def modules() -> Iterator[Path]:
    """Yield the project's modules but tests."""
    for package in ("apps", "config", "stack"):
        for module in (BASE_DIR / package).rglob("*.py"):
            path = module.relative_to(BASE_DIR)
            if "tests" not in path.parts and path.parts[:2] != ("stack", "outbound"):
                yield path


@pytest.mark.asvs("1.3.6")
def test_no_other_module_imports_an_http_library() -> None:
    found = {
        f"{path}: {library}; use stack.outbound"
        for path in modules()
        for library in libraries_of((BASE_DIR / path).read_text(encoding="utf-8"))
        if str(path) not in EXCEPTIONS
    }
    assert found == set()


@pytest.mark.parametrize(
    ("source", "library"),
    [
        ("import requests", "requests"),
        ("import urllib.request as web", "urllib.request"),
        ("from urllib import request", "urllib.request"),
        ("from http.client import HTTPSConnection", "http.client"),
        ("def late():\n    from httpx import AsyncClient", "httpx"),
        ("from urllib3.util import Retry", "urllib3"),
    ],
)
def test_each_way_of_importing_one_is_found(source: str, library: str) -> None:
    assert libraries_of(source) == {library}


@pytest.mark.parametrize(
    "source", ["from urllib.parse import quote", "from http import HTTPStatus", "from . import requests"]
)
def test_their_neighbours_may_be_imported(source: str) -> None:
    assert libraries_of(source) == set()
