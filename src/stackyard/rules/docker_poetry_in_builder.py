"""Poetry is installed in the builder stage only.

What production runs needs the packages, not their manager: it brings dozens of packages of its own, which can
contradict the application's, and security scanners report them all. Looked at is what the deployed stage, and
the stages that it stands on, install; one that uninstalls Poetry again in the same instruction is well. An
image of one stage is the matter of `docker-multi-stage`.

Standard: Docker, key points: install Poetry in builder stage only.
"""

from collections.abc import Iterator

from stackyard.formats.regexes import regex
from stackyard.project.facts import Project
from stackyard.rule import Finding, rule

_INSTALLS = regex(
    r"\b(?:pip3?|pipx|uv tool|apt-get|apt|apk)\s+(?:-\S+\s+)*(?:install|add)\s[^&|;\n]*?"
    r"(?<![\w/.-])[\"']?poetry(?![\w./-])"
    r"|install\.python-poetry\.org|\b(?:install|get)-poetry\.py\b"
)
_REMOVES = regex(r"\buninstall\b[^&|;\n]*\bpoetry\b|\brm\s[^&|;\n]*(?:poetry|POETRY_HOME)")


@rule("docker-poetry-in-builder", entry="docker-poetry-in-builder")
def check(project: Project) -> Iterator[Finding]:
    for image in project.app_images:
        if not image.dockerfile.is_multi_stage(image.stage):
            continue
        for run in image.stage.all("RUN"):
            if _INSTALLS.search(run.text) and not _REMOVES.search(run.text):
                yield Finding(
                    run.where,
                    f"Poetry is installed in {image.stage.title} or below it, and deployed",
                    "install it in the builder stage, and copy the virtual environment out of that",
                )
