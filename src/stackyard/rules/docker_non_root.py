"""The image runs as a user of its own, not as root.

Whoever breaks out of the application is the user that it runs as. The last `USER` of the stage that a
deployment runs decides, or that of a stage it stands on; `root`, `0` and none at all are root. A script that
the image starts, and that goes on as another user by gosu, su-exec, setpriv and the like, is as good; so are
supervisor and s6, where their programs have a user. What user a base image of a team's own has is not known,
unless the project builds it.

Standard: Docker, key points: run as non-root user (appuser).
"""

import re
from collections.abc import Iterator

from stackyard.formats.regexes import regex
from stackyard.project.app_images import AppImage
from stackyard.project.containers import command
from stackyard.project.facts import Project
from stackyard.rule import Finding, rule

_CHANGES = regex(
    r"\b(?:gosu|su-exec|setpriv|runuser|s6-setuidgid|setuidgid|chpst -u|sudo (?:-\w+ )*-u)"
    r"\s+(?!root\b)[^\s&|;]"
    r"|^user\s*=\s*(?!root\b)\w",
    re.MULTILINE,
)
_SUPERVISORS = regex(r"(?:^|[ /])(?:init|supervisord|s6-svscan|runsvdir)\b")
_SUPERVISED = ("*supervisor*.conf", "*supervisor*.ini", "run")


@rule("docker-non-root", entry="docker-non-root")
def check(project: Project) -> Iterator[Finding]:
    for image in project.app_images:
        user = image.stage.last("USER")
        if user is None and not image.stage.base.is_stock:
            continue
        name = user.words[0].partition(":")[0] if user and user.words else "root"
        if name in {"root", "0"} and not _changes_user(project, image):
            yield Finding(
                user.where if user else image.stage.where,
                f"{image.stage.title} runs as root",
                "add a user, and `USER appuser` after all that needs root",
            )


def _changes_user(project: Project, image: AppImage) -> bool:
    """Say whether what the image starts goes on as another user."""
    starts = command(image.stage)
    texts = [project.containers.started(starts, image.dockerfile)]
    if _SUPERVISORS.search(starts):
        texts += [project.files.text(path) for path in project.files.matching(*_SUPERVISED)]
    return any(_CHANGES.search(text) for text in texts)
