"""What is sent to a build is limited by a .dockerignore.

Without one, everything in the folder goes to the builder and, by `COPY . .`, into the image: `.git` with all
that ever was in it, `.env`, virtual environments, dumps. It stands in the folder that is built of, or beside
the Dockerfile by its name (`Dockerfile.dockerignore`).

Standard: Docker, key files: .dockerignore, build exclusions.
"""

from collections.abc import Iterator
from posixpath import join

from stackyard.formats.place import Place
from stackyard.project.facts import Project
from stackyard.rule import Finding, rule


@rule("dockerignore", entry="dockerignore")
def check(project: Project) -> Iterator[Finding]:
    contexts: dict[str, str] = {}
    for image in project.app_images:
        if image.dockerignore is None:
            contexts.setdefault(image.context, image.dockerfile.path)
    for context, dockerfile in contexts.items():
        wanted = join(context, ".dockerignore")
        if wanted not in project.files:
            yield Finding(
                Place(dockerfile),
                f"{dockerfile} is built of {context or 'the whole project'}, with no .dockerignore",
                f"add {wanted}, with `.git`, `.env*`, `.venv` and what else no image needs",
            )
