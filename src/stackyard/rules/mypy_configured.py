"""mypy is told how to check, and knows Django.

By itself it skips every function without annotations, and takes each field of a model for an error or for
anything at all. Looked at are its configuration, options on the command line, and, where django-stubs is
installed, whether its plugin is among those that are loaded.

Standard: Testing & quality: linting: mypy (type checking).
"""

import re
from collections.abc import Iterator

from stackyard.project.facts import Project
from stackyard.rule import Finding, rule

_PLUGIN = "mypy_django_plugin.main"


@rule("mypy-configured", entry="mypy")
def check(project: Project) -> Iterator[Finding]:
    asked = project.packages.get("mypy", "django-stubs")
    lines = (*project.ci_commands, *project.scripts, *project.hook_commands)
    elsewhere = any(
        re.search(r"mypy\b.*--(?:config-file|strict)|--config-file.*mypy", line.text) for line in lines
    )
    configured = project.tools.get("mypy")
    if asked is None or elsewhere or (not configured and project.files.matching("mypy.ini", ".mypy.ini")):
        return
    if not configured:
        if project.packages.get("mypy") is not None:
            fact = "mypy has no configuration: it skips every function without annotations"
            yield Finding(
                asked.where, fact, "add [tool.mypy] with `strict = true`, or `check_untyped_defs = true`"
            )
    elif project.packages.get("django-stubs") and not any(
        _PLUGIN in tool.text("plugins") for tool in configured
    ):
        fact = f"django-stubs is installed, and mypy does not load its plugin {_PLUGIN}"
        remedy = f'set `plugins = ["{_PLUGIN}"]`, and django_settings_module in [tool.django-stubs]'
        yield Finding(configured[0].place("plugins"), fact, remedy)
