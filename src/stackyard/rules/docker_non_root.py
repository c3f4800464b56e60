"""The image runs as a user of its own, not as root.

Whoever breaks out of the application is the user that it runs as. The last `USER` of the stage that a
deployment runs decides, or that of a stage it stands on; `root`, `0` and none at all are root.

Standard: Docker, key points: run as non-root user (appuser).
"""

from collections.abc import Iterator

from stackyard.project.facts import Project
from stackyard.rule import Finding, rule


@rule("docker-non-root", entry="docker-non-root")
def check(project: Project) -> Iterator[Finding]:
    for image in project.app_images:
        user = image.stage.last("USER")
        name = user.words[0].partition(":")[0] if user and user.words else "root"
        if name in {"root", "0"}:
            yield Finding(
                user.where if user else image.stage.where,
                f"the stage {image.stage.name} runs as root",
                "add a user, and `USER appuser` after all that needs root",
            )
