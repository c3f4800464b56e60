"""Primary keys are large enough.

Before Django 6, a model without a primary key of its own gets one of 32 bits, which ends at two thousand
million rows; to widen it later locks the table. DEFAULT_AUTO_FIELD decides, or `default_auto_field` of each
app. Looked at are production's settings of a project on an older Django; since version 6, the default is
large enough.

Standard: Database & Storage, ORM: Django ORM (built-in).
"""

from collections.abc import Iterator

from packaging.version import Version

from stackyard.project.facts import Project
from stackyard.project.settings.values import UNSET
from stackyard.rule import Finding, rule

_SMALL = ("django.db.models.AutoField", "django.db.models.SmallAutoField")


@rule("auto-field-set", entry="django-orm")
def check(project: Project) -> Iterator[Finding]:
    settings, version = project.settings.production, project.packages.version("django")
    if settings is None:
        return
    values = settings.values("DEFAULT_AUTO_FIELD")
    is_old = version is not None and version < Version("6.0")
    if values == [UNSET] and version and is_old and not project.mentions(r"^\s+default_auto_field\b"):
        fact = f"DEFAULT_AUTO_FIELD is not set: in Django {version.major}, primary keys have 32 bits"
    elif len(values) == 1 and values[0] in _SMALL:
        fact = f"DEFAULT_AUTO_FIELD is {values[0]}: primary keys have 32 bits, or fewer"
    else:
        return
    yield Finding(
        settings.place("DEFAULT_AUTO_FIELD"),
        fact,
        'set it to "django.db.models.BigAutoField"; existing tables get a migration',
    )
