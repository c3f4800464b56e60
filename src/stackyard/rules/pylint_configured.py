"""pylint is told how to check, and knows Django.

By itself it takes `Model.objects` and the like for errors, and its hundred findings hide the one that
matters. Looked at are its configuration, options on the command line, and, where pylint-django is installed,
whether that is loaded.

Standard: Testing & quality: linting: pylint (code analysis).
"""

import re
from collections.abc import Iterator

from stackyard.project.facts import Project
from stackyard.rule import Finding, rule


@rule("pylint-configured", entry="pylint")
def check(project: Project) -> Iterator[Finding]:
    asked = project.packages.get("pylint", "pylint-django")
    lines = (*project.ci_commands, *project.scripts, *project.hook_commands)
    elsewhere = any(re.search(r"--(?:rcfile|load-plugins)\b|\bprospector\b", line.text) for line in lines)
    configured = project.tools.get("pylint")
    if asked is None or elsewhere or project.files.matching(".prospector.y*ml", "prospector.y*ml"):
        return
    if not configured:
        if not project.files.matching(".pylintrc", "pylintrc"):
            fact = "pylint has no configuration, and so does not know Django"
            yield Finding(asked.where, fact, 'add [tool.pylint.main] with `load-plugins = ["pylint_django"]`')
    elif project.packages.get("pylint-django") and not any(
        "pylint_django" in str(tool.values) for tool in configured
    ):
        fact = "pylint-django is installed, and pylint does not load it"
        yield Finding(
            configured[0].where, fact, 'set `load-plugins = ["pylint_django"]` in [tool.pylint.main]'
        )
