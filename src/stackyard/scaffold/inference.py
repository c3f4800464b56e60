"""What an existing Django project is, told from its files alone: none of it is imported or run."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from stackyard.scaffold.answers import email_error, line_error, name_error, project_name
from stackyard.scaffold.requirements import Requirement, read_toml, requirements

_SIGNS = {
    ("redis", True): {"redis", "django-redis", "django-redis-cache"},
    ("events", True): {"django-outbox-pattern"},
    ("realtime", True): {"channels-redis"},
    ("jwt", True): {"djangorestframework-simplejwt", "djangorestframework-jwt", "drf-jwt"},
    ("pictures", True): {"pillow", "easy-thumbnails", "sorl-thumbnail"},
    ("cloud", "aws"): {"boto3", "django-storages[s3]", "django-storages[boto3]"},
    ("cloud", "gcp"): {"google-cloud-storage", "django-storages[google]"},
    ("cloud", "azure"): {"azure-storage-blob", "django-storages[azure]"},
    ("secrets", "aws"): {"aws-secretsmanager-caching"},
    ("secrets", "vault"): {"hvac"},
    ("monitoring", "sentry"): {"sentry-sdk"},
    ("monitoring", "opentelemetry"): {"opentelemetry-api", "opentelemetry-sdk", "opentelemetry-distro"},
    ("monitoring", "prometheus"): {"prometheus-client", "django-prometheus"},
}
"""The packages, or their extras, that show an answer."""

_RABBITMQ = re.compile(rb"\bamqps?://|\bimage:\s*[\"']?(?:\S*/)?rabbitmq\b", re.IGNORECASE)
_HINTS = (
    ".env.example",
    ".env.sample",
    "*compose*.yml",
    "*compose*.yaml",
    "**/settings*.py",
    "**/settings/*.py",
)
_SKIPPED = {".git", ".venv", "venv", "node_modules", "site-packages"}
_HINT_LIMIT = 1 << 20  # bytes of a file


class Inferred(NamedTuple):
    """An answer, and what shows it.

    Attributes:
        answer: The answer.
        evidence: The file, and what in it.
    """

    answer: Any
    evidence: str


def infer(folder: Path) -> dict[str, Inferred]:
    """Tell what a project is.

    Args:
        folder: The project.

    Returns:
        By question, what its files show; `minimal` stands for what they don't.
    """
    found = {"preset": Inferred("minimal", "nothing is taken for granted")}
    found |= _names(folder)
    packages = requirements(folder)
    for (question, answer), signs in _SIGNS.items():
        sign = next((package for package in packages if _spellings(package) & signs), None)
        if sign is None:
            continue
        evidence = f"{sign.where}: {sign.name}"
        if question == "monitoring":
            before = found.get(question, Inferred([], ""))
            evidence = f"{before.evidence}, {evidence}" if before.evidence else evidence
            found[question] = Inferred([*before.answer, answer], evidence)
        else:
            found.setdefault(question, Inferred(answer, evidence))
    if celery := next((package for package in packages if package.name == "celery"), None):
        found["broker"] = _broker(folder, celery)
    return found


def _spellings(package: Requirement) -> set[str]:
    return {package.name, *(f"{package.name}[{extra}]" for extra in package.extras)}


def _broker(folder: Path, celery: Requirement) -> Inferred:
    for pattern in _HINTS:
        for path in sorted(folder.glob(pattern)):
            relative = path.relative_to(folder)
            if _SKIPPED.isdisjoint(relative.parts) and path.is_file() and _names_rabbitmq(path):
                return Inferred("rabbitmq", f"{celery.where}: celery, {relative.as_posix()}: RabbitMQ")
    return Inferred("redis", f"{celery.where}: celery, and no sign of RabbitMQ")


def _names_rabbitmq(path: Path) -> bool:
    with path.open("rb") as stream:
        return _RABBITMQ.search(stream.read(_HINT_LIMIT)) is not None


def _names(folder: Path) -> dict[str, Inferred]:
    """Take the first name, description and author that the questions would take."""
    found: dict[str, Inferred] = {}
    for question, answer, evidence in _named(folder):
        check = {"project_name": name_error, "author_email": email_error}.get(question)
        error = check(answer) if check else line_error(answer, 200 if question == "description" else 100)
        if not error:
            found.setdefault(question, Inferred(answer, evidence))
    return found


def _named(folder: Path) -> Iterator[tuple[str, str, str]]:
    content = read_toml(folder / "pyproject.toml")
    tool = content.get("tool")
    poetry = tool.get("poetry") if isinstance(tool, dict) else None
    for table in (content.get("project"), poetry):
        if not isinstance(table, dict):
            continue
        if isinstance(table.get("name"), str):
            yield "project_name", project_name(table["name"]), "pyproject.toml: name"
        if isinstance(table.get("description"), str):
            yield "description", table["description"], "pyproject.toml: description"
        authors = table.get("authors")
        for author in authors if isinstance(authors, list) else ():
            for question, value in _author(author).items():
                yield question, value, "pyproject.toml: authors"
    for readme in sorted(folder.glob("README*")):
        if readme.is_file():
            heading = re.search(
                r"^#\s+(\S.*?)\s*$", readme.read_text("utf-8", errors="replace"), re.MULTILINE
            )
            if heading:
                yield "project_name", heading[1], f"{readme.name}: its heading"
    yield "project_name", project_name(folder.name), "the folder's name"


def _author(author: object) -> dict[str, str]:
    """Read an author: a table of PEP 621, or `Name <address>` as Poetry has it."""
    if isinstance(author, dict):
        name, address = author.get("name"), author.get("email")
    else:
        name, _, address = str(author).rstrip("> ").partition(" <")
    return {
        question: value
        for question, value in (("author_name", name), ("author_email", address))
        if isinstance(value, str) and value
    }
