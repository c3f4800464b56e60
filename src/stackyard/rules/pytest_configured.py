"""pytest-django knows which settings the tests run with.

Without a settings module it leaves Django alone: tests that touch a model fail, or run with whatever settings
the shell has at the moment. Looked at are pytest's configuration and its `addopts`, conftest modules, and
`DJANGO_SETTINGS_MODULE` or `--ds` in what CI, containers, environment files and scripts set.

Standard: Testing & quality: test framework: pytest-django.
"""

import re
from collections.abc import Iterator

from stackyard.formats.place import Place
from stackyard.project.facts import Project
from stackyard.rule import Finding, rule

_NAMED = re.compile(
    r"^(?!\s*#)[^\n]*?(?:DJANGO_SETTINGS_MODULE|DJANGO_CONFIGURATION|--ds[= ]|settings\.configure\()",
    re.MULTILINE,
)
_FILES = (
    "pytest.ini", ".pytest.ini", "pytest.toml", ".pytest.toml", "tox.ini", "setup.cfg", "pyproject.toml",
    "conftest.py", "noxfile.py", "Makefile", "*.mk", "justfile", "*.sh", "Taskfile.y*ml", "Dockerfile*",
    "*.Dockerfile", "*compose*.y*ml", "local.yml", "production.yml", ".env*", "*.env", ".envs/*", ".envrc",
    "mise.toml", ".github/*.y*ml", ".gitlab-ci.yml", ".circleci/config.yml", ".travis.yml", "Jenkinsfile*",
    "azure-pipelines*.yml", "bitbucket-pipelines.yml", ".vscode/*.json", "package.json",
)  # fmt: skip


@rule("pytest-configured", entry="pytest-django")
def check(project: Project) -> Iterator[Finding]:
    if project.packages.get("pytest-django") is None or not project.tests:
        return
    paths = [
        path for path in project.files.matching(*_FILES) if path.rpartition("/")[2] != "package-lock.json"
    ]
    scripts = [line.where.path for line in (*project.scripts, *project.ci_commands)]
    if any(_NAMED.search(project.files.text(path)) for path in dict.fromkeys([*paths, *scripts])):
        return
    configurations = project.tools.get("pytest")
    where = (
        configurations[0].where
        if configurations
        else Place(project.pyproject.path if project.pyproject else "")
    )
    module = (
        project.settings.modules[0].path.removesuffix(".py").replace("/", ".")
        if project.settings.modules
        else ""
    )
    yield Finding(
        where,
        "nothing tells pytest-django which settings the tests run with",
        f'set `DJANGO_SETTINGS_MODULE = "{module or "config.settings"}"` in [tool.pytest.ini_options]',
    )
