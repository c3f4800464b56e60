"""What a deployment or a developer's machine may run, wherever that is said."""

from __future__ import annotations

import re
from collections.abc import Iterable

from stackyard.formats.place import Line, Place
from stackyard.formats.regexes import regex
from stackyard.project.compose import Service
from stackyard.project.dockerfiles import Dockerfile
from stackyard.project.files import Files

_SCRIPT = regex(r"\A#!.*\b(?:ba|da|z)?sh\b")
_SCRIPT_FOLDERS = regex(
    r"(?:^|/)(?:scripts?|bin|docker|compose|deploy|deployment|ops|infra|entrypoints?|\.docker)/"
)


def read_scripts(files: Files) -> tuple[Line, ...]:
    """Give each shell script, and what stands in Makefiles and the like, as a whole."""
    paths = files.matching(
        "*.sh",
        "Makefile",
        "*.mk",
        "justfile",
        "Taskfile.y*ml",
        "noxfile.py",
        "tox.ini",
        "tasks.py",
        "fabfile.py",
    )
    bare = [
        path for path in files.paths if "." not in path.rpartition("/")[2] and _SCRIPT_FOLDERS.search(path)
    ]
    shells = [path for path in bare if _SCRIPT.match(files.text(path))]
    return tuple(Line(files.text(path), Place(path)) for path in dict.fromkeys([*paths, *shells]))


def read_processes(
    files: Files, services: Iterable[Service], dockerfiles: Iterable[Dockerfile]
) -> tuple[Line, ...]:
    """Give what is run: commands, or whole files of them.

    Procfiles, Compose, the commands of Dockerfiles, manifests of Kubernetes, units of systemd and programs of
    supervisor; scripts are another matter.
    """
    found = [Line(service.command, service.place("command")) for service in services if service.command]
    for dockerfile in dockerfiles:
        for stage in dockerfile.stages:
            for instruction in stage.instructions:
                if instruction.name in {"CMD", "ENTRYPOINT"}:
                    found.append(Line(instruction.text, instruction.where))
    others = files.matching(
        "Procfile*",
        "*.service",
        "*supervisor*.conf",
        "*supervisor*.ini",
        "supervisord/*",
        "*.toml.tpl",
        "app.json",
        "render.yaml",
        "fly.toml",
        "*.tf",
        "*.j2",
        "*.nomad",
        "*.config",  # of Elastic Beanstalk
        "package.json",
    )
    manifests = [
        path
        for path in files.matching("*.yml", "*.yaml")
        if re.search(r"^kind:", files.text(path), re.MULTILINE)
    ]
    found += [Line(files.text(path), Place(path)) for path in others]
    found += [Line(_flat(files.text(path)), Place(path)) for path in manifests]
    return tuple(found)


def without_comments(script: str) -> str:
    """Leave out lines that are comments, and put together those that go on."""
    return re.sub(r"\s*\\\n\s*", " ", re.sub(r"^\s*[#;].*$", "", script, flags=re.MULTILINE))


def _flat(manifest: str) -> str:
    """Write lists of YAML, as commands are written in manifests, on one line."""
    return re.sub(r"[\s,\"'\[\]]*\n\s*-\s+[\"']?|[\"']?,\s*[\"']?|[\[\]\"']", " ", manifest)
