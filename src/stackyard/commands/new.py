"""`stackyard new`: a project from the living template."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from stackyard.commands.choices import read_answers, read_decisions
from stackyard.commands.output import Output
from stackyard.errors import UserError
from stackyard.scaffold import changes
from stackyard.scaffold.questions import Answers, Ask, Given, Questionnaire
from stackyard.scaffold.render import render
from stackyard.scaffold.template import opened

_COMMIT = "chore: start from the stack"


@dataclass(frozen=True)
class Choices:
    """What a user says about a project to be.

    Attributes:
        data: Answers, by question.
        answers: A YAML file of answers.
        stack: A team's stack file, whose decisions are not asked about.
        template: A path or Git address of another template than the tool's own.
        ref: A version of it.
        ask: Asks for what is not said; None for defaults.
    """

    data: Mapping[str, object] = field(default_factory=dict)
    answers: Path | None = None
    stack: Path | None = None
    template: str | None = None
    ref: str | None = None
    ask: Ask | None = None


@dataclass(frozen=True)
class Extras:
    """What is to be done beyond writing files.

    Attributes:
        overwrite: Write into a folder that has files; those of the same names are replaced.
        git: Make a Git repository of it, with a first commit.
        install: Install its packages, by Poetry.
    """

    overwrite: bool = False
    git: bool = False
    install: bool = False


def new(folder: Path, choices: Choices, extras: Extras, output: Output) -> int:
    """Make a project.

    Args:
        folder: Where; made if it is not there.
        choices: What it is to be.
        extras: What else is to be done.
        output: Where to say what goes on.

    Returns:
        0, or the exit code of Git or Poetry.

    Raises:
        UserError: The folder has files, or an answer is refused; nothing is written then.
    """
    folder = folder.absolute()
    taken = _require_room(folder, extras.overwrite)
    _require_programs(extras)
    with opened(choices.template, choices.ref) as template:
        answers = ask_all(template.questionnaire, folder, choices)
        files = render(template, answers)
    if taken:
        left = changes.finish(folder)  # what an earlier call was interrupted in
        left += changes.change(folder, files)
        if left:
            output.fail("These files were changed at the same time, and left alone:", left)
    else:
        changes.create(folder, files)
    output.say(f"{answers['project_name']} is in {folder}: {len(files)} files, with a lock of its packages.")
    for command in _commands(folder, extras):
        output.say(f"Running {' '.join(command)}.")
        status = subprocess.run(command, cwd=folder, check=False, env=_environment()).returncode
        if status:
            output.fail(f"{' '.join(command)} failed with {status}; the project is whole without it.", [])
            return status
    output.table("To go on", _next_steps(folder, extras))
    return 0


def ask_all(questionnaire: Questionnaire, folder: Path, choices: Choices) -> Answers:
    """Answer a template's questions from what the user says.

    Raises:
        UserError: An answer is refused, by its question or by the team's stack file.
    """
    data = Given(choices.data)
    saved = read_answers(choices.answers) if choices.answers else Given()
    decided = read_decisions(choices.stack) if choices.stack else Given()
    answers = questionnaire.answer(folder.name, decided, data, saved, ask=choices.ask)
    for given in (data, saved):
        for name in given.values.keys() & decided.values.keys():
            if questionnaire.questions[name].parse(given.values[name], given.where) != answers[name]:
                raise UserError(
                    f"{name} as the team's stack has it, {decided.values[name]!r}",
                    found=repr(given.values[name]),
                    where=given.where,
                    remedy=f"Leave it out, or change {decided.where}.",
                )
    return answers


def _require_room(folder: Path, overwrite: bool) -> bool:
    """Insist on a folder that is new or empty, but for a fresh repository; say whether it is there."""
    if not folder.is_dir():
        if folder.exists() or folder.is_symlink():
            raise UserError(
                "A folder for the project", found="a file", where=str(folder), remedy="Choose another name."
            )
        return False
    present = sorted(set(os.listdir(folder)) - {".git"})
    if present and not overwrite:
        raise UserError(
            "A new or empty folder for the project",
            found=f"one with {', '.join(present[:3])}{' …' if len(present) > 3 else ''} in it",
            where=str(folder),
            remedy="Choose another, or replace files of the same names with --overwrite.",
        )
    return True


def _require_programs(extras: Extras) -> None:
    for option, program, wanted in (("--git", "git", extras.git), ("--install", "poetry", extras.install)):
        if wanted and shutil.which(program) is None:
            raise UserError(
                f"{program}, for {option}",
                found="no such program",
                where=f"PATH={os.environ.get('PATH', os.defpath)}",
                remedy=f"Install it, or leave {option} out.",
            )


def _commands(folder: Path, extras: Extras) -> list[Sequence[str]]:
    commands: list[Sequence[str]] = []
    if extras.git:
        if not (folder / ".git").exists():
            commands.append(["git", "init", "--quiet", "--initial-branch=main"])
        commands += [["git", "add", "--all"], ["git", "commit", "--quiet", "-m", _COMMIT]]
    if extras.install:
        commands.append(["poetry", "install"])
    return commands


def _environment() -> dict[str, str]:
    """Give an environment in which Poetry makes the project's own virtual environment, in its folder."""
    inherited = {name: value for name, value in os.environ.items() if name != "VIRTUAL_ENV"}
    return {"POETRY_VIRTUALENVS_IN_PROJECT": "true", **inherited}


def _next_steps(folder: Path, extras: Extras) -> dict[str, str]:
    here = Path.cwd()
    steps = {}
    if folder != here:
        steps["enter"] = f"cd {os.path.relpath(folder, here) if folder.is_relative_to(here) else folder}"
    if not extras.git:
        steps["record"] = f"git init && git add --all && git commit -m '{_COMMIT}'"
    if not extras.install:
        steps["install"] = "POETRY_VIRTUALENVS_IN_PROJECT=1 poetry install"
    steps["run"] = "stackyard run"
    steps["test"] = "stackyard run -- pytest"
    return steps
