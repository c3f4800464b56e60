"""DEBUG is off in production, unless the environment says otherwise.

With DEBUG on, every error shows settings, source and local variables to whoever causes it. A constant
`True`, or a variable whose default is true, is one forgotten line away from that. What a condition such as
`ENVIRONMENT == "development"` guards is not production's. And `bool()` of a variable's text is true for every
text but an empty one: `DEBUG=0` and `DEBUG=False` turn it on.

Standard: Security, Secrets Management: environment variables.
"""

import ast
from collections.abc import Iterator

from stackyard.project.facts import Project
from stackyard.project.settings.deployed import truth
from stackyard.project.settings.discover import Settings
from stackyard.project.settings.environment import dotted
from stackyard.project.settings.values import FromEnvironment, possible
from stackyard.rule import Finding, rule

_READERS = {"getenv", "environ", "environ.get"}


@rule("debug-from-environment", entry="settings-environment")
def check(project: Project) -> Iterator[Finding]:
    settings = project.settings.production
    if settings is None:
        return
    for value in settings.values("DEBUG"):
        found = value.default if isinstance(value, FromEnvironment) and value.has_default else value
        for option in possible(found):
            if isinstance(option, (bool, int, str)) and truth(option):
                variable = value.variable if isinstance(value, FromEnvironment) else ""
                yield Finding(
                    settings.place("DEBUG"),
                    f"DEBUG is on unless {variable} says otherwise" if variable else f"DEBUG is {option!r}",
                    "read it from the environment, False by default",
                )
                return
    if _is_of_text(project, settings):
        yield Finding(
            settings.place("DEBUG"),
            "DEBUG is on with every text that is not empty, `0` and `False` too: bool() of a text is true",
            'compare it, as in `os.environ.get("DEBUG") == "1"`, or read it by `env.bool`',
        )


def _is_of_text(project: Project, settings: Settings) -> bool:
    """Say whether it is `bool(os.environ.get(…))`, without a comparison."""
    place = settings.place("DEBUG")
    if all(value is not None for value in map(_constant, settings.values("DEBUG"))):
        return False
    for node in project.python.nodes(place.path, ast.Assign):
        match node.value:
            case ast.Call(func=ast.Name(id="bool"), args=[ast.Call() | ast.Subscript() as inner]):
                reader = inner.func if isinstance(inner, ast.Call) else inner.value
                if node.lineno == place.line and (dotted(reader) or "").removeprefix("os.") in _READERS:
                    return True
    return False


def _constant(value: object) -> object:
    return value if isinstance(value, (bool, int, str)) else None
