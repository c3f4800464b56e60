"""pytest-django knows which settings the tests run with.

Without a settings module it leaves Django alone: tests that touch a model fail, or run with whatever settings
the shell has at the moment. Looked at are pytest's configuration and its `addopts`, conftest modules, and
`DJANGO_SETTINGS_MODULE` or `--ds` in what CI, containers, environment files and scripts set.

Standard: Testing & quality: test framework: pytest-django.
"""

import re
from collections.abc import Iterator

from stackyard.formats.place import Place
from stackyard.formats.regexes import regex
from stackyard.project.facts import Project
from stackyard.rule import Finding, rule

_NAMED = regex(
    r"^(?!\s*#)[^\n]*?(?:DJANGO_SETTINGS_MODULE|DJANGO_CONFIGURATION|--ds[= ]|settings\.configure\()",
    re.MULTILINE,
)
_FILES = (
    "pytest.ini", ".pytest.ini", "pytest.toml", ".pytest.toml", "tox.ini", "setup.cfg", "pyproject.toml",
    "conftest.py", "noxfile.py", "Makefile", "*.mk", "justfile", "*.sh", "Taskfile.y*ml",
    "*compose*.y*ml", "local.yml", "production.yml", ".env*", "*.env", ".envs/*", ".envrc",
    "mise.toml", ".github/*.y*ml", ".gitlab-ci.yml", ".circleci/config.yml", ".travis.yml", "Jenkinsfile*",
    "azure-pipelines*.yml", "bitbucket-pipelines.yml", ".vscode/*.json", "package.json",
)  # fmt: skip


@rule("pytest-configured", entry="pytest-django")
def check(project: Project) -> Iterator[Finding]:
    if project.packages.get("pytest-django") is None or not project.tests or _is_told(project):
        return
    configurations = project.tools.get("pytest")
    path = project.pyproject.path if project.pyproject else ""
    yield Finding(
        configurations[0].where if configurations else Place(path),
        "nothing tells pytest-django which settings the tests run with",
        f'set `DJANGO_SETTINGS_MODULE = "{_settings(project)}"` in [tool.pytest.ini_options]',
    )


def _settings(project: Project) -> str:
    """Name the project's settings, as it would import them."""
    paths = [settings.path for settings in project.settings.modules]
    return paths[0].removesuffix(".py").replace("/", ".") if paths else "config.settings"


def _is_told(project: Project) -> bool:
    scripts = (line.where.path for line in (*project.scripts, *project.ci_commands))
    paths = dict.fromkeys((*project.files.matching(*_FILES), *scripts))
    if any(_NAMED.search(project.files.text(path)) for path in paths):
        return True
    stages = (stage for dockerfile in project.dockerfiles for stage in dockerfile.stages)
    return any("DJANGO_SETTINGS_MODULE" in item.pairs for stage in stages for item in stage.all("ENV"))
