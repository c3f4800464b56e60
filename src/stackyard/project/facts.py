"""What rules ask of a project: each fact is read once, when the first of them asks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cached_property, partial
from pathlib import Path

from stackyard.formats.place import Line, Place, Problem
from stackyard.formats.regexes import regex
from stackyard.formats.tomls import Toml
from stackyard.formats.yamls import Mapping
from stackyard.project.apart import projects_apart
from stackyard.project.app_images import AppImage, app_images
from stackyard.project.bases import linked
from stackyard.project.calls import Calls
from stackyard.project.ci import Ci
from stackyard.project.code import Code
from stackyard.project.compose import Compose, Service
from stackyard.project.composes import read_composes
from stackyard.project.containers import Containers
from stackyard.project.dockerfiles import NAMES, Dockerfile, read_dockerfile
from stackyard.project.documents import Documents
from stackyard.project.environment import Environment
from stackyard.project.examples import example_files, example_variables
from stackyard.project.files import Files
from stackyard.project.git import Gitignores, is_within, tracked
from stackyard.project.hooks import Hook, read_hooks
from stackyard.project.images import Image
from stackyard.project.installs import Install, installs
from stackyard.project.literals import having
from stackyard.project.needs import Needs
from stackyard.project.packages import Packages
from stackyard.project.pipelines import NO_YAML, PATTERNS, Pipeline
from stackyard.project.processes import read_processes, read_scripts, without_comments
from stackyard.project.python import Python, is_test
from stackyard.project.settings.discover import AllSettings
from stackyard.project.settings.values import Table
from stackyard.project.stack import Stack
from stackyard.project.tasks import Tasks
from stackyard.project.tools import Tools
from stackyard.standard.reader import Standard

_COMMENT = regex(r"<!--.*?-->|\{#.*?#\}|\{%-?\s*comment\b.*?%\}.*?\{%-?\s*endcomment\s*-?%\}", re.DOTALL)
_TOLD = 20  # other projects that are named
_NO_PAGES = regex(r"(?:^|/)(?:docs?|tests?|fixtures|examples?|vendor|coverage|dist|build|site)/")


class Project:  # pylint: disable=too-many-public-methods  # the front of many rooms
    """A folder that holds a Django project.

    Attributes:
        root: Its absolute path, symbolic links resolved.
        files: Its files.
        documents: The same, by what they say.
        python: Its Python modules.
        packages: What it asks for, and what is locked.
        settings: Its settings.
        standard: The standard that it is held to.
    """

    def __init__(self, root: Path, standard: Standard) -> None:
        """Take a folder, and the standard that it is held to."""
        self.root = root.resolve()
        self.standard = standard
        self.files = _files(self.root)
        self.python = Python(self.files)
        self.documents = Documents(self.files)
        self.packages = Packages(self.documents)
        self.settings = AllSettings(self.python)

    @cached_property
    def code(self) -> Code:
        """What its modules use, and what of that its settings turn on."""
        return Code(self.python, self.settings)

    @property
    def problems(self) -> list[Problem]:
        """The files that could not be read as what they are, so far."""
        return sorted(set(self.files.problems))

    @property
    def pyproject(self) -> Toml | None:
        """The pyproject.toml of the Django project; None without one."""
        return self.packages.pyproject

    def yaml(self, path: str) -> Mapping | None:
        """Read the first document of a file in YAML; None if it is not there, or is no mapping."""
        return self.documents.yaml(path)

    @cached_property
    def tasks(self) -> Tasks:
        """What it has of Celery."""
        return Tasks(self.python)

    @cached_property
    def environment(self) -> Environment:
        """What its code reads of the environment."""
        return Environment(self.python)

    # Containers

    @cached_property
    def dockerfiles(self) -> tuple[Dockerfile, ...]:
        """Every Dockerfile, the shallowest first."""
        wanted = [service.build.dockerfile for service in self.services if service.build]
        others = [path for path in wanted if path in self.files and path not in self.named_dockerfiles]
        found = {**self.named_dockerfiles, **self._read_dockerfiles(dict.fromkeys(others))}
        return linked(tuple(found.values()), self.services, lambda: (*self.scripts, *self.ci_commands))

    @cached_property
    def named_dockerfiles(self) -> dict[str, Dockerfile]:
        """Those that are called so, by their paths; what they share with others is not told."""
        return self._read_dockerfiles(self.files.matching(*NAMES))

    def _read_dockerfiles(self, paths: Iterable[str]) -> dict[str, Dockerfile]:
        read = (
            self.documents.read(path, partial(read_dockerfile, path))
            for path in paths
            if not path.endswith("ignore")
        )
        return {dockerfile.path: dockerfile for dockerfile in read if dockerfile is not None}

    @cached_property
    def app_images(self) -> tuple[AppImage, ...]:
        """The images with the project's own code that a deployment runs.

        Those whose file's or stage's name says that they are for development or tests are left out, unless
        there is no other.
        """
        return app_images(self.files, self.dockerfiles, self.composes)

    @cached_property
    def composes(self) -> tuple[Compose, ...]:
        """What its Compose files bring up, an entry for each command there would be, the shallowest first."""
        return read_composes(self.documents)

    @property
    def services(self) -> Iterator[Service]:
        """Every service of every Compose file."""
        for compose in self.composes:
            yield from compose.services.values()

    @cached_property
    def containers(self) -> Containers:
        """What its images and services run."""
        return Containers(self.files, self.dockerfiles, self.composes)

    def image(self, service: Service) -> Image | None:
        """Give the image that a service runs, or that its Dockerfile stands on; None if that is not told."""
        return self.containers.image(service)

    def kind(self, service: Service) -> str | None:
        """Tell what a service runs: postgresql, redis, rabbitmq, kafka, nginx, python; None for all else."""
        image = self.image(service)
        return image.kind if image else None

    # What runs

    @cached_property
    def pipelines(self) -> tuple[Pipeline, ...]:
        """The files of jobs that CI runs."""
        read = ((path, self.yaml(path)) for path in self.files.matching(*PATTERNS))
        return tuple(Pipeline(path, content) for path, content in read if content is not None)

    @property
    def ci_commands(self) -> tuple[Line, ...]:
        """What CI runs, and what the scripts, Makefiles and tools that it calls run."""
        return self.ci.commands

    @cached_property
    def ci(self) -> Ci:
        """What CI runs."""
        services = (
            (path, service.name, Line(service.command, service.place("command")))
            for compose in self.composes
            for service in compose.services.values()
            for path in compose.files
        )
        lines = [hook.command for hook in self._hooks]
        calls = Calls(self.files, self.pyproject, self.yaml, lines, services)
        is_whole = not self.files.matching(*NO_YAML) and not (
            self.is_within_repository and not self.pipelines
        )
        runs_hooks = "ci" in (self.yaml(".pre-commit-config.yaml") or ())
        return Ci(self.pipelines, self._hooks, calls, is_whole=is_whole, runs_hooks=runs_hooks)

    @cached_property
    def scripts(self) -> tuple[Line, ...]:
        """Each shell script, and what stands in Makefiles and the like, as a whole."""
        return read_scripts(self.files)

    @cached_property
    def installs(self) -> tuple[Install, ...]:
        """What Dockerfiles, CI and scripts have pip install."""
        runs = (line for dockerfile in self.dockerfiles for line in dockerfile.runs)
        lines = (*runs, *self.ci.own_commands, *self.scripts)
        return tuple(dict.fromkeys(install for line in lines for install in installs(line)))

    @cached_property
    def processes(self) -> tuple[Line, ...]:
        """What a deployment or a developer's machine may run, wherever it says so.

        Procfiles, Compose, the commands of Dockerfiles, shell scripts, manifests of Kubernetes, units of
        systemd and programs of supervisor: commands, or whole files of them.
        """
        return (*read_processes(self.files, self.services, self.dockerfiles), *self.scripts)

    def process(self, pattern: str) -> Line | None:
        """Give the first process whose command has a pattern; None if none has."""
        compiled = re.compile(pattern)
        return next((line for line, text in self._processes if compiled.search(text)), None)

    @cached_property
    def _processes(self) -> tuple[tuple[Line, str], ...]:
        """Each process, and its text without comments."""
        return tuple((line, without_comments(line.text)) for line in self.processes)

    @cached_property
    def schedule(self) -> Place | None:
        """Where tasks are scheduled for Celery Beat; None where nothing is."""
        settings = self.settings.production
        for name in ("CELERY_BEAT_SCHEDULE", "CELERYBEAT_SCHEDULE") if settings else ():
            value = settings.value(name) if settings else None
            if (
                settings
                and value is not None
                and not (isinstance(value, Table) and value.is_whole and not value.entries)
            ):
                return settings.place(name)
        app = settings.items("INSTALLED_APPS").item("django_celery_beat") if settings else None
        return (
            app.where if app else self.mentions(r"\bbeat_schedule\b|\badd_periodic_task\(|@periodic_task\b")
        )

    @cached_property
    def tests(self) -> list[str]:
        """The modules with tests in them, the shallowest first."""
        test = re.compile(r"^[ \t]*(?:async )?def (?:test|it_)|^[ \t]*def \w+_test\(", re.MULTILINE)
        texts = ((path, self.files.text(path)) for path in self.python.paths if is_test(path))
        return list(having(texts, test))

    # Words

    @cached_property
    def variables(self) -> dict[str, Place]:
        """The variables that its example of an environment names, commented ones too, and where."""
        return example_variables(self.files)

    @cached_property
    def example_files(self) -> list[str]:
        """The files that show which variables there are."""
        return example_files(self.files)

    def ignored_by_git(self, path: str) -> bool:
        """Say whether Git leaves a path out, by the .gitignore files: the deepest one decides."""
        return self._ignores.leaves_out(path)

    @cached_property
    def _ignores(self) -> Gitignores:
        return Gitignores(self.files)

    @cached_property
    def tracked(self) -> frozenset[str] | None:
        """The files that Git keeps; None where that is not known."""
        return tracked(self.root)

    @cached_property
    def is_within_repository(self) -> bool:
        """Whether the folder is part of a repository that begins further up, whose files are not seen."""
        return is_within(self.root)

    @cached_property
    def hooks(self) -> dict[str, Place]:
        """The hooks of pre-commit, by their ids, and where each is named."""
        return {hook.id: hook.command.where for hook in reversed(self._hooks)}

    @property
    def hook_commands(self) -> tuple[Line, ...]:
        """What each hook of pre-commit runs."""
        return tuple(hook.command for hook in self._hooks)

    @cached_property
    def _hooks(self) -> tuple[Hook, ...]:
        paths = self.files.matching(".pre-commit-config.yaml", ".pre-commit-config.yml")
        read = ((path, self.yaml(path)) for path in paths)
        return tuple(hook for path, content in read if content for hook in read_hooks(path, content))

    @cached_property
    def answers(self) -> Mapping:
        """What Stackyard made the project of, as it has kept it; empty for one that others made."""
        path = ".copier-answers.yml"
        # The living template's own has nothing but a comment, which is no mapping.
        is_filled = re.search(r"^_src_path:", self.files.text(path), re.MULTILINE)
        return (self.yaml(path) if is_filled else None) or Mapping()

    @cached_property
    def tools(self) -> Tools:
        """What the tools of development are told."""
        return Tools(self.documents, self.packages.folder)

    @cached_property
    def stack(self) -> Stack:
        """Its packages beside those of the standard."""
        needs = Needs(self.packages, self.python, self.settings, frozenset(self.hooks))
        return Stack(self.standard, self.packages, needs, frozenset(self.hooks), self.answers)

    @cached_property
    def pages(self) -> tuple[Line, ...]:
        """The project's HTML, without its comments; each line stays in its place."""
        paths = self.files.matching("*.html", "*.htm", "*.jinja", "*.jinja2", "*.djhtml")
        return tuple(
            Line(_COMMENT.sub(lambda match: "\n" * match[0].count("\n"), self.files.text(path)), Place(path))
            for path in paths
            if not _NO_PAGES.search(path)
        )

    def mentions(self, pattern: str, *, tests: bool = False) -> Place | None:
        """Give the first line of the project's own Python in which a pattern is; None if it is in none.

        Args:
            pattern: A regular expression; `^` and `$` are a line's. Comments and docstrings are left out.
            tests: Whether tests and migrations are looked at, too.
        """
        found = self.python.find_all(regex(pattern, re.MULTILINE), tests=tests)
        return next((place for place, _ in found), None)

    def imported(self, *modules: str) -> Place | None:
        """Give the first place at which the project's own code, tests aside, imports one of some modules.

        Args:
            modules: Names of modules; what is imported from within them counts, and so does a name in a text
                (`"corsheaders.middleware"`), which is how settings import.
        """
        names = "|".join(map(re.escape, modules))
        return self.mentions(rf"^\s*(?:from|import)\s+(?:{names})\b|[\"'](?:{names})(?:\.[\w.]*)?[\"']")


def _files(root: Path) -> Files:
    """Read a folder, and leave out other Django projects in it."""
    files = Files(root)
    apart = projects_apart(files)
    files.problems += [
        Problem(
            Place(f"{folder}/manage.py"),
            f"another Django project, with packages of its own: `stackyard check {folder}` checks it",
        )
        for folder in apart[:_TOLD]
    ]
    if apart[_TOLD:]:
        more = f"{len(apart) - _TOLD} more Django projects, with packages of their own: they were not checked"
        files.problems.append(Problem(Place(""), more))
    return files.without(apart)
