"""Dockerfiles, as BuildKit reads them: stages, what runs in each, and the images they stand on."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from stackyard.formats.place import Line, Place, UnreadableError
from stackyard.formats.regexes import regex
from stackyard.formats.variables import expand
from stackyard.project.images import Image

if TYPE_CHECKING:
    from e2b_dockerfile_utils import DockerfileInstruction, ShellLex

NAMES = ("Dockerfile", "Dockerfile.*", "*.Dockerfile", "Containerfile", "Dockerfile-*")
"""What files of theirs are called."""

SIZE = 256 << 10
"""The largest Dockerfile that is read, in characters."""

STAGES = 200
"""The most stages that are read: each may stand on the one before it."""
_OTHERS = {
    "node",
    "caddy",
    "httpd",
    "traefik",
    "haproxy",
    "bun",
    "golang",
    "openjdk",
    "mysql",
    "mariadb",
    "mongo",
}
"""Images that somebody who stands on them runs something else than Python in."""
_ENVIRONMENT = regex(
    r"\$|(?:site|dist)-packages|env\b|/install\b|\.local\b|^/usr(?:/local)?(?:/lib|/bin|/?$)"
    r"|^/(?:opt/[^/]+)?/?$"
)
"""What may hold installed packages."""
_BUILT = regex(r"\.\w+$|/(?:dist|static\w*|node_modules|docs?|assets)/?$")


class Instruction(NamedTuple):
    """An instruction.

    Attributes:
        name: Its name, in capitals.
        words: Its arguments; of ENV and LABEL, `name=value`.
        flags: Its flags, such as `--from=builder`.
        is_exec: Whether it is in exec form: a JSON array.
        text: All that it says after its name; of RUN with its here-documents.
        where: Its first line.
    """

    name: str
    words: tuple[str, ...]
    flags: tuple[str, ...]
    is_exec: bool
    text: str
    where: Place

    def flag(self, name: str) -> str | None:
        """Give a flag's value; None without it."""
        for flag in self.flags:
            key, _, value = flag.removeprefix("--").partition("=")
            if key == name:
                return value
        return None

    @property
    def pairs(self) -> dict[str, str | None]:
        """The names that an ENV or ARG sets, and their values; None where it gives none."""
        pairs: dict[str, str | None] = {}
        for word in self.words:
            name, equals, value = word.partition("=")
            pairs[name] = value if equals else None
        return pairs


class Stage(NamedTuple):
    """A stage of a build.

    Attributes:
        name: Its name; its number, if it has none.
        image: What it stands on: an image, or the name of a stage before it.
        parent: That stage, or the one of another Dockerfile that the image is built of; None for an image of
            others.
        instructions: What it does, without its FROM.
        where: Its FROM.
    """

    name: str
    image: Image
    parent: Stage | None
    instructions: tuple[Instruction, ...]
    where: Place

    @property
    def title(self) -> str:
        """What people call it: names begin with a letter, and are no numbers."""
        return "the image" if self.name.isdigit() else f"the stage {self.name}"

    @property
    def base(self) -> Image:
        """The image that it, or the first of the stages that it stands on, comes from."""
        return self.parent.base if self.parent else self.image

    @property
    def lineage(self) -> tuple[Stage, ...]:
        """The stages that it stands on, the first one first, and itself."""
        return (*(self.parent.lineage if self.parent else ()), self)

    def all(self, *names: str) -> list[Instruction]:
        """Give its instructions of some names, and those of the stages that it stands on, in their order."""
        return [
            instruction
            for stage in self.lineage
            for instruction in stage.instructions
            if instruction.name in names
        ]

    def last(self, name: str) -> Instruction | None:
        """Give the instruction that decides: the last one of that name; None without one."""
        found = self.all(name)
        return found[-1] if found else None

    @property
    def sources(self) -> set[str]:
        """The names of the stages and images that it copies from, or mounts."""
        copies = {instruction.flag("from") for instruction in self.all("COPY", "ADD")}
        mounts = {
            source
            for instruction in self.all("RUN")
            for flag in instruction.flags
            for source in re.findall(r"^--mount=.*\bfrom=([^,]+)", flag)
        }
        return {source for source in copies | mounts if source is not None}


