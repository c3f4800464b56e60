"""The questions of copier.yml, answered as by Copier: in order, each default made of the answers before."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, partial
from pathlib import Path
from typing import Any, cast

import yaml
from jinja2 import Template
from jinja2.sandbox import SandboxedEnvironment

from stackyard.errors import UserError
from stackyard.scaffold.extension import ANSWERS_FILE, LivingTemplate

type Answers = dict[str, Any]
"""By question: text, yes or no, or a list of texts."""

_YES = frozenset({"yes", "y", "true", "on", "1"})
_NO = frozenset({"no", "n", "false", "off", "0"})


@dataclass(frozen=True)
class Question:  # pylint: disable=too-many-instance-attributes
    """A question, and what its answer may be.

    Attributes:
        name: The answer's name.
        kind: `str` or `bool`.
        help: What is asked, in words.
        choices: The values to choose from, each with its words; empty for a free answer.
        several: Whether more than one may be chosen.
        default: The answer to begin with: a value, or a Jinja template of one.
        validator: A Jinja template that says what is wrong with an answer, or nothing.
        computed: Whether it is never asked, but follows from other answers.
    """

    name: str
    kind: str
    help: str
    choices: Mapping[str, str]
    several: bool
    default: object
    validator: str
    computed: bool

    @classmethod
    def of(cls, name: str, entry: Mapping[str, Any]) -> Question:
        """Read a question of copier.yml."""
        choices = entry.get("choices", [])
        words = choices if isinstance(choices, dict) else {choice: choice for choice in choices}
        return cls(
            name=name,
            kind=entry["type"],
            help=entry.get("help", ""),
            choices={value: label for label, value in words.items()},
            several=entry.get("multiselect", False),
            default=entry["default"],
            validator=entry.get("validator", ""),
            computed=entry.get("when") is False,
        )

    def parse(self, given: object, where: str) -> Any:
        """Read an answer.

        Args:
            given: A value, or its text.
            where: Where it was given, for errors.

        Raises:
            UserError: It is of another kind, or none of the choices.
        """
        if self.several:
            items = yaml.safe_load(given) if isinstance(given, str) and given.startswith("[") else given
            if isinstance(items, str):
                items = [item.strip() for item in items.split(",") if item.strip()]
            if not isinstance(items, list):
                raise self._refused(given, where, f"Give a list of {', '.join(self.choices)}.")
            for item in items:
                self._check_choice(item, where)
            return [choice for choice in self.choices if choice in items]
        if self.kind == "bool":
            if isinstance(given, bool):
                return given
            word = str(given).strip().lower()
            if word not in _YES | _NO:
                raise self._refused(given, where, "Answer yes or no.")
            return word in _YES
        if not isinstance(given, str):
            raise self._refused(given, where, "Give text.")
        if self.choices:
            self._check_choice(given, where)
        return given

    def _check_choice(self, given: object, where: str) -> None:
        if given not in self.choices:
            raise self._refused(given, where, f"Choose from: {', '.join(self.choices)}.")

    def _refused(self, given: object, where: str, remedy: str) -> UserError:
        return UserError(f"An answer for {self.name}", found=repr(given), where=where, remedy=remedy)


@dataclass(frozen=True)
class Given:
    """Answers that are given, not asked for.

    Attributes:
        values: The answers, by question.
        where: Where they were given, for errors.
    """

    values: Mapping[str, object] = field(default_factory=dict)
    where: str = "the command line"


type Ask = Callable[[Question, Any, Callable[[Any], str]], Any]
"""Asks a person: the question, its default, and what says what is wrong with an answer."""


class Questionnaire:
    """The questions of a template.

    Args:
        path: The template's copier.yml.
    """

    def __init__(self, path: Path) -> None:
        """Keep the path; the file is read when it is needed."""
        self.path = path
        self._compiled: dict[str, Template] = {}

    @cached_property
    def _config(self) -> dict[str, Any]:
        try:
            # The C loader reads this ten times as fast.
            loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
            return cast(dict[str, Any], yaml.load(self.path.read_bytes(), Loader=loader))  # nosec B506
        except FileNotFoundError as error:
            raise UserError(
                "A template",
                found="no copier.yml",
                where=str(self.path.parent),
                remedy="Name the folder or the Git address of a Stackyard template.",
            ) from error

    @cached_property
    def _environment(self) -> SandboxedEnvironment:
        return SandboxedEnvironment(extensions=[LivingTemplate])

    @cached_property
    def questions(self) -> dict[str, Question]:
        """The questions, in their order."""
        return {
            name: Question.of(name, entry) for name, entry in self._config.items() if not name.startswith("_")
        }

    @property
    def subdirectory(self) -> str:
        """The folder of the template's own that holds the living project."""
        return str(self._config["_subdirectory"])

    def exclusions(self, answers: Answers) -> list[str]:
        """Give the patterns, as in a .gitignore, of what these answers leave out."""
        return [self._render(pattern, answers) for pattern in self._config["_exclude"]]

    def remembered(self, answers: Answers) -> Answers:
        """Give the answers that a project keeps: those that don't follow from others."""
        return {name: answers[name] for name, question in self.questions.items() if not question.computed}

    def answer(
        self,
        folder: str,
        *givens: Given,
        ask: Ask | None = None,
        before: Mapping[str, object] | None = None,
        checked: bool = True,
    ) -> Answers:
        """Answer every question.

        Args:
            folder: The name of the project's folder, which the first default is made of.
            givens: Answers that are given; of two for a question, the earlier counts.
            ask: Asks for those that are not given; without it, they get their defaults.
            before: The answers that the project has written down, which the default of a question of another
                name may be made of: Copier's `_external_data`.
            checked: Whether an answer that its question refuses is an error.

        Returns:
            All answers, the computed ones included.

        Raises:
            UserError: One that is given is to no question, or refused by its question.
        """
        for each in givens:
            self._check_names(each)
        files = self._config.get("_external_data", {})
        external = {name: before or {} for name, path in files.items() if path == ANSWERS_FILE}
        answers: Answers = {"_folder_name": folder, "_external_data": external}
        for name, question in self.questions.items():
            given = next((each for each in givens if name in each.values), None)
            if given is not None:
                answers[name] = question.parse(given.values[name], given.where)
            else:
                answers[name] = default = self._default(question, answers)
                if ask and not question.computed:
                    answers[name] = ask(question, default, partial(self._error, question, answers))
            if checked and (error := self._error(question, answers, answers[name])):
                raise UserError(
                    f"An answer for {name}",
                    found=repr(answers[name]),
                    where=given.where if given else "its default",
                    remedy=error,
                )
        return answers

    def _check_names(self, given: Given) -> None:
        for name in given.values:
            if name not in self.questions:
                known = ", ".join(name for name, question in self.questions.items() if not question.computed)
                raise UserError(
                    "An answer to a question",
                    found=f"{name!r}, which is not asked",
                    where=given.where,
                    remedy=f"The questions are: {known}.",
                )

    def _default(self, question: Question, answers: Answers) -> Any:
        default = question.default
        if isinstance(default, str):
            default = self._render(default, answers)
        return question.parse(default, f"{self.path}, the default of {question.name}")

    def _error(self, question: Question, answers: Answers, value: object) -> str:
        return self._render(question.validator, answers | {question.name: value}).strip()

    def _render(self, text: str, answers: Answers) -> str:
        if "{" not in text:  # as most strings of copier.yml; compiling is what takes time
            return text
        if text not in self._compiled:
            self._compiled[text] = self._environment.from_string(text)
        return self._compiled[text].render(answers)
