"""Git ignores what Python leaves behind.

Compiled modules and virtual environments are each machine's own; in the repository they are in every diff.

Looked for is a .gitignore in the project's folder, and whether it and those further down leave out
`__pycache__`. A folder of a larger repository, whose own .gitignore is not seen, is left alone.

Standard: Version Control: VCS: Git.
"""

from collections.abc import Iterator

from stackyard.formats.place import Place
from stackyard.project.facts import Project
from stackyard.rule import Edit, Finding, rule


@rule("gitignore", entry="git")
def check(project: Project) -> Iterator[Finding]:
    if project.is_within_repository or not project.python.paths:
        return
    if not project.files.matching("/.gitignore"):
        new = ".env\n.venv/\n__pycache__/\n"
        yield Finding(
            Place(""),
            "there is no .gitignore: Git takes in environments, caches and secrets",
            "add one with `.env`, `.venv/` and `__pycache__/`",
            (Edit(".gitignore", "", new),),
        )
    elif not project.ignored_by_git("package/__pycache__/module.cpython-313.pyc"):
        yield Finding(
            Place(".gitignore"),
            "Git does not ignore what Python compiles",
            "add a line `__pycache__/`",
            (Edit(".gitignore", "", "__pycache__/\n"),),
        )
