"""Git ignores `.env`.

The file holds the secrets of whoever works with it. One `git add .` is enough to publish them.

Looked at is whether the .gitignore files ignore a `.env` beside each example of an environment, and, where
there is none or a package reads it, one in the project's folder. A repository without any .gitignore is the
rule `gitignore`'s, and one in which Git keeps a `.env` already is `env-file-not-committed`'s. A folder of a
larger repository, whose own .gitignore is not seen, is left alone.

Standard: Developer Tools, Environment Variables: .env file management.
"""

from collections.abc import Iterator
from posixpath import basename, dirname, join

from stackyard.formats.place import Place
from stackyard.project.facts import Project
from stackyard.rule import Edit, Finding, rule

_READERS = ("django-environ", "python-decouple", "environs", "python-dotenv", "pydantic-settings")


@rule("env-file-ignored", entry="dotenv")
def check(project: Project) -> Iterator[Finding]:
    if not project.files.matching("/.gitignore") or project.is_within_repository:
        return
    folders = [dirname(path) for path in project.example_files if basename(path).startswith((".env", "env"))]
    is_read = project.packages.deployed(*_READERS) is not None
    if not folders and not is_read:
        return
    paths = dict.fromkeys([*([".env"] if is_read else ()), *(join(folder, ".env") for folder in folders)])
    for path in paths:
        if not project.ignored_by_git(path) and path not in (project.tracked or ()):
            yield Finding(
                Place(".gitignore"),
                f"Git does not ignore {path}, which holds secrets",
                "add a line `.env` to .gitignore",
                (Edit(".gitignore", "", ".env\n"),),
            )
            return
