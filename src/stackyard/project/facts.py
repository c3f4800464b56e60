"""What rules ask of a project: each fact is read once, when the first of them asks."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path
from posixpath import dirname, join, normpath

import pathspec

from stackyard.formats.place import Line, Place, Problem, UnreadableError
from stackyard.formats.tomls import Toml
from stackyard.formats.yamls import Mapping, read_yaml
from stackyard.project.calls import Calls
from stackyard.project.ci import Ci
from stackyard.project.code import Code
from stackyard.project.compose import Compose, Service
from stackyard.project.containers import Containers, copies
from stackyard.project.dockerfiles import Dockerfile, Stage, read_dockerfile
from stackyard.project.dockerignore import Dockerignore, find_dockerignore
from stackyard.project.environment import Environment
from stackyard.project.files import Files
from stackyard.project.git import is_within, tracked
from stackyard.project.hooks import Hook, read_hooks
from stackyard.project.images import Image
from stackyard.project.installs import Install, installs
from stackyard.project.merging import Merging
from stackyard.project.needs import Needs
from stackyard.project.packages import Packages, read_toml
from stackyard.project.pipelines import NO_YAML, PATTERNS, Pipeline
from stackyard.project.python import Python, is_test
from stackyard.project.settings.discover import AllSettings
from stackyard.project.settings.values import Table
from stackyard.project.stack import Stack
from stackyard.project.tasks import Tasks
from stackyard.project.tools import Tools
from stackyard.standard.reader import Standard

_EXAMPLES = (
    ".env.example",
    ".env.sample",
    ".env.template",
    ".env.dist",
    "env.example",
    "example.env",
    "sample.env",
    ".env.*.example",
    "*.env.example",
    ".env.*.sample",
    "*.env.sample",
    ".env.*.template",
    "*.env.template",
    ".env.example.*",
    ".env.default*",
    ".env[-_]example",
    ".env[-_]sample",
    ".env[-_]template",
    ".env[-_]dist",
    "env.sample",
    "env.template",
    "env.dist",
    ".example.env",
    ".sample.env",
    "template.env",
    "dotenv.example",
    ".envrc.example",
)
_VARIABLE = re.compile(r"^(?:export )?(?P<name>[A-Za-z_][A-Za-z0-9_]*)=(?P<value>.*)$")
_COMMENTED = re.compile(r"^#\s?")
_SERVICES = re.compile(r"^[\"']?services[\"']?:", re.MULTILINE)
_OF_SERVICES = {
    "image",
    "build",
    "extends",
    "command",
    "environment",
    "ports",
    "volumes",
    "depends_on",
    "restart",
}
_PART = re.compile(r"(?:^|[-_.])(?:base|common|shared)(?:[-_.]|$)", re.IGNORECASE)
_OF_PROJECTS = ("manage.py", "pyproject.toml", "requirements.txt", "requirements", "setup.py", "src")
_SCRIPT = re.compile(r"\A#!.*\b(?:ba|da|z)?sh\b")
_SCRIPT_FOLDERS = re.compile(
    r"(?:^|/)(?:scripts?|bin|docker|compose|deploy|deployment|ops|infra|entrypoints?|\.docker)/"
)
_COMMENT = re.compile(r"<!--.*?-->|\{#.*?#\}|\{%-?\s*comment\b.*?%\}.*?\{%-?\s*endcomment\s*-?%\}", re.DOTALL)
_NO_PAGES = re.compile(r"(?:^|/)(?:docs?|tests?|fixtures|examples?|vendor|coverage|dist|build|site)/")
_ASIDE = re.compile(
    r"(?:^|[^a-z])(?:dev|development|local|test|tests|ci|docs?|debug|devcontainer)(?:[^a-z]|$)", re.IGNORECASE
)


@dataclass(frozen=True)
class AppImage:
    """An image that the project builds for its own code.

    Attributes:
        dockerfile: How it is built.
        stage: The stage that is built.
        context: The folder that is sent along, relative to the project's.
        dockerignore: What is left out of that folder; None without a file that can be read.
        is_deployed: Whether its name does not say that it is for development or tests.
    """

    dockerfile: Dockerfile
    stage: Stage
    context: str
    dockerignore: Dockerignore | None
    is_deployed: bool


class Project:
    """A folder that holds a Django project.

    Attributes:
        root: Its absolute path, symbolic links resolved.
        files: Its files.
        python: Its Python modules.
        packages: What it asks for, and what is locked.
        settings: Its settings.
        standard: The standard that it is held to.
    """

    def __init__(self, root: Path, standard: Standard) -> None:
        """Take a folder, and the standard that it is held to."""
        self.root = root.resolve()
        self.standard = standard
        self.files = Files(self.root)
        self.python = Python(self.files)
        self.packages = Packages(self.files)
        self.settings = AllSettings(self.python)
        self._yaml: dict[str, Mapping | None] = {}

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

    def toml(self, path: str) -> Toml | None:
        """Read a file in TOML; None if it is not there, or is none."""
        return read_toml(self.files, path)

    def yaml(self, path: str) -> Mapping | None:
        """Read the first document of a file in YAML; None if it is not there, or is no mapping."""
        if path not in self._yaml:
            documents = self._read(path, read_yaml) or []
            self._yaml[path] = documents[0] if documents and isinstance(documents[0], Mapping) else None
        return self._yaml[path]

    def _read[T](self, path: str, reader: Callable[[str], T]) -> T | None:
        if path not in self.files:
            return None
        try:
            return reader(self.files.text(path))
        except UnreadableError as error:
            self.files.problems.append(Problem(Place(path, error.line), error.fact))
            return None

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
        named = self.files.matching(
            "Dockerfile", "Dockerfile.*", "*.Dockerfile", "Containerfile", "Dockerfile-*"
        )
        wanted = [
            service.build.dockerfile
            for compose in self.composes
            for service in compose.services.values()
            if service.build
        ]
        paths = dict.fromkeys([*named, *(path for path in wanted if path in self.files)])
        read = (
            self._read(path, partial(read_dockerfile, path)) for path in paths if not path.endswith("ignore")
        )
        return tuple(dockerfile for dockerfile in read if dockerfile is not None)

    @cached_property
    def app_images(self) -> tuple[AppImage, ...]:
        """The images with the project's own code that a deployment runs.

        Those whose file's or stage's name says that they are for development or tests are left out, unless
        there is no other.
        """
        python = [dockerfile for dockerfile in self.dockerfiles if dockerfile.is_python]
        deployed = [dockerfile for dockerfile in python if not _ASIDE.search(dockerfile.path)] or python
        return tuple(self._image(dockerfile) for dockerfile in deployed)

    def _image(self, dockerfile: Dockerfile) -> AppImage:
        stage, context = self._built(dockerfile)
        ignore = self._dockerignore(dockerfile.path, context)
        return AppImage(dockerfile, stage, context, ignore, not _ASIDE.search(dockerfile.path))

    def _built(self, dockerfile: Dockerfile) -> tuple[Stage, str]:
        """Tell the stage that a deployment builds, and of what folder."""
        builds = [
            (compose.is_production, service.build)
            for compose in self.composes
            for service in compose.services.values()
            if service.build and service.build.dockerfile == dockerfile.path
        ]
        builds.sort(key=lambda pair: not pair[0])
        context = builds[0][1].context if builds else self._context(dockerfile)
        targets = [build.target for is_production, build in builds if is_production and build.target]
        final = dockerfile.stage(targets[0] if targets else None)
        if not targets and _ASIDE.search(final.name):
            named = [
                stage
                for stage in dockerfile.stages
                if re.search(r"prod|runtime|release|final|app", stage.name)
            ]
            final = named[-1] if named else final
        return final, context

    def _dockerignore(self, dockerfile: str, context: str) -> Dockerignore | None:
        try:
            return find_dockerignore(self.files, dockerfile, context)
        except UnreadableError as error:
            self.files.problems.append(Problem(Place(join(context, ".dockerignore")), error.fact))
            return None

    def _context(self, dockerfile: Dockerfile) -> str:
        """Guess what folder is sent along: the nearest with what is copied, or else what projects have."""
        sources = [source.lstrip("./") for item in copies(dockerfile.final) for source in item.words[:-1]]
        wanted = [source for source in sources if source and not set("*?[$<") & set(source)]
        folder = dirname(dockerfile.path)
        while folder:
            if any(self._holds(folder, name) for name in wanted or _OF_PROJECTS):
                return folder
            folder = dirname(folder)
        return folder

    def _holds(self, folder: str, name: str) -> bool:
        path = join(folder, name).rstrip("/")
        return path in self.files or path in self._folders

    @cached_property
    def _folders(self) -> frozenset[str]:
        found: set[str] = set()
        for path in self.files.paths:
            while (path := dirname(path)) and path not in found:
                found.add(path)
        return frozenset(found)

    @cached_property
    def composes(self) -> tuple[Compose, ...]:
        """What its Compose files bring up, an entry for each command there would be, the shallowest first."""
        contents = {
            path: content
            for path in self.files.matching("*.yml", "*.yaml")
            if _SERVICES.search(self.files.text(path))
            and (content := self.yaml(path)) is not None
            and _has_services(content)
        }
        merging = Merging(self.yaml, self._variables)
        included = {path for base in contents for path in _included(base, contents[base])}
        found = [merging.compose(*files) for files in _commands(contents, included)]
        return tuple(found)

    @cached_property
    def _variables(self) -> dict[str, str]:
        variables: dict[str, str] = {}
        for path in (*self.files.matching(*_EXAMPLES), ".env"):
            for line in self.files.text(path).splitlines():
                if match := _VARIABLE.match(line.strip()):
                    variables[match["name"]] = match["value"].strip().strip("'\"")
        return variables

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
        paths = self.files.matching(
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
            path
            for path in self.files.paths
            if "." not in path.rpartition("/")[2] and _SCRIPT_FOLDERS.search(path)
        ]
        shells = [path for path in bare if _SCRIPT.match(self.files.text(path))]
        return tuple(Line(self.files.text(path), Place(path)) for path in dict.fromkeys([*paths, *shells]))

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
        found = [
            Line(service.command, service.place("command")) for service in self.services if service.command
        ]
        for dockerfile in self.dockerfiles:
            for stage in dockerfile.stages:
                for instruction in stage.instructions:
                    if instruction.name in {"CMD", "ENTRYPOINT"}:
                        found.append(Line(instruction.text, instruction.where))
        others = self.files.matching(
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
            for path in self.files.matching("*.yml", "*.yaml")
            if re.search(r"^kind:", self.files.text(path), re.MULTILINE)
        ]
        found += [Line(self.files.text(path), Place(path)) for path in others]
        found += [Line(_flat(self.files.text(path)), Place(path)) for path in manifests]
        return (*found, *self.scripts)

    def process(self, pattern: str) -> Line | None:
        """Give the first process whose command has a pattern; None if none has."""
        compiled = re.compile(pattern)
        return next((line for line in self.processes if compiled.search(_uncommented(line.text))), None)

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
        test = re.compile(r"^\s*(?:async )?def test|^\s*def \w+_test\(|^\s*(?:async )?def it_", re.MULTILINE)
        return [path for path in self.python.paths if is_test(path) and test.search(self.files.text(path))]

    # Words

    @cached_property
    def variables(self) -> dict[str, Place]:
        """The variables that its example of an environment names, commented ones too, and where."""
        found: dict[str, Place] = {}
        for path in self.example_files:
            for number, line in enumerate(self.files.text(path).splitlines(), start=1):
                if match := _VARIABLE.match(_COMMENTED.sub("", line.strip())):
                    found.setdefault(match["name"], Place(path, number))
        return found

    @cached_property
    def example_files(self) -> list[str]:
        """The files that show which variables there are."""
        return self.files.matching(*_EXAMPLES)

    def ignored_by_git(self, path: str) -> bool:
        """Say whether Git leaves a path out, by the .gitignore files: the deepest one decides."""
        is_ignored = False
        for ignore in self.files.matching(".gitignore"):
            folder = dirname(ignore)
            if not folder or path.startswith(f"{folder}/"):
                said = self._spec(ignore).check_file(path[len(folder) + 1 :] if folder else path).include
                is_ignored = is_ignored if said is None else said
        return is_ignored

    @cached_property
    def tracked(self) -> frozenset[str] | None:
        """The files that Git keeps; None where that is not known."""
        return tracked(self.root)

    @cached_property
    def is_within_repository(self) -> bool:
        """Whether the folder is part of a repository that begins further up, whose files are not seen."""
        return is_within(self.root)

    def _spec(self, path: str) -> pathspec.GitIgnoreSpec:
        if path not in self._specs:
            try:
                self._specs[path] = pathspec.GitIgnoreSpec.from_lines(self.files.text(path).splitlines())
            except ValueError:
                self._specs[path] = pathspec.GitIgnoreSpec([])
        return self._specs[path]

    @cached_property
    def _specs(self) -> dict[str, pathspec.GitIgnoreSpec]:
        return {}

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
        return Tools(self.files, self.packages.folder)

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
        found = self.python.find_all(re.compile(pattern, re.MULTILINE), tests=tests)
        return next((place for place, _ in found), None)

    def imported(self, *modules: str) -> Place | None:
        """Give the first place at which the project's own code, tests aside, imports one of some modules.

        Args:
            modules: Names of modules; what is imported from within them counts, and so does a name in a text
                (`"corsheaders.middleware"`), which is how settings import.
        """
        names = "|".join(map(re.escape, modules))
        return self.mentions(rf"^\s*(?:from|import)\s+(?:{names})\b|[\"'](?:{names})(?:\.[\w.]*)?[\"']")


def _has_services(content: Mapping) -> bool:
    """Say whether a file is one of Compose, whatever its name."""
    services = content.get("services")
    return isinstance(services, Mapping) and any(
        isinstance(service, Mapping) and _OF_SERVICES & service.keys() for service in services.values()
    )


def _included(path: str, content: Mapping) -> list[str]:
    includes = content.get("include")
    found = []
    for include in includes if isinstance(includes, list) else []:
        wanted = include.get("path") if isinstance(include, Mapping) else include
        names = wanted if isinstance(wanted, list) else [wanted]
        found += [normpath(join(dirname(path), name)) for name in names if isinstance(name, str)]
    return found


def _commands(contents: dict[str, Mapping], included: set[str]) -> Iterator[tuple[str, ...]]:
    """Tell which files go together: one that leaves out what a service is made of stands over another one."""
    alone = [path for path in contents if path not in included and not _is_overlay(contents[path])]
    parts = [path for path in alone if _PART.search(path.rpartition("/")[2]) and len(contents) > 1]
    for path in alone:
        if path in parts:  # never brought up by itself
            continue
        override = re.sub(r"\.(ya?ml)$", r".override.\1", path)
        yield (path, override) if override in contents else (path,)
    for path in contents:
        if path in included or path in alone or ".override." in path:
            continue
        base = next(
            (other for other in alone if dirname(other) == dirname(path)), alone[0] if alone else None
        )
        yield (base, path) if base else (path,)


def _is_overlay(content: Mapping) -> bool:
    services = content["services"]
    return any(
        isinstance(service, Mapping) and not {"image", "build", "extends"} & service.keys()
        for service in services.values()
    )


def _uncommented(script: str) -> str:
    """Leave out lines that are comments, and put together those that go on."""
    return re.sub(r"\s*\\\n\s*", " ", re.sub(r"^\s*[#;].*$", "", script, flags=re.MULTILINE))


def _flat(manifest: str) -> str:
    """Write lists of YAML, as commands are written in manifests, on one line."""
    return re.sub(r"[\s,\"'\[\]]*\n\s*-\s+[\"']?|[\"']?,\s*[\"']?|[\[\]\"']", " ", manifest)
