"""tests-collected."""

import pytest

from stackyard.checking.fixing import edited
from tests.rules.repo import Break, findings, flags, passes

BREAK = Break("stack/tests.py", "", "def test_nothing() -> None:\n    assert True\n")

TEST = "def test_home(client):\n    ...\n"


def repo(configuration: str = "", **files: str) -> dict[str, str]:
    pyproject = (
        f'[tool.poetry.dependencies]\npytest-django = "^4"\n\n[tool.pytest.ini_options]\n{configuration}'
    )
    return {"pyproject.toml": pyproject, **files}


@pytest.mark.parametrize("path", ["shop/tests/test_home.py", "shop/test_home.py", "shop/home_test.py"])
def test_names_that_pytest_looks_for_pass(path: str) -> None:
    passes("tests-collected", repo(**{path: TEST}))


def test_a_tests_module_is_never_run_and_can_be_put_right() -> None:
    files = repo('addopts = "-ra"\n', **{"shop/tests.py": TEST, "cart/tests.py": TEST})
    flags("tests-collected", files, "cart/tests.py pytest never runs cart/tests.py, and 1 more")
    (edit,) = findings("tests-collected", files)[0].edits
    passes("tests-collected", {**files, "pyproject.toml": str(edited(files["pyproject.toml"], edit))})


@pytest.mark.parametrize(
    "patterns", ['["test_*.py", "tests.py"]', '"tests.py test_*.py *_tests.py"', '["*.py"]']
)
def test_patterns_of_ones_own_pass(patterns: str) -> None:
    passes("tests-collected", repo(f"python_files = {patterns}\n", **{"shop/tests.py": TEST}))


def test_an_ini_file_is_read_before_pyproject() -> None:
    files = repo(**{"shop/tests.py": TEST, "pytest.ini": "[pytest]\npython_files = tests.py test_*.py\n"})
    passes("tests-collected", files)


def test_a_configuration_in_another_folder_passes() -> None:
    files = repo(**{"shop/tests.py": TEST, "backend/pytest.ini": "[pytest]\npython_files = tests.py\n"})
    passes("tests-collected", files)


def test_djangos_own_runner_passes() -> None:
    passes("tests-collected", repo(**{"shop/tests.py": TEST, "Makefile": "test:\n\tpython manage.py test\n"}))


def test_an_empty_module_passes() -> None:
    passes("tests-collected", repo(**{"shop/tests.py": "# Create your tests here.\n"}))
