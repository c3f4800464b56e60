"""poetry-project."""

import pytest

from tests.rules.repo import Break, findings, flags, passes

BREAK = Break("pyproject.toml", "", None)

ASKED = 'dependencies = ["django (>=6,<7)"]\n'


@pytest.mark.parametrize(
    "text",
    [
        '[tool.poetry.dependencies]\npython = "^3.13"\ndjango = "^6.0"\n',
        f"[project]\n{ASKED}[tool.poetry]\npackage-mode = false\n",
        f'[project]\n{ASKED}[build-system]\nbuild-backend = "poetry.core.masonry.api"\n',
    ],
)
def test_poetry_in_each_of_its_forms_passes(text: str) -> None:
    passes("poetry-project", {"pyproject.toml": text})


def test_a_standard_project_with_poetrys_lock_passes() -> None:
    passes("poetry-project", {"pyproject.toml": f"[project]\n{ASKED}", "poetry.lock": ""})


def test_a_folder_of_a_monorepo_passes() -> None:
    files = {
        "pyproject.toml": "[tool.black]\n",
        "backend/pyproject.toml": '[tool.poetry.dependencies]\ndjango = "^6"\n',
    }
    passes("poetry-project", files)


def test_pip_is_another_manager() -> None:
    files = {"requirements/base.txt": "django==6.0\n", "docs/requirements.txt": "sphinx\n"}
    flags("poetry-project", files, "requirements/base.txt pip manages the packages")


def test_uv_is_another_manager() -> None:
    files = {"pyproject.toml": f"[project]\n{ASKED}", "uv.lock": ""}
    flags("poetry-project", files, "uv.lock uv manages the packages")


def test_tables_of_tools_are_no_packages() -> None:
    files = {"pyproject.toml": '[tool.poetry]\nname = "x"\n[tool.black]\n', "requirements.txt": "django\n"}
    flags("poetry-project", files, "requirements.txt pip manages the packages")


def test_a_project_of_nobody() -> None:
    flags("poetry-project", {"pyproject.toml": f"[project]\n{ASKED}"}, "pyproject.toml no poetry-core")


@pytest.mark.parametrize(
    ("table", "manager"),
    [
        ("tool.uv", "uv"),
        ("tool.pdm.dev-dependencies", "PDM"),
        ("tool.hatch.envs.default", "Hatch"),
    ],
)
def test_a_table_tells_the_manager(table: str, manager: str) -> None:
    text = f'[project]\ndependencies = ["django"]\n[{table}]\nx = ["y"]\n'
    flags("poetry-project", {"pyproject.toml": text}, f"pyproject.toml {manager} manages the packages")


def test_the_list_with_django_is_named_and_a_test_s_is_not() -> None:
    files = {
        "deploy/requirements.txt": "uv\n",
        "src/base_requirements.txt": "django\n",
        "src/requirements.txt": "django==6.0\n",
    }
    flags("poetry-project", files, "src/requirements.txt pip manages the packages")
    (finding,) = findings("poetry-project", {"load_tests/requirements.txt": "locust\n"})
    assert finding.fact.startswith("no pyproject.toml")
