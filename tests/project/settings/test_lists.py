"""Lists and tables, however they are put together."""

from pathlib import Path

import pytest

from tests.project.settings.read import HEAD, every, one, production

START = "A = ['one', 'two']\n"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("A += ['three']", "one two three"),
        ("A = ['zero'] + A", "zero one two"),
        ("A = ['zero', *A]", "zero one two"),
        ("A.append('three')", "one two three"),
        ("A.insert(0, 'zero')", "zero one two"),
        ("A.insert(1, 'half')", "one half two"),
        ("A.insert(A.index('one') + 1, 'half')", "one half two"),
        ("A[1:1] = []\nA = A[:1] + ['half'] + A[1:]", "one half two"),
        ("A.extend(('three', 'four'))", "one two three four"),
        ("A.remove('one')", "two"),
        ("if not DEBUG:\n    A.remove('one')", "two"),
        ("if DEBUG:\n    A.remove('one')", "one two"),
        ("B = tuple(A)\nA = list(B)", "one two"),
        ("A = [f'{name}!' for name in A]", "one! two!"),
        ("A = [*A, *(['three'] if DEBUG else [])]", "one two"),
        ("if DEBUG:\n    A += ['three']", "one two"),
        ("if not DEBUG:\n    A += ['three']", "one two three"),
        ("match ENV:\n    case 'development':\n        A += ['three']", "one two"),
        ("if DEBUG:\n    A = ['three'] + A", "one two"),
        ("A = ['dev'] if DEBUG else ['live']", "live"),
    ],
)
def test_production_has(tmp_path: Path, text: str, wanted: str) -> None:
    found = one(tmp_path, f"DEBUG = env.bool('DEBUG', False)\n{START}{text}\n").deployed("A")
    assert " ".join(found.texts()) == wanted
    assert found.is_whole and found.is_ordered


@pytest.mark.parametrize("text", ["A += other()", "A = [*A, *more]", "A = load('x')", "exec(code)"])
def test_a_part_that_is_not_known_leaves_it_open(tmp_path: Path, text: str) -> None:
    assert not one(tmp_path, f"{START}{text}\n").deployed("A").is_whole


def test_a_place_that_is_not_known_leaves_the_order_open(tmp_path: Path) -> None:
    found = one(tmp_path, f"{START}A.insert(place(), 'half')\n").deployed("A")
    assert found.is_whole and not found.is_ordered


def test_tables(tmp_path: Path) -> None:
    text = (
        "REST = dict(a=1, **{'b': 2})\nREST['c'] = 3\nREST.update({'d': 4})\nREST |= {'e': 5}\n"
        "REST = {**REST, 'f': 6}\nREST.setdefault('a', 0)\n"
        "REST['g'] = {'x': []}\nREST['g']['x'].append('y')\n"
        "if DEBUG:\n    REST['h'] = 7\n"
    )
    table = one(tmp_path, text).table("REST")
    assert table is not None and [table.get(key) for key in "abcdef"] == [1, 2, 3, 4, 5, 6]
    assert table.get("g", "x").texts() == ["y"] and "h" not in table.entries


def test_an_entry_that_depends_on_the_environment_is_decided(tmp_path: Path) -> None:
    text = "S = {'default': {'BACKEND': 'live' if PRODUCTION else 'dev'}}\n"
    table = one(tmp_path, text).table("S")
    assert table is not None and table.get("default", "BACKEND") == "live"


def test_a_list_is_the_same_one_in_all_modules_that_import_it(tmp_path: Path) -> None:
    files = {
        "parts/rest.py": "REST = {'classes': []}\nCHAIN = ['one']\n",
        "parts/jwt.py": (
            "from parts.rest import CHAIN, REST\nREST['classes'].append('jwt')\nCHAIN += ['two']\n"
        ),
        "parts/sockets.py": "from parts.rest import REST\nX = 1\n",
        "parts/rates.py": "from parts.rest import REST\nREST['rates'] = 'x'\n",
        "config/settings.py": (
            f"from parts.jwt import *\nfrom parts.rates import *\nfrom parts.rest import *\n"
            f"from parts.sockets import *\n{HEAD}"
        ),
    }
    found = production(tmp_path, files)
    table = found.table("REST")
    assert table is not None and table.get("classes").texts() == ["jwt"] and table.get("rates") == "x"
    assert found.deployed("CHAIN").texts() == ["one", "two"]


def test_what_one_settings_module_changes_another_does_not_see(tmp_path: Path) -> None:
    files = {
        "settings/base.py": f"{HEAD}APPS = ['one']\n",
        "settings/local.py": "from .base import *\nAPPS += ['two']\nAPPS.append('three')\n",
        "settings/production.py": "from .base import *\n",
    }
    settings = every(tmp_path, files)
    assert settings.production is not None and settings.development is not None
    assert settings.production.deployed("APPS").texts() == ["one"]
    assert settings.development.items("APPS").texts() == ["one", "two", "three"]


def test_an_entry_that_may_have_been_removed_has_a_condition(tmp_path: Path) -> None:
    item = one(tmp_path, f"{START}if FLAG:\n    A.remove('one')\n").deployed("A").item("one")
    assert item is not None and item.condition == "not (FLAG)"
