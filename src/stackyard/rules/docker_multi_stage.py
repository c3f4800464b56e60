"""The image is built in several stages, and the last one takes only what it runs.

Compilers, headers, Poetry and its cache are there to install packages. In one stage they go into production,
too: hundreds of megabytes, and tools for whoever breaks in. It counts what the stage that is deployed takes
out of another one, by `COPY --from` or a mount; `FROM builder AS runtime` alone leaves nothing behind. An
image that installs no Python packages is not looked at.

Standard: Docker, key files: Dockerfile, multi-stage build (builder + runtime).
"""

from collections.abc import Iterator

from stackyard.formats.regexes import regex
from stackyard.project.facts import Project
from stackyard.rule import Finding, rule

_INSTALLS = regex(
    r"\bpip3?\s+(?:-\S+\s+)*install\b|\bpoetry\s+(?:-\S+\s+)*(?:install|sync)\b"
    r"|\b(?:uv|pdm|pipenv)\s+(?:sync|install)\b"
)


@rule("docker-multi-stage", entry="docker-multi-stage")
def check(project: Project) -> Iterator[Finding]:
    for image in project.app_images:
        stage = image.stage
        if image.dockerfile.is_multi_stage(stage):
            continue
        if any(_INSTALLS.search(run.text) for run in stage.all("RUN")):
            yield Finding(
                stage.where,
                f"{stage.title} installs packages itself, and takes nothing from a builder",
                "install them in a stage of its own, and `COPY --from=builder` the virtual environment",
            )
