"""No secret is written into an image.

What `ENV` and `ARG` set stays in the image for everybody who can pull it (`docker history`), and in Git.
Found are values of names such as `SECRET_KEY` or `DB_PASSWORD` that look like real ones (keys of known
services, long random texts), passwords in addresses, and variables that hand on what a build argument brings.
A value that only lets `collectstatic` run (`SECRET_KEY=build`) passes.

A build that needs a secret mounts it: `RUN --mount=type=secret,id=token …`.

Standard: Secrets management: environment variables; Docker, best practices: environment variables via `.env`
file.
"""

from collections.abc import Iterator

from stackyard.project.dockerfiles import Instruction, Stage
from stackyard.project.facts import Project
from stackyard.project.secrets import is_secret_name, looks_real
from stackyard.rule import Finding, rule


@rule("docker-no-secrets", entry="docker-no-secrets")
def check(project: Project) -> Iterator[Finding]:
    for dockerfile in project.dockerfiles:
        for stage in dockerfile.stages:
            for item in stage.instructions:
                yield from _written(item)
    for image in project.app_images:
        yield from _handed_on(image.stage)


def _written(item: Instruction) -> Iterator[Finding]:
    for name, value in item.pairs.items() if item.name in {"ARG", "ENV"} else ():
        if value and looks_real(name, value):
            yield Finding(
                item.where,
                f"{item.name} {name} has a secret's value in the Dockerfile",
                "replace that secret, which is known now, and give the new one to the container at its start",
            )


def _handed_on(stage: Stage) -> Iterator[Finding]:
    empty = {name for item in stage.all("ARG") for name, value in item.pairs.items() if not value}
    for item in stage.all("ENV"):
        for name, value in item.pairs.items():
            source = (value or "").strip("${}")
            if value and value.startswith("$") and source in empty and is_secret_name(name):
                yield Finding(
                    item.where,
                    f"ENV {name} keeps the build argument {source} in the image, for all who can pull it",
                    "give it to the container when it starts, or mount it as a secret of the build",
                )
