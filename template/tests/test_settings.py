"""No setting is dead, no variable is a secret of the code, and production is the strict default."""

import ast
import re
from collections.abc import Iterator, Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import drf_spectacular.settings
import pytest
import rest_framework.settings
from django.conf import global_settings, settings

from config import settings as project_settings
from stack import environment

OWN_PACKAGES = ("apps", "config", "stack")
READERS = {"hosts", "private_key", "public_keys", "rate", "required", "secret"}
"""Functions of ours whose first argument names a variable."""

DEFAULTS: dict[str, Mapping[str, Any]] = {
    "REST_FRAMEWORK": rest_framework.settings.DEFAULTS,
    "SPECTACULAR_SETTINGS": drf_spectacular.settings.SPECTACULAR_DEFAULTS,
}
"""Settings that are dictionaries, and the keys that their readers know."""


PREFIXES = {
    f"{tests.parents[1].name.upper()}_"
    for tests in environment.BASE_DIR.glob("stack/*/tests/test_settings.py")
}
"""How the names begin that a technology of this name checks in its own tests."""


def code_of(package: str) -> Iterator[Path]:
    """Yield the package's modules, without its tests and without our own settings."""
    spec = find_spec(package)
    for place in (spec.submodule_search_locations or []) if spec else []:
        for module in Path(place).rglob("*.py"):
            if "tests" not in module.parts and not (package in OWN_PACKAGES and module.name == "settings.py"):
                yield module


def words_of_readers() -> set[str]:
    """Return every capitalised word in the code that could read a setting of ours."""
    backends = [str(cache["BACKEND"]) for cache in settings.CACHES.values()]
    dotted = [*settings.INSTALLED_APPS, *settings.MIDDLEWARE, *backends, *OWN_PACKAGES]
    packages = {name.partition(".")[0] for name in dotted} - {"django"}
    words: set[str] = set()
    for package in packages:
        for module in code_of(package):
            words.update(re.findall(r"\b[A-Z][A-Z0-9_]+\b", module.read_text(encoding="utf-8")))
    return words


def dead(names: Mapping[str, Any], readers: set[str]) -> set[str]:
    """Return the settings, and keys of settings, that nothing reads."""
    known = readers | set(dir(global_settings))
    found = {name for name in names if name not in known and name not in DEFAULTS}
    for name, defaults in DEFAULTS.items():
        found |= {f"{name}[{key!r}]" for key in names.get(name, {}) if key not in defaults}
    return found


def names_used_by_the_page() -> set[str]:
    """Return the names that config/settings.py itself reads, such as the lists of development apps."""
    tree = ast.parse(Path(project_settings.__file__).read_text(encoding="utf-8"))
    return {
        node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)
    }


@pytest.fixture(scope="module")
def readers() -> set[str]:
    return words_of_readers()


def test_no_setting_is_dead(readers: set[str]) -> None:
    ours = {
        name: value
        for name, value in vars(project_settings).items()
        if name.isupper()
        and not hasattr(environment, name)
        and name not in names_used_by_the_page()
        and not name.startswith(tuple(PREFIXES))
    }
    assert len(ours) > 20
    assert dead(ours, readers) == set()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("CORS_ALLOW_ORIGINS", []),
        ("SECURE_BROWSER_XSS_FILTER", True),
        ("USE_L10N", True),
    ],
)
def test_a_misspelt_or_removed_setting_is_found(name: str, value: Any, readers: set[str]) -> None:
    assert dead({name: value}, readers) == {name}


def test_an_unknown_key_of_a_dictionary_is_found(readers: set[str]) -> None:
    assert dead({"REST_FRAMEWORK": {"PAGES_SIZE": 20}}, readers) == {"REST_FRAMEWORK['PAGES_SIZE']"}


def variables_read(source: str) -> set[str]:
    """Return the names of the environment variables that this source reads."""
    names = set()
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call) or not node.args:
            continue
        function, first = node.func, node.args[0]
        owner = function.value if isinstance(function, ast.Attribute) else function
        if isinstance(owner, ast.Name) and (owner.id == "env" or owner.id in READERS):
            if isinstance(first, ast.Constant) and isinstance(first.value, str) and first.value.isupper():
                names.add(first.value)
    return names


def test_the_example_names_every_variable_that_the_code_reads_and_no_other() -> None:
    root = environment.BASE_DIR
    read = set()
    for package in OWN_PACKAGES:
        for module in code_of(package):
            read |= variables_read(module.read_text(encoding="utf-8"))
        for module in (root / package).rglob("settings.py"):
            read |= variables_read(module.read_text(encoding="utf-8"))
    for compose in root.glob("docker-compose*.yml"):
        read |= set(re.findall(r"\$\{([A-Z][A-Z0-9_]*)", compose.read_text(encoding="utf-8")))
    read -= {"COLLECTED"}  # by one step of the image's build, which sets it itself
    example = (root / ".env.example").read_text(encoding="utf-8")
    named = set(re.findall(r"^#? ?([A-Z][A-Z0-9_]+)=", example, flags=re.MULTILINE))
    assert named - {"COMPOSE_PROFILES"} == read  # Compose's own


def test_variables_are_read_through_the_one_reader() -> None:
    direct = re.compile(r"os\.(environ\b(?!\.setdefault\(\"DJANGO_SETTINGS_MODULE\")|getenv)")
    found = [
        f"{module.relative_to(environment.BASE_DIR)}"
        for package in OWN_PACKAGES
        for module in code_of(package)
        if direct.search(module.read_text(encoding="utf-8"))
    ]
    assert found == []
