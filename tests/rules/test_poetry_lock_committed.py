"""poetry-lock-committed."""

from stackyard.checking.fixing import edited
from tests.rules.repo import Break, findings, flags, passes

BREAK = Break(".gitignore", "media/\n", "media/\npoetry.lock\n")

PYPROJECT = {"pyproject.toml": '[tool.poetry.dependencies]\npython = "^3.13"\ndjango = "^6.0"\n'}


def test_a_lock_passes() -> None:
    passes("poetry-lock-committed", {**PYPROJECT, "poetry.lock": "", ".gitignore": "#poetry.lock\n*.pyc\n"})


def test_a_lock_in_the_folder_of_a_monorepo_passes() -> None:
    passes(
        "poetry-lock-committed", {"api/pyproject.toml": PYPROJECT["pyproject.toml"], "api/poetry.lock": ""}
    )


def test_no_lock() -> None:
    flags("poetry-lock-committed", PYPROJECT, "pyproject.toml there is no poetry.lock")


def test_an_ignored_lock_is_one_finding_and_fixed() -> None:
    files = {**PYPROJECT, ".gitignore": "*.pyc\n/poetry.lock\n.env\n"}
    flags("poetry-lock-committed", files, ".gitignore:2 keeps poetry.lock out of Git")
    edit = findings("poetry-lock-committed", files)[0].edits[0]
    fixed = edited(files[".gitignore"], edit)
    assert fixed == "*.pyc\n.env\n"
    passes("poetry-lock-committed", {**files, ".gitignore": fixed, "poetry.lock": ""})


def test_a_pattern_that_ignores_it() -> None:
    files = {**PYPROJECT, "poetry.lock": "", ".gitignore": "*.lock\n"}
    flags("poetry-lock-committed", files, ".gitignore a pattern keeps poetry.lock out of Git")


def test_another_manager_is_another_rules() -> None:
    passes(
        "poetry-lock-committed", {"pyproject.toml": '[project]\ndependencies = ["django"]\n', "uv.lock": ""}
    )
