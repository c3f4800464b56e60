"""Signals reach the server: its command is a JSON array, or a shell gives way to it.

`CMD gunicorn …` runs in a shell, which is the container's first process and passes no signals on: `docker
stop` waits ten seconds, then kills the server in the middle of its requests. So does `["sh", "-c", "migrate
&& gunicorn …"]`. Begin the server with `exec` where a shell is needed. `ENTRYPOINT` in that form also forgets
what `CMD` says. The fix is made where the command is nothing but words. A `runserver` is the matter of
`docker-command`.

Standard: Docker, key points: set CMD to gunicorn.
"""

import json
import re
from collections.abc import Iterator

from stackyard.formats.regexes import regex
from stackyard.project.app_images import AppImage
from stackyard.project.dockerfiles import Instruction
from stackyard.project.facts import Project
from stackyard.rule import Edit, Finding, rule

_PLAIN = regex(r"[\w./:@%+,-]+(?: +(?!exec\b)[\w./:@%+,=-]+)*", re.ASCII)
_DONE = regex(r"(?:^|[\s;&|(\"'])exec\s|\brunserver")


@rule("docker-command-exec-form", entry="docker-command")
def check(project: Project) -> Iterator[Finding]:
    for image in project.app_images:
        for name in ("ENTRYPOINT", "CMD"):
            last = image.stage.last(name)
            if last and _is_in_shell(last) and not _DONE.search(last.text):
                yield Finding(
                    last.where,
                    f"{name} runs in a shell, which keeps signals to itself",
                    "write it as a JSON array, or put `exec` before the server",
                    _edits(project, image, last),
                )


def _is_in_shell(last: Instruction) -> bool:
    if not last.is_exec:
        return bool(last.text.strip())
    shell, *rest = last.words or ("",)
    return (
        re.search(r"(?:^|/)(?:ba|da|a)?sh$", shell) is not None
        and len(rest) > 1
        and bool(rest[0].startswith("-") and rest[0].endswith("c") and re.search(r"[;&]", rest[1]))
    )


def _edits(project: Project, image: AppImage, last: Instruction) -> tuple[Edit, ...]:
    line = project.files.line(last.where)
    old = line.strip().partition(" ")[2].strip()
    is_certain = old == last.text and _PLAIN.fullmatch(old) and not image.stage.last("SHELL")
    if last.is_exec or not is_certain or (last.name == "ENTRYPOINT" and image.stage.last("CMD")):
        return ()
    return (Edit(last.where.path, old, json.dumps(old.split()), last.where.line),)
