"""Neither .env nor .git gets into the image.

`COPY . .` takes what .dockerignore does not leave out: `.env` with the secrets of whoever builds, and `.git`
with all that was ever committed. Patterns are matched as Docker does, `*` and `!` with them. An image that
copies folders by name is not looked at, and `.git` may be there where a version comes from its tags. That
there is a .dockerignore at all is the matter of `dockerignore`.

Standard: Docker, best practices: use `.dockerignore` to exclude unnecessary files.
"""

import re
from collections.abc import Iterator
from posixpath import dirname, join, normpath

from stackyard.formats.place import Place
from stackyard.formats.regexes import regex
from stackyard.project.app_images import AppImage
from stackyard.project.containers import copies
from stackyard.project.dockerfiles import Dockerfile
from stackyard.project.facts import Project
from stackyard.rule import Edit, Finding, rule

_BY_TAGS = regex(
    r"\bgit\s+(?:describe|rev-parse|log|submodule|lfs)\b|dynamic[-_]versioning|setuptools[-_]scm|\bVCS_"
)


@rule("dockerignore-covers-secrets", entry="dockerignore")
def check(project: Project) -> Iterator[Finding]:
    for image in project.app_images:
        ignore = image.dockerignore
        if ignore is None or not _copies_all(image):
            continue
        missed = [
            name for name in _secrets(project, image) if not ignore.leaves_out(join(image.context, name))
        ]
        if missed:
            new = "".join(f"{name}\n" for name in missed)
            yield Finding(
                Place(ignore.path),
                f"{ignore.path} lets {' and '.join(missed)} into the image",
                f"add {'a line' if len(missed) == 1 else 'lines'}: {', '.join(missed)}",
                (Edit(ignore.path, "", new),),
            )


def _copies_all(image: AppImage) -> bool:
    """Say whether the deployed image has all of the folder that is built of."""
    sources = {normpath(word) for copy in copies(image.stage) for word in copy.words[:-1]}
    return not sources.isdisjoint({".", "/"})


def _secrets(project: Project, image: AppImage) -> list[str]:
    inside = f"{image.context}/" if image.context else ""
    folders = {dirname(path) for path in project.files.paths}
    files = dict.fromkeys(path for service in project.services for path in service.env_files)
    named = [_meant(folders, path) for path in files]
    wanted = [
        ".env",
        *(path.removeprefix(inside) for path in named if path.startswith(inside) and "$" not in path),
    ]
    secret = [
        path
        for path in dict.fromkeys(wanted)
        if not re.search(r"example|sample|template|dist|local|test|dev", path)
    ]
    return secret if image.context or _uses_git(project, image.dockerfile) else [*secret, ".git"]


def _uses_git(project: Project, dockerfile: Dockerfile) -> bool:
    texts = [*(run.text for run in dockerfile.runs), project.pyproject.text if project.pyproject else ""]
    return any(_BY_TAGS.search(text) for text in texts)


def _meant(folders: set[str], path: str) -> str:
    """Tell which file is meant: with several `-f`, Compose takes paths from where the first file is."""
    names = path.split("/")
    ends = ["/".join(names[at:]) for at in range(len(names) - 1)]
    return next((end for end in ends if dirname(end) in folders), path)
