"""dockerignore-covers-secrets."""

import pytest

from stackyard.checking.fixing import edited
from tests.rules.repo import Break, findings, flags, passes

RULE = "dockerignore-covers-secrets"
BREAK = Break(".dockerignore", "\n*\n!apps\n", "\n!apps\n", (Break(".dockerignore", "**/.*\n"),))


def repo(ignore: str, copy: str = "COPY . .", **more: str) -> dict[str, str]:
    return {"Dockerfile": f'FROM python:3.13\n{copy}\nCMD ["gunicorn"]\n', ".dockerignore": ignore, **more}


@pytest.mark.parametrize(
    "ignore",
    [
        ".env\n.git\n",
        "**/.env\n.git/\n",
        ".*\n",
        "*\n!apps\n!manage.py\n",
        ".env*\n!.env.example\n**/.git\n",
        "/.env\n/.git\n",
    ],
)
def test_both_left_out_passes(ignore: str) -> None:
    passes(RULE, repo(ignore))


@pytest.mark.parametrize(
    ("ignore", "missed"),
    [
        ("*.pyc\n", ".env and .git"),
        (".git\n", "lets .env into"),
        (".env\n", "lets .git into"),
        ("# .env\n.git\n", "lets .env into"),
        (".env\n.git\n!.env\n", "lets .env into"),
        (".env.*\n.git\n", "lets .env into"),
    ],
)
def test_what_gets_in(ignore: str, missed: str) -> None:
    files = repo(ignore)
    flags(RULE, files, f".dockerignore {missed}")
    (edit,) = findings(RULE, files)[0].edits
    passes(RULE, files | {".dockerignore": edited(ignore, edit) or ""})


@pytest.mark.parametrize(
    "copy", ["COPY src ./src", "COPY apps config manage.py ./", "COPY --from=builder . ."]
)
def test_an_image_that_copies_by_name_passes(copy: str) -> None:
    passes(RULE, repo("*.pyc\n", copy))


def test_a_version_out_of_git_passes() -> None:
    passes(RULE, repo(".env\n", "COPY . .\nRUN git describe > version.txt"))


def test_files_that_compose_reads_are_secrets_too() -> None:
    compose = (
        "services:\n  web:\n    build: .\n    env_file: [.envs/.production/.django, .env.example]\n"
        "  old:\n    build: .\n    env_file: .envs/.local/.django\n"
    )
    flags(RULE, repo(".env\n.git\n", **{"compose.yml": compose}), ".dockerignore .envs/.production/.django")
    passes(RULE, repo(".env*\n.git\n", **{"compose.yml": compose}))


def test_a_folder_of_a_monorepo_has_no_git() -> None:
    files = {"backend/Dockerfile": 'FROM python:3.13\nCOPY . .\nCMD ["gunicorn"]\n', "backend/manage.py": ""}
    passes(RULE, files | {"backend/.dockerignore": ".env\n"})
    flags(RULE, files | {"backend/.dockerignore": "*.pyc\n"}, "backend/.dockerignore lets .env into")


def test_no_dockerignore_is_another_rule_s_matter() -> None:
    passes(RULE, {"Dockerfile": 'FROM python:3.13\nCOPY . .\nCMD ["gunicorn"]\n'})


def test_a_file_over_another_one_takes_paths_from_where_the_first_is() -> None:
    compose = (
        "services:\n  web:\n    build: {target: production}\n    image: x:1\n    env_file: ./config/.env\n"
    )
    files = {"deploy/compose.prod.yml": compose, "config/.env.template": "A=\n"}
    passes(RULE, repo("config/.env\n.env\n.git\n", **files))
    flags(RULE, repo(".env\n.git\n", **files), ".dockerignore lets config/.env into")
