"""The image gets the versions of poetry.lock.

Without the lock beside it, `poetry install` solves the constraints anew: what is built today is not what was
tested yesterday. The stage that runs it must have got poetry.lock before, by `COPY`, a mount, or with a whole
folder, and .dockerignore must not leave it out. `poetry lock`, `poetry update` and `poetry add` in a build
make a lock of their own.

A project without a poetry.lock is the matter of `poetry-lock-committed`.

Standard: Poetry, best practices: always commit `poetry.lock`; Docker, stage 1: builder (installs
dependencies).
"""

from collections.abc import Iterator
from fnmatch import fnmatch

from stackyard.formats.regexes import regex
from stackyard.project.app_images import AppImage
from stackyard.project.dockerfiles import Instruction, Stage
from stackyard.project.facts import Project
from stackyard.rule import Finding, rule

_INSTALLS = regex(r"\bpoetry\s+(?:-\S+\s+)*(?:install|sync|export|bundle)\b")
_SOLVES = regex(r"\bpoetry\s+(?:-\S+\s+)*(?:(?:update|add|remove)\b|lock\b(?![^&|;\n]*--check))")

_MAY_BRING = regex(rf"{_SOLVES.pattern}|\bgit\s+clone\b|\btar\s|\bunzip\b")


@rule("docker-installs-locked", entry="poetry-lock")
def check(project: Project) -> Iterator[Finding]:
    if project.packages.lock_path is None:
        return
    for image in project.app_images:
        ignored = image.dockerignore
        is_ignored = ignored is not None and ignored.leaves_out(project.packages.lock_path)
        for stage in image.dockerfile.parts(image.stage):
            run = _unlocked(image, stage, is_ignored)
            if run:
                yield Finding(
                    run.where,
                    f"{stage.title} installs packages with no poetry.lock beside pyproject.toml",
                    "copy both before it: `COPY pyproject.toml poetry.lock ./`",
                )
            yield from _solved(stage)


def _solved(stage: Stage) -> Iterator[Finding]:
    for run in stage.instructions:
        if run.name == "RUN" and (match := _SOLVES.search(run.text)):
            yield Finding(
                run.where,
                f"`{match[0]}` makes a lock of its own while the image is built",
                "run it on a developer's machine, commit poetry.lock, and install from that",
            )


def _unlocked(image: AppImage, stage: Stage, is_ignored: bool) -> Instruction | None:
    """Give the first instruction of a stage that installs, and no lock can be there; None without one."""
    before = [item for part in stage.lineage[:-1] for item in part.instructions]
    for run in stage.instructions:
        if run.name == "RUN" and _INSTALLS.search(run.text) and not _SOLVES.search(run.text):
            if not any(_brings(item) for item in (*before, run)):
                return run
            if is_ignored and not image.dockerfile.is_multi_stage(stage):
                return run
        before.append(run)
    return None


def _brings(item: Instruction) -> bool:
    """Say whether the lock may be there after an instruction."""
    if item.name == "RUN":
        is_mounted = any(flag.startswith("--mount=type=bind") for flag in item.flags)
        return is_mounted or _MAY_BRING.search(item.text) is not None
    if item.name not in {"COPY", "ADD"}:
        return False
    sources = [word for word in item.words[:-1] if not word.startswith("<<")]
    names = [source.rstrip("/").rpartition("/")[2] for source in sources]
    return item.flag("from") is not None or any(
        fnmatch("poetry.lock", name) or "." not in name.strip(".") or "$" in name for name in names
    )
