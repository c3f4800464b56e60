"""What users say about a project: on the command line, in a file of answers, in a team's stack file."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from pathlib import Path

import yaml

from stackyard.errors import UserError
from stackyard.scaffold.questions import Given
from stackyard.standard.reader import read_standard


def parse_pairs(pairs: Iterable[str]) -> dict[str, object]:
    """Read answers written as `question=answer`.

    Raises:
        UserError: One is not, or a question is answered twice.
    """
    answers: dict[str, object] = {}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        if not equals or not name or name in answers:
            raise UserError(
                "An answer as `question=answer`, one a question",
                found=repr(pair),
                where="--data",
                remedy="Such as --data broker=rabbitmq, or --data monitoring=sentry,prometheus.",
            )
        answers[name] = value
    return answers


def read_answers(path: Path) -> Given:
    """Read a file of answers: YAML, such as another project's .copier-answers.yml.

    Raises:
        UserError: There is none, or it holds something else.
    """
    try:
        content = yaml.safe_load(_read(path))
    except yaml.YAMLError as error:
        raise _unreadable(path, "YAML", error) from error
    if not isinstance(content, dict) or not all(isinstance(name, str) for name in content):
        raise UserError(
            "A file of answers, by question",
            found=type(content).__name__,
            where=str(path),
            remedy="Write lines such as `broker: rabbitmq`.",
        )
    # What starts with _ is how another project was made, not what it is.
    return Given({name: value for name, value in content.items() if not name.startswith("_")}, str(path))


def read_decisions(path: Path) -> Given:
    """Read what a team's stack file has decided: its table `answers`, if it has one.

    Raises:
        UserError: There is no such file, or something in it is wrong: `stackyard check` takes the same one.
    """
    read_standard(path)
    answers = tomllib.loads(_read(path)).get("answers", {})
    if not isinstance(answers, dict):
        raise UserError(
            "The table [answers] of a stack file",
            found=repr(answers),
            where=str(path),
            remedy='Write it, with lines such as broker = "rabbitmq".',
        )
    return Given(answers, str(path))


def words_of(answer: object) -> str:
    """Give an answer as a user would."""
    if isinstance(answer, bool):
        return "yes" if answer else "no"
    return ", ".join(answer) or "none" if isinstance(answer, list) else str(answer)


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "no UTF-8"
        raise UserError(
            "A file of text", found=reason or str(error), where=str(path), remedy="Name another."
        ) from error


def _unreadable(path: Path, language: str, error: Exception) -> UserError:
    return UserError(
        f"A file in {language}", found=" ".join(str(error).split()), where=str(path), remedy="Correct it."
    )