@dataclass(frozen=True)
class Dockerfile:
    """A Dockerfile.

    Attributes:
        path: The file, relative to the project's folder.
        stages: Its stages, in its order; at least one.
    """

    path: str
    stages: tuple[Stage, ...]

    @property
    def final(self) -> Stage:
        """The stage that is built if none is named."""
        return self.stages[-1]

    def stage(self, name: str | None) -> Stage:
        """Give the stage of a name or a number; the final one without a name, or where none has it."""
        return self._find(name or "") or self.final

    def _find(self, name: str) -> Stage | None:
        numbered = self.stages[int(name)] if name.isdecimal() and int(name) < len(self.stages) else None
        return next((stage for stage in self.stages if stage.name.lower() == name.lower()), numbered)

    def parts(self, stage: Stage) -> tuple[Stage, ...]:
        """Give the stages that a stage stands on or copies from, and itself, in the file's order."""
        return self._reached(stage, lambda part: part.sources)

    def _reached(self, stage: Stage, sources: Callable[[Stage], Iterable[str | None]]) -> tuple[Stage, ...]:
        """Give a stage, those that it stands on and those that it takes from, in this file's order.

        Args:
            stage: The stage.
            sources: Gives the names of what a stage takes from.

        Returns:
            The stages, those of other files that they stand on first.
        """
        found: list[Stage] = []
        waiting = [stage]
        while waiting:
            part = waiting.pop()
            if part not in found:
                found.append(part)
                waiting += part.lineage
                waiting += [source for name in sources(part) if (source := self._find(name or ""))]
        below = [part for part in found if part.where.path != self.path]
        return (*reversed(below), *(part for part in self.stages if part in found))

    def installing(self, stage: Stage) -> tuple[Stage, ...]:
        """Give the stages whose installed packages may be in a stage, and itself, in the file's order.

        One of which it only copies what was built there (a wheel, static files, a file of settings) is left
        out.
        """
        return self._reached(stage, self._sources_of_packages)

    def _sources_of_packages(self, stage: Stage) -> set[str | None]:
        """Give the names of what a stage mounts, or copies what may be installed packages from."""
        copies = stage.all("COPY", "ADD")
        mounted = stage.sources - {copy.flag("from") for copy in copies}
        return mounted | {copy.flag("from") for copy in copies if self._takes_packages(copy)}

    def _takes_packages(self, copy: Instruction) -> bool:
        """Say whether a copy may take installed packages along."""
        source = self._find(copy.flag("from") or "")
        if source is None:
            return False
        folders = [word for step in source.all("WORKDIR") for word in step.words]
        folder = next((path for path in reversed(folders) if path.startswith("/")), "")
        return any(
            _ENVIRONMENT.search(path)
            or (not _BUILT.search(path) and (not folder or f"{folder}/".startswith(path.rstrip("/") + "/")))
            for path in copy.words[:-1]
        )

    def is_multi_stage(self, stage: Stage) -> bool:
        """Say whether a stage takes Python's things out of another one, and leaves its rest behind.

        One in which nothing is run, such as `FROM ghcr.io/astral-sh/uv AS uv`, only gives a name to an image.
        """
        below = (part for part in stage.lineage if part.where.path != self.path)  # of another Dockerfile
        return any(part.sources for part in below) or any(
            part not in stage.lineage and part.base.name not in _OTHERS and part.all("RUN")
            for part in self.parts(stage)
        )

    @property
    def runs(self) -> Iterator[Line]:
        """What its stages run while they are built."""
        for stage in self.stages:
            for instruction in stage.instructions:
                if instruction.name == "RUN":
                    yield Line(instruction.text, instruction.where)

    @cached_property
    def is_python(self) -> bool:
        """Whether it builds an image that runs Python."""
        if self.final.base.kind not in {None, "python"} or self.final.base.name in _OTHERS:
            return False
        return any(stage.base.kind == "python" for stage in self.stages) or any(
            re.search(r"\b(?:pip3?|poetry|manage\.py|gunicorn|uvicorn|celery)\b", instruction.text)
            for instruction in self.final.all("RUN", "CMD", "ENTRYPOINT")
        )


