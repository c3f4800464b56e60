"""github-actions."""

from tests.rules.repo import Break, flags, passes

GITLAB = """test:
  image: python:3.13
  only: [main, develop]
  script:
    - poetry install
    - poetry run pre-commit run --all-files
    - poetry run pylint apps config stack tests
    - poetry run pytest --cov
    - poetry run python manage.py makemigrations --check
"""
BREAK = Break(
    ".gitlab-ci.yml",
    "",
    GITLAB,
    tuple(Break(f".github/workflows/{name}.yml", "", None) for name in ("ci", "release", "security")),
)


def test_a_workflow_passes() -> None:
    passes("github-actions", {".github/workflows/ci.yml": "on: push\n", ".gitlab-ci.yml": "test: {}\n"})


def test_another_service() -> None:
    flags("github-actions", {".gitlab-ci.yml": "test: {}\n"}, ".gitlab-ci.yml CI is told by .gitlab-ci.yml")


def test_a_service_without_yaml() -> None:
    flags(
        "github-actions", {"ci/Jenkinsfile": "pipeline {}\n"}, "ci/Jenkinsfile CI is told by ci/Jenkinsfile"
    )


def test_none_at_all_is_another_rules() -> None:
    passes("github-actions", {".github/dependabot.yml": "version: 2\n"})
