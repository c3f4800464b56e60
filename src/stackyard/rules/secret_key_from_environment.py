"""SECRET_KEY comes from the environment, without a default that anybody can read.

Whoever knows the key signs sessions, password resets and tokens for any account. A key in the repository is
known to everybody who ever had it, and so is a default: a deployment that forgets the variable runs on it
without a word. What only development or tests have, by a module of their own or by `if DEBUG`, may be a
constant; and so may a default with which the settings refuse to start.

Standard: Security, Secrets Management: environment variables.
"""

import ast
from collections.abc import Iterator

from stackyard.project.facts import Project
from stackyard.project.settings.values import UNSET, FromEnvironment, Unknown, possible
from stackyard.rule import Finding, rule


@rule("secret-key-from-environment", entry="settings-environment")
def check(project: Project) -> Iterator[Finding]:
    settings = project.settings.production
    if settings is None:
        return
    values = settings.values("SECRET_KEY")
    for value in values:
        if isinstance(value, str) and value:
            yield (
                Finding(
                    settings.place("SECRET_KEY"),
                    "SECRET_KEY falls back on one that is written in the settings",
                    "leave it out, so that a deployment without one of its own does not start",
                )
                if any(isinstance(other, Unknown) and other != UNSET for other in values)
                else Finding(
                    settings.place("SECRET_KEY"),
                    "SECRET_KEY is written in the settings",
                    "read it from the environment, and make a new one: this one is known",
                )
            )
        elif isinstance(value, FromEnvironment) and value.has_default:
            is_public = any(isinstance(option, str) and option for option in possible(value.default))
            if is_public and not _is_refused(project, settings.place("SECRET_KEY").path):
                yield Finding(
                    settings.place("SECRET_KEY"),
                    f"SECRET_KEY has a default that anybody can read, if {value.variable} is not set",
                    "leave the default out, so that a deployment without the variable does not start",
                )


def _is_refused(project: Project, path: str) -> bool:
    """Say whether the settings end the process where the key is one that they know."""
    tree = project.python.tree(path)
    return any(
        isinstance(node, ast.If)
        and any(isinstance(one, ast.Name) and one.id == "SECRET_KEY" for one in ast.walk(node.test))
        and any(isinstance(one, ast.Compare) for one in ast.walk(node.test))
        and any(_ends(one) for statement in node.body for one in ast.walk(statement))
        for node in (ast.walk(tree) if tree else ())
    )


def _ends(node: ast.AST) -> bool:
    return isinstance(node, ast.Raise) or (
        isinstance(node, ast.Call) and ast.unparse(node.func) in {"sys.exit", "exit", "os._exit"}
    )
