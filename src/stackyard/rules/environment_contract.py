"""Every variable that the code reads is in the example of an environment.

The example is the contract between who writes the code and who runs it. A variable that is missing there is
found when a deployment does not start, or worse, runs on a default that was meant for development.

Looked at is what the project's code, tests and scripts aside, reads by a name that is written out: through
`os`, django-environ, environs, python-decouple, and functions of one's own that hand a name on to them. A
commented line (`# NAME=`) in the example counts. Left out are variables that the machine, CI or a platform
sets (`HOME`, `CI`, `PORT`), and those that a Dockerfile, a script or a service of Compose sets itself. A
project that has no example at all is `environment-example`'s. Where many are missing, the example is what is
wrong, and that is one finding.

Standard: Developer Tools, Environment Variables: .env file management.
"""

import re
from collections.abc import Iterator
from posixpath import dirname

from stackyard.formats.place import Place
from stackyard.formats.regexes import regex
from stackyard.project.facts import Project
from stackyard.rule import Edit, Finding, rule

_SYSTEM = regex(
    r"(?:PATH|HOME|USER|USERNAME|LOGNAME|PWD|SHELL|TERM|LANG|LANGUAGE|TZ|TMP|TEMP|TMPDIR|HOSTNAME|EDITOR"
    r"|DISPLAY|PORT"
    r"|CI|VIRTUAL_ENV|DYNO|RUN_MAIN|DEBUGPY|INVOCATION_ID|SOURCE_VERSION|PROMETHEUS_MULTIPROC_DIR"
    r"|SERVER_SOFTWARE"
    r"|DJANGO_SETTINGS_MODULE|DJANGO_CONFIGURATION|(?:LC|XDG|SSH|CI|PYTEST|GITHUB|GITLAB|CIRCLE|TRAVIS"
    r"|BUILDKITE"
    r"|HEROKU|KUBERNETES|ECS|AWS_LAMBDA|AWS_EXECUTION|GAE|K|FLY|RENDER|RAILWAY|VERCEL|WEBSITE|WERKZEUG|TOX"
    r"|COVERAGE"
    r"|CODESPACE|DEVCONTAINER|PLATFORM|DOKKU|POD|NODE)_\w+|PYTHON\w+)"
)
_SEVERAL = 5
"""From more variables on, the example as a whole is not kept."""
_ASIDE = regex(
    r"^(?:scripts?|docs?|infra\w*|tools?|examples?|benchmarks?|deploy\w*|ops|ci|\.\w+)/|(?:^|/)(?:setup"
    r"|noxfile)\.py$"
)


@rule("environment-contract", entry="settings-contract")
def check(project: Project) -> Iterator[Finding]:
    folders = [f"{dirname(path)}/".lstrip("/") for path in project.files.matching("manage.py")] or [""]
    examples = project.example_files if project.settings.modules else []
    if not examples:
        return
    example = next((path for path in examples if dirname(path) == folders[0].rstrip("/")), examples[0])
    missing = {
        name: where
        for name, where in project.environment.reads.items()
        if name not in project.variables
        and not _SYSTEM.fullmatch(name)
        and not _ASIDE.search(where.path)
        and where.path.startswith(tuple(folders))
        and not _is_set(project, name)
    }
    if len(missing) > _SEVERAL:
        names = sorted(missing)
        yield Finding(
            Place(example),
            f"{len(names)} variables are read that {example} does not name: {', '.join(names)}",
            "add a line `NAME=` for each, commented out if it may be left unset",
            (Edit(example, "", "".join(f"# {name}=\n" for name in names)),),
            tuple(names),
        )
        return
    for name, where in missing.items():
        yield Finding(
            Place(example),
            f"the variable {name}, which {where} reads, is not named",
            f"add a line `{name}=`, commented out if it may be left unset",
            (Edit(example, "", f"# {name}=\n"),),
            (name,),
        )


def _is_set(project: Project, name: str) -> bool:
    """Say whether the repository itself gives a variable its value."""
    sets = re.compile(rf"\b{name}=|\b{name}\s+\S")
    return (
        any(sets.search(project.files.text(path)) for path in project.named_dockerfiles)
        or any(sets.search(script.text) for script in project.scripts)
        or any(sets.search(project.files.text(dockerfile.path)) for dockerfile in project.dockerfiles)
        or any(service.environment.get(name) for service in project.services)
    )
