"""What turns input into commands, code or queries, and what is weak, is not in the project's code."""

import ast
import re
from collections.abc import Iterator
from fnmatch import fnmatchcase

import pytest

from stack.environment import BASE_DIR

KINDS: dict[str, list[str]] = {
    "commands": [
        "subprocess*",
        "pty*",
        "os.system",
        "os.popen",
        "os.exec*",
        "os.spawn*",
        "os.posix_spawn*",
        "asyncio.create_subprocess*",
    ],
    "code": ["eval", "exec", "compile", "code.Interactive*", "runpy*"],
    "templates": [
        "django.template.Template",
        "django.template.Engine",
        "Template",
        "*.from_string",
        "jinja2*",
    ],
    "queries": ["*.raw", "*.extra", "*RawSQL"],
    "markup": ["*mark_safe", "*SafeString", "*safestring.*"],
    "objects": ["pickle*", "cPickle*", "marshal*", "shelve*", "dill*", "jsonpickle*", "yaml*"],
    "xml": ["xml.*", "lxml*", "xmltodict*"],
    "hashes": [
        "hashlib.md5",
        "hashlib.sha1",
        "hashlib.new",
        "crypt.*",
        "Crypto.*",
        "*.hashes.MD5",
        "*.hashes.SHA1",
    ],
    # Ciphers that are put together by hand; those of `ciphers.aead` can't be put together wrongly.
    "ciphers": ["*.ciphers.Cipher", "*.ciphers.algorithms*", "*.ciphers.modes*", "*.PKCS1v15", "Crypto.*"],
    "chance": ["random.*", "uuid.uuid1"],
}
"""The names that are not to be used, as the code has them after its imports."""
ROWS = {
    "commands": ["1.2.5"],
    "code": ["1.3.2"],
    "templates": ["1.3.7"],
    "queries": ["1.2.4"],
    "markup": ["1.2.1"],
    "objects": ["1.5.2"],
    "xml": ["1.5.1"],
    "hashes": ["11.4.1", "11.4.3"],
    "ciphers": ["11.3.1", "11.3.2"],
    "chance": ["11.5.1"],
}
"""The rows of the ASVS that ask for that."""
ALLOWED = {
    "commands": {"stack/environment/rotation.py"},  # tries whether Python starts with new secrets
    "markup": {"stack/otp/offer.py"},  # a picture of squares
    "chance": {  # how long to wait is no secret
        "stack/environment/rotation.py",
        "stack/environment/store.py",
        "stack/events/backoff.py",
        "stack/outbound/retries.py",
        "stack/outbox/window.py",
        "stack/postgresql/management/commands/migrate.py",
        "stack/websockets/follow.py",
    },
}
BUILT = {
    "apps/notifications/services.py",
    "stack/events/retention.py",
    "stack/kafka/positions.py",
    "stack/outbox/listener.py",
    "stack/outbox/window.py",
}
"""Modules that put names of their own, and no values, into a query."""


def modules() -> Iterator[tuple[str, ast.Module]]:
    """Yield the project's modules but tests and migrations, with what is in them."""
    for package in ("apps", "config", "stack"):
        for module in sorted((BASE_DIR / package).rglob("*.py")):
            path = module.relative_to(BASE_DIR)
            if not {"tests", "migrations"} & set(path.parts):
                yield path.as_posix(), ast.parse(module.read_text(encoding="utf-8"))


def names_used(tree: ast.Module) -> set[str]:
    """Return what a module imports and what it calls, by their dotted names."""
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name | ast.Attribute):
            found.add(ast.unparse(node.func))
    return found


def uses(tree: ast.Module, kind: str) -> set[str]:
    """Return which names of a kind a module uses."""
    return {name for name in names_used(tree) if any(fnmatchcase(name, wanted) for wanted in KINDS[kind])}


def has_words_of_its_own(query: ast.expr) -> bool:
    """Tell whether a query, or a format, is put together when it is used."""
    return isinstance(query, ast.JoinedStr | ast.BinOp | ast.Call)


@pytest.mark.parametrize(
    "kind", [pytest.param(kind, marks=pytest.mark.asvs(*ROWS[kind]), id=kind) for kind in KINDS]
)
def test_no_module_uses_what_is_dangerous(kind: str) -> None:
    found = {path: uses(tree, kind) for path, tree in modules()}
    allowed = ALLOWED.get(kind, set())
    assert {path: names for path, names in found.items() if names and path not in allowed} == {}


@pytest.mark.asvs("1.2.4")
def test_queries_are_not_put_together() -> None:
    found = {
        path
        for path, tree in modules()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in ("execute", "executemany")
        and node.args
        and has_words_of_its_own(node.args[0])
    }
    assert found <= BUILT


@pytest.mark.asvs("1.3.10")
def test_formats_stand_in_the_code() -> None:
    found = {
        f"{path}: {ast.unparse(node)}"
        for path, tree in modules()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in ("format", "format_map", "vformat")
        and not isinstance(node.func.value, ast.Constant)
        and not (isinstance(node.func.value, ast.Name) and node.func.value.id.isupper())
        and ast.unparse(node.func.value) != "super()"
    }
    assert found == set()


@pytest.mark.asvs("1.2.1")
def test_no_page_turns_escaping_off() -> None:
    off = re.compile(r"\|\s*safe\b|\|\s*safeseq\b|autoescape off")
    pages = [
        page for folder in ("apps", "stack", "templates") for page in (BASE_DIR / folder).rglob("*.html")
    ]
    assert len(pages) > 10
    assert [page for page in pages if off.search(page.read_text(encoding="utf-8"))] == []


@pytest.mark.parametrize(
    ("source", "kind"),
    [
        ("import subprocess", "commands"),
        ("import os\nos.system('ls')", "commands"),
        ("from os import execv", "commands"),
        ("eval(text)", "code"),
        ("from django.template import Template", "templates"),
        ("engine.from_string(text)", "templates"),
        ("User.objects.raw(text)", "queries"),
        ("from django.utils.safestring import mark_safe", "markup"),
        ("import pickle", "objects"),
        ("import xml.etree.ElementTree", "xml"),
        ("from hashlib import md5", "hashes"),
        ("import hashlib\nhashlib.sha1(b'')", "hashes"),
        ("from cryptography.hazmat.primitives.ciphers.modes import ECB", "ciphers"),
        ("import random\nrandom.choice('ab')", "chance"),
    ],
)
def test_what_is_dangerous_would_be_seen(source: str, kind: str) -> None:
    assert uses(ast.parse(source), kind)
