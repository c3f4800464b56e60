"""django-storages, where it is installed, stores something.

Uploaded files of a container are gone with it, and no other container sees them. Looked for is a backend of
`storages.backends` in the settings, or in a class of the project's own; a backend that a variable names is
taken for good, and so is one of a package that is not here, which may stand on django-storages.

Standard: Database & Storage, File Storage, production: django-storages (S3, GCS, Azure).
"""

from collections.abc import Iterator

from stackyard.project.facts import Project
from stackyard.project.settings.values import UNSET, Table, Unknown, variables_of
from stackyard.rule import Finding, rule


@rule("storages-wired", entry="django-storages")
def check(project: Project) -> Iterator[Finding]:
    settings = project.settings.production
    dependency = project.packages.get("django-storages")
    if settings is None or dependency is None or project.code.uses("storages.backends"):
        return
    values = [*settings.values("STORAGES"), *settings.values("DEFAULT_FILE_STORAGE")]
    backends = [value.get("default", "BACKEND") if isinstance(value, Table) else value for value in values]
    if settings.scope.is_whole and not any(_is_open(project, backend) for backend in backends):
        yield Finding(
            dependency.where,
            "django-storages is installed, and no storage is one of its",
            'name a backend of it in STORAGES, as `"default"`, such as "storages.backends.s3.S3Storage"',
        )


def _is_open(project: Project, value: object) -> bool:
    if isinstance(value, str) and not value.startswith("django."):
        return project.python.find(value.rpartition(".")[0]) is None  # another package's
    return bool(variables_of(value)) or (isinstance(value, Unknown) and value is not UNSET)
