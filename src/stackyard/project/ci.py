"""What CI runs: the pipelines' own commands, and what these call."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property

from stackyard.formats.place import Line
from stackyard.project.calls import Calls
from stackyard.project.commands import Command, commands
from stackyard.project.hooks import Hook
from stackyard.project.pipelines import Pipeline

_DJANGO = {"manage.py", "manage", "django-admin", "django"}  # by `python -m` without its end


class Ci:
    """What CI runs.

    Attributes:
        pipelines: The files of jobs.
        hooks: The hooks of pre-commit.
    """

    def __init__(
        self,
        pipelines: tuple[Pipeline, ...],
        hooks: Iterable[Hook],
        calls: Calls,
        *,
        is_whole: bool,
        runs_hooks: bool,
    ) -> None:
        """Take where it is written.

        Args:
            pipelines: The files of jobs.
            hooks: The hooks of pre-commit.
            calls: What commands call.
            is_whole: Whether there is nothing else that may say what CI runs.
            runs_hooks: Whether a service runs the hooks by itself.
        """
        self.pipelines = pipelines
        self.hooks = tuple(hooks)
        self._calls = calls
        self._is_whole = is_whole
        self._runs_hooks = runs_hooks

    @cached_property
    def own_commands(self) -> tuple[Line, ...]:
        """What stands in the pipelines themselves, each script as a whole."""
        return tuple(command for pipeline in self.pipelines for command in pipeline.commands)

    @cached_property
    def commands(self) -> tuple[Line, ...]:
        """The same, and the scripts, recipes, environments and hooks that these call."""
        return self._calls.followed(self.own_commands)

    @cached_property
    def programs(self) -> tuple[Command, ...]:
        """Each program of these with its arguments, those that others of them wrap as well."""
        return tuple(command for line in self.commands for command in commands(line))

    @cached_property
    def tests(self) -> tuple[Command, ...]:
        """What of that runs tests."""
        return tuple(
            command
            for command in self.programs
            if command.program in {"pytest", "py.test"}
            or (command.program in _DJANGO and "test" in command.words[1:4])
        )

    @cached_property
    def tools(self) -> frozenset[str]:
        """The names of the programs, the words of the actions, and what hooks run where they are run."""
        names = {command.program for command in self.programs}
        actions = [line.text for pipeline in self.pipelines for line in pipeline.uses]
        by_action = any(re.search(r"pre-commit|prek", action) for action in actions)
        if self._runs_hooks or by_action or names & {"pre-commit", "prek"}:
            names |= {"pre-commit"} | self.hook_tools
        words = {word for action in actions for word in re.split(r"[/@_-]", action.partition("@")[0])}
        return frozenset(names | words)

    @cached_property
    def hook_tools(self) -> frozenset[str]:
        """The names of the programs that hooks run: of the hook ruff-format, ruff as well."""
        lines = self._calls.followed(hook.command for hook in self.hooks)
        names = {command.program for line in lines for command in commands(line)}
        return frozenset(
            names | {part for hook in self.hooks for part in (hook.id, hook.id.partition("-")[0])}
        )

    @cached_property
    def is_known(self) -> bool:
        """Whether all that CI runs can be told.

        It cannot where this folder is a part of a repository, or a pipeline is another repository's, is
        written in no YAML, or calls a tool whose files are not understood.
        """
        is_shared = any(pipeline.is_shared for pipeline in self.pipelines)
        return self._is_whole and not is_shared and not (self.commands and self._calls.unresolved)
