"""The example of an environment names no variable that nothing reads.

Whoever sets up the project looks for a value that does nothing; and a name that was changed in the code and
not in the example leaves the setting at its default.

A name is alive if any text of the repository has it, in whatever case, whole or without its first word:
Python, tests too, Compose, Dockerfiles, scripts, CI, configuration, JavaScript. Left out are families that
libraries, servers and tools read by themselves (`AWS_…`, `OTEL_…`, `POSTGRES_…`, `VITE_…`), and all names of
a project that reads by a prefix, or by a library that finds them itself (pydantic, Dynaconf,
django-configurations).

Standard: Developer Tools, Environment Variables: .env file management.
"""

import re
from collections.abc import Iterator

from stackyard.formats.regexes import regex
from stackyard.project.facts import Project
from stackyard.rule import Finding, rule

_FAMILIES = regex(
    r"(?:AWS|AZURE|ARM|GOOGLE|GCP|GCLOUD|CLOUDSDK|OTEL|SENTRY|COMPOSE|DOCKER|BUILDKIT|POSTGRES|POSTGRESQL"
    r"|PG\w*|MYSQL"
    r"|MARIADB|MONGO|MINIO|RABBITMQ|REDIS|VALKEY|KAFKA|ELASTIC\w*|OPENSEARCH|TRAEFIK|FLOWER|CELERY|GF"
    r"|GRAFANA|NEW_RELIC"
    r"|DD|GUNICORN|UVICORN|WEB|FORWARDED|PYTHON\w*|PIP|POETRY|UV|NODE|NPM|VITE|NEXT|NUXT|REACT|VUE|EXPO"
    r"|PUBLIC|TZ|LANG|UID"
    r"|GID|USER|PUID|PGID|PORT|HTTPS?|NO|VAULT|TF|SSH|GIT|GITHUB|CI|DJANGO_SUPERUSER|DJANGO_SETTINGS"
    r"|DJANGO_CONFIGURATION"
    r"|LETSENCRYPT|ACME|VIRTUAL|SUPERSET|KEYCLOAK|HASURA)(?:_\w+)?"
)
_TEXTS = (
    "*.py", "*.y*ml", "*.toml", "Dockerfile*", "*.Dockerfile", "Makefile", "*.sh", "*.mk", "justfile",
    "Procfile*", "*.conf",
    "*.cfg", "*.ini", "*.tf", "*.tpl", "*.template", "*.tmpl", "*.j2", "*.js", "*.ts", "*.mjs", "*.vue",
    "*.tsx", "package.json",
    "app.json", "Caddyfile", "*.hcl", "*.env", "devcontainer.json", "*.html", "*.service", "*.ps1", "*.bat",
)  # fmt: skip


@rule("environment-example-alive", entry="settings-contract")
def check(project: Project) -> Iterator[Finding]:
    reads = project.environment
    left = {name for name in project.variables if name not in reads.reads and not _FAMILIES.fullmatch(name)}
    settings = project.settings
    if not left or not settings.modules or settings.missing or not reads.is_whole:
        return
    examples = set(project.example_files)
    texts = [project.files.text(path) for path in project.files.matching(*_TEXTS) if path not in examples]
    texts += [script.text for script in project.scripts]
    # What another line of the example takes up.
    texts += re.findall(r"=.*", "\n".join(project.files.text(path) for path in examples))
    for text in texts:
        lower = text.lower()
        left -= {name for name in left if _in(name, lower)}
        if not left:
            return
    for name, where in project.variables.items():
        if name in left:
            yield Finding(
                where,
                f"the variable {name} is in the example, and nothing reads it",
                "delete the line, or correct its name",
            )


def _in(name: str, text: str) -> bool:
    first, _, rest = name.lower().partition("_")
    return (rest if "_" in rest else f"{first}_{rest}" if rest else first) in text
