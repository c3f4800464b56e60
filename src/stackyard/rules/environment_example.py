"""An example of an environment is in the repository.

Whoever sets up the project copies it to `.env` and fills it in. Without one, the variables are found by
trying.

Looked for is a file with one of the names that are in use (`.env.example`, `.env.sample`, `env.template`,
`.env.dist` and the like), in any folder, or an environment for development that Git keeps
(`.env.development`, `.envs/.local/`, the `env_file` of a service). A project whose code reads no variable
needs none.

Standard: Developer Tools, Environment Variables: .env file management.
"""

from collections.abc import Iterator

from stackyard.formats.place import Place
from stackyard.project.facts import Project
from stackyard.rule import Finding, rule

_KEPT = (".env.*", ".env[-_]dist.*", ".envs/*", "*/.envs/*", "*.env", "env/*", "envs/*")


@rule("environment-example", entry="dotenv")
def check(project: Project) -> Iterator[Finding]:
    if not project.settings.modules or project.example_files:
        return
    kept = [
        path
        for path in project.files.matching(*_KEPT)
        if not path.endswith(("/.env", ".py")) and path != ".env" and not project.ignored_by_git(path)
    ]
    kept += [path for path in _env_files(project) if not project.ignored_by_git(path)]
    names = [] if kept else sorted(project.environment.reads)
    if names:
        shown = ", ".join(names[:3]) + (f" and {len(names) - 3} more" if len(names) > 3 else "")
        # Of what settings read, where they do first; else wherever that is.
        read = project.environment.reads.values()
        paths = {settings.path for settings in project.settings.modules}
        where = ([place for place in read if place.path in paths] or list(read))[0]
        yield Finding(
            Place(where.path),
            f"the code reads {shown} from the environment, and no file shows which variables there are",
            "add an `.env.example` with a line `NAME=` for each variable",
        )


def _env_files(project: Project) -> list[str]:
    """Give the files with variables that services take and that are there."""
    named = {path for service in project.services for path in service.env_files}
    return sorted(path for path in named if path in project.files and not path.endswith(".env"))
