"""dockerignore."""

from tests.rules.repo import Break, flags, passes

BREAK = Break(".dockerignore", "", None)
IMAGE = 'FROM python:3.13\nCOPY . .\nCMD ["gunicorn"]\n'


def test_one_beside_what_is_built_passes() -> None:
    passes("dockerignore", {"Dockerfile": IMAGE, ".dockerignore": ".git\n"})


def test_one_of_a_dockerfile_s_own_passes() -> None:
    files = {"docker/Dockerfile": IMAGE, "docker/Dockerfile.dockerignore": ".git\n", "manage.py": ""}
    passes("dockerignore", files)


def test_none() -> None:
    flags("dockerignore", {"Dockerfile": IMAGE}, "Dockerfile built of the whole project")


def test_the_folder_is_that_of_compose() -> None:
    compose = "services:\n  web:\n    build: {context: ., dockerfile: compose/production/django/Dockerfile}\n"
    files = {"compose/production/django/Dockerfile": IMAGE, "production.yml": compose}
    passes("dockerignore", files | {".dockerignore": ".git\n"})
    elsewhere = files | {"compose/production/django/.dockerignore": ".git\n"}
    flags("dockerignore", elsewhere, "compose/production/django/Dockerfile built of the whole project")


def test_a_folder_of_a_monorepo() -> None:
    files = {"backend/Dockerfile": IMAGE, "backend/manage.py": "", ".dockerignore": ".git\n"}
    flags("dockerignore", files, "backend/Dockerfile built of backend")
    passes("dockerignore", files | {"backend/.dockerignore": ".git\n"})


def test_without_compose_the_folder_has_what_is_copied() -> None:
    files = {
        "docker/Dockerfile": "FROM python:3.13\nCOPY pyproject.toml ./\nRUN pip install .\n",
        "pyproject.toml": "",
    }
    passes("dockerignore", files | {".dockerignore": ".git\n"})
    flags("dockerignore", files, "docker/Dockerfile the whole project")


def test_two_images_of_one_folder_are_one_finding() -> None:
    flags("dockerignore", {"Dockerfile": IMAGE, "worker.Dockerfile": IMAGE}, "Dockerfile the whole project")


def test_images_of_others_need_none() -> None:
    passes("dockerignore", {"docker/db/Dockerfile": "FROM postgres:17\nCOPY . .\n"})
