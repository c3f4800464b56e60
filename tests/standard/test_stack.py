"""The standard itself: it covers every name of the written standard, and every mark means an entry."""

import ast
from collections.abc import Iterator
from pathlib import Path

from stackyard.standard.reader import read_standard

ROOT = Path(__file__).parents[2]

# Every bullet of the written standard, by heading, and the entries that stand for it.
WRITTEN = {
    "Core Framework": {
        "Application Framework: Django 6+": ["django"],
        "Language/Runtime: Python 3.13+": ["python"],
        "Package Manager: Poetry": ["poetry"],
        "Environment Management: pyenv": ["pyenv"],
        "Containerization: Docker + docker-compose": ["docker", "docker-compose"],
    },
    "API Layer": {
        "REST API: Django REST Framework 3.14+": ["drf"],
        "API Documentation: drf-spectacular (OpenAPI/Swagger)": ["drf-spectacular"],
    },
    "Database & Storage": {
        "Primary Database: PostgreSQL 16+": ["postgresql"],
        "ORM: Django ORM": ["django-orm"],
        "Migrations: Django migrations": ["django-migrations"],
        "psycopg2-binary": ["psycopg2-binary"],
        "Development: Django FileSystemStorage": ["filesystem-storage"],
        "Production: django-storages (S3, GCS, Azure)": ["django-storages", "s3", "gcs", "azure-storage"],
        "Caching: Redis 7+ (django-redis)": ["redis", "django-redis"],
    },
    "Frontend": {
        "Template Engine: Django Templates": ["django-templates"],
        "Static Files: WhiteNoise": ["whitenoise"],
        "CSS Framework: Tailwind CSS or Bootstrap 5": ["tailwind", "bootstrap"],
        "Alpine.js": ["alpine"],
        "HTMX": ["htmx"],
        "React/Vue": ["react", "vue"],
        "Build Tools: Vite or Webpack": ["vite", "webpack"],
    },
    "Background Jobs & Async Tasks": {
        "Task Queue: Celery 5.3+": ["celery"],
        "Message Broker: Redis or RabbitMQ": ["redis", "rabbitmq"],
        "Scheduler: Celery Beat": ["celery-beat"],
    },
    "Authentication & Authorization": {
        "User Authentication: Django built-in auth system": ["django-auth"],
        "djangorestframework-simplejwt (JWT)": ["simplejwt"],
        "Token Authentication (DRF built-in)": ["token-auth"],
        "Permissions: Django permissions + DRF permissions": ["permissions"],
    },
    "Testing & Quality": {
        "Test Framework: pytest-django": ["pytest-django"],
        "factory-boy": ["factory-boy"],
        "faker": ["faker"],
        "coverage.py": ["coverage"],
        "pytest-cov": ["pytest-cov"],
        "API Testing: DRF APIClient": ["apiclient"],
        "black": ["black"],
        "isort": ["isort"],
        "flake8": ["flake8"],
        "pylint": ["pylint"],
        "mypy": ["mypy"],
        "Pre-commit Hooks: pre-commit": ["pre-commit"],
    },
    "Developer Tools": {
        "django-debug-toolbar": ["django-debug-toolbar"],
        "django-extensions": ["django-extensions"],
        ".env file management": ["dotenv"],
    },
    "Monitoring & Logging": {
        "Error Tracking: Sentry": ["sentry"],
        "New Relic or Datadog": ["new-relic", "datadog"],
        "Prometheus + Grafana": ["prometheus", "grafana"],
        "Python logging module": ["logging"],
        "opentelemetry": ["opentelemetry"],
        "Django Silk": ["django-silk"],
        "django-querycount": ["django-querycount"],
    },
    "Deployment & Infrastructure": {
        "Containerization: Docker + docker-compose": ["docker", "docker-compose"],
        "Gunicorn": ["gunicorn"],
        "Uvicorn": ["uvicorn"],
        "Reverse Proxy: Nginx": ["nginx"],
        "CI/CD: GitHub Actions": ["github-actions"],
        "Database Hosting: Managed PostgreSQL": ["managed-postgresql"],
    },
    "Security": {
        "HTTPS: Let's Encrypt (certbot)": ["certbot"],
        "Security Headers: django-csp, django-cors-headers": ["django-csp", "django-cors-headers"],
        "Rate Limiting: django-ratelimit or DRF throttling": ["django-ratelimit", "drf-throttling"],
        "Environment variables": ["django-environ"],
        "AWS Secrets Manager": ["aws-secrets-manager"],
        "HashiCorp Vault": ["vault"],
    },
    "Event-Driven Architecture": {
        "Message Queue: RabbitMQ": ["rabbitmq"],
        "Event Store: PostgreSQL (Outbox pattern)": ["outbox"],
        "Streaming: Apache Kafka (django-kafka)": ["kafka"],
        "WebSockets: Django Channels (ASGI)": ["channels"],
    },
    "Common Django Packages": {
        "django-environ": ["django-environ"],
        "django-filter": ["django-filter"],
        "Pillow": ["pillow"],
        "python-dateutil": ["python-dateutil"],
        "ipython": ["ipython"],
    },
    "Version Control": {
        "VCS: Git": ["git"],
        "Repository: GitHub": ["github"],
        "Branching Strategy: Git Flow": ["git-flow"],
        "Commit Convention: Conventional Commits": ["conventional-commits"],
    },
    "Documentation": {
        "Project Docs: README.md (Markdown)": ["readme"],
        "API Docs: drf-spectacular": ["drf-spectacular"],
        "Code Docs: Google-style docstrings": ["google-docstrings"],
        "Architecture: Mermaid diagram": ["mermaid"],
    },
}
PRACTICED = {"Poetry Configuration", "Docker Configuration", "Settings and environments"}
"""What the written standard has practices of, and no technologies."""