def read_dockerfile(path: str, text: str) -> Dockerfile:
    """Read a Dockerfile.

    Args:
        path: The file, relative to the project's folder.
        text: Its text.

    Raises:
        UnreadableError: BuildKit would not read it either, or it is too long.
    """
    # When there is such a file.
    from e2b_dockerfile_utils import (  # pylint: disable=import-outside-toplevel
        ShellLex,
        parse_dockerfile_ast,
    )

    if len(text) > SIZE:
        raise UnreadableError(f"larger than {SIZE:,} characters: it was not read")
    try:
        ast = parse_dockerfile_ast(text)
    except (ValueError, RecursionError) as error:
        line = getattr(error, "line", None)
        raise UnreadableError(f"not a Dockerfile: {error}", line or 0) from error
    return Dockerfile(path, _stages(path, ast.instructions, ShellLex(ast.escape_token)))


def _stages(path: str, instructions: list[DockerfileInstruction], lex: ShellLex) -> tuple[Stage, ...]:
    arguments: dict[str, str] = {}  # those before the first FROM, which alone count in a FROM
    drafts: list[tuple[Instruction, list[Instruction]]] = []
    for raw in instructions:
        instruction = _instruction(path, raw, lex)
        if instruction.name == "FROM":
            drafts.append((instruction, []))
        elif drafts:
            drafts[-1][1].append(instruction)
        elif instruction.name == "ARG":
            arguments |= {
                name: expand(value, arguments)
                for name, value in instruction.pairs.items()
                if value is not None
            }
    if not drafts:
        raise UnreadableError("not a Dockerfile: no FROM")
    if len(drafts) > STAGES:
        raise UnreadableError(f"more than {STAGES} stages", drafts[STAGES][0].where.line)
    stages: dict[str, Stage] = {}
    for number, (start, body) in enumerate(drafts):
        stage = _stage(number, start, tuple(body), arguments, stages)
        stages[stage.name.lower()] = stage
    return tuple(stages.values())


def _stage(
    number: int,
    start: Instruction,
    body: tuple[Instruction, ...],
    arguments: Mapping[str, str],
    before: Mapping[str, Stage],
) -> Stage:
    if not start.words:
        raise UnreadableError("not a Dockerfile: FROM without an image", start.where.line)
    image = expand(start.words[0], arguments)
    is_named = len(start.words) == 3 and start.words[1].lower() == "as"
    name = start.words[2] if is_named else str(number)
    return Stage(name, Image(image), before.get(image.lower()), body, start.where)


def _instruction(path: str, raw: DockerfileInstruction, lex: ShellLex) -> Instruction:
    words = list(raw.args)
    if raw.name in {"ENV", "LABEL"}:
        words = [
            f"{name}={_unquoted(value, lex)}" for name, value, _ in zip(*[iter(words)] * 3, strict=False)
        ]
    elif raw.name == "ARG":
        words = [_unquoted(word, lex) for word in words]
    text = raw.original.strip().partition(" ")[2].strip() if not raw.json else " ".join(words)
    text = "\n".join([text, *(heredoc.content for heredoc in raw.heredocs)])
    return Instruction(raw.name, tuple(words), tuple(raw.flags), raw.json, text, Place(path, raw.start_line))


def _unquoted(text: str, lex: ShellLex) -> str:
    try:
        return lex.process_word(text)
    except ValueError:
        return text
