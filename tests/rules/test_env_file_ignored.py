"""env-file-ignored."""

import pytest

from stackyard.checking.fixing import edited
from tests.rules.repo import Break, findings, flags, passes

BREAK = Break(".gitignore", ".env\n")


@pytest.mark.parametrize("ignore", [".env", ".env*\n!.env.example", "*.env", ".e*", "/.env"])
def test_it_is_ignored(ignore: str) -> None:
    passes("env-file-ignored", {".gitignore": f"{ignore}\n", ".env.example": ""})


@pytest.mark.parametrize("ignore", ["", "# .env", "env/", ".env.local", "*\n!.env"])
def test_it_is_not_ignored(ignore: str) -> None:
    flags(
        "env-file-ignored",
        {".gitignore": f"{ignore}\n", ".env.example": ""},
        ".gitignore Git does not ignore .env",
    )


def test_one_further_down() -> None:
    files = {".gitignore": "/.env\n", "backend/.env.example": "", "backend/.gitignore": "x\n"}
    flags("env-file-ignored", files, ".gitignore Git does not ignore backend/.env")
    passes("env-file-ignored", {**files, "backend/.gitignore": ".env\n"})


def test_an_example_of_another_name_is_copied_to_one() -> None:
    passes(
        "env-file-ignored",
        {".gitignore": "/.env\nweb.env\n", "docker/web.env.example": "", ".env.example": ""},
    )


@pytest.mark.parametrize("files", [{".env.example": ""}, {".gitignore": "x\n"}])
def test_without_gitignore_or_environment(files: dict[str, str]) -> None:
    passes("env-file-ignored", files)


def test_it_is_put_right() -> None:
    files = {".gitignore": "__pycache__/", ".env.example": ""}
    (edit,) = findings("env-file-ignored", files)[0].edits
    files[".gitignore"] = edited(files[".gitignore"], edit) or ""
    assert files[".gitignore"] == "__pycache__/\n.env\n"
    passes("env-file-ignored", files)


def test_one_beside_the_only_example() -> None:
    files = {".gitignore": "deploy/.env\n", "deploy/.env.example": ""}
    passes("env-file-ignored", files)
    readers = {"pyproject.toml": '[project]\nname = "x"\ndependencies = ["django-environ"]\n'}
    flags("env-file-ignored", files | readers, ".gitignore Git does not ignore .env,")