MINIMUMS = {
    "django": "6.0",
    "python": "3.13",
    "drf": "3.14",
    "postgresql": "16",
    "redis": "7",
    "bootstrap": "5",
    "celery": "5.3",
    "psycopg2-binary": "2.9",
    "pytest-django": "4.5",
    "black": "23.12",
    "isort": "5.13",
    "django-debug-toolbar": "4.2",
}


def proves_marks() -> Iterator[tuple[str, str]]:
    """Find every ``pytest.mark.proves(…)`` of tool and template, as (file:line, id)."""
    folders = [ROOT / "tests", *(ROOT / "template" / name for name in ("apps", "config", "stack", "tests"))]
    for path in (path for folder in folders for path in folder.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("mark.proves"):
                for argument in node.args:
                    yield f"{path.relative_to(ROOT)}:{node.lineno}", ast.literal_eval(argument)


def test_the_entries_are_those_of_the_written_standard() -> None:
    standard = read_standard()
    written = {name for bullets in WRITTEN.values() for ids in bullets.values() for name in ids}

    assert set(standard.technologies) == written
    assert set(standard.sections.values()) == set(WRITTEN) | PRACTICED


def test_an_entry_is_in_a_section_that_names_it() -> None:
    standard = read_standard()

    for technology in standard.technologies.values():
        bullets = WRITTEN[standard.sections[technology.section]]
        assert technology.id in {name for ids in bullets.values() for name in ids}


def test_minimum_versions_are_the_written_ones() -> None:
    technologies = read_standard().technologies.values()

    assert {entry.id: entry.minimum for entry in technologies if entry.minimum} == MINIMUMS


def test_alternatives_go_both_ways_unless_the_standard_has_a_first_choice() -> None:
    technologies = read_standard().technologies
    one_way = {
        (entry.id, other)
        for entry in technologies.values()
        for other in entry.alternatives
        if entry.id not in technologies[other].alternatives
    }

    assert one_way == {("aws-secrets-manager", "django-environ"), ("vault", "django-environ")}


def test_every_mark_means_an_entry() -> None:
    known = read_standard().technologies
    unknown = [f"{where}: {name}" for where, name in proves_marks() if name not in known]

    assert not unknown


def test_the_search_finds_marks() -> None:
    assert len(list(proves_marks())) > 10
