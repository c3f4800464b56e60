"""What a project has written down about how it was made: .copier-answers.yml."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

from stackyard.errors import UserError
from stackyard.scaffold.extension import ANSWERS_FILE
from stackyard.scaffold.questions import Answers, Given, Questionnaire


@dataclass(frozen=True)
class Record:
    """How a project was made.

    Attributes:
        path: The file that says so.
        source: The template: a path or a Git address.
        commit: Its version.
        values: The answers, by question.
    """

    path: Path
    source: str
    commit: str
    values: Mapping[str, object]

    def answer(self, questionnaire: Questionnaire, changed: Mapping[str, object] | None = None) -> Answers:
        """Answer the questions of the version that the project was made of.

        Args:
            questionnaire: The questions.
            changed: Answers that are to be others.

        Raises:
            UserError: A question refuses its answer.
        """
        given = Given({**self.values, **(changed or {})}, str(self.path))
        return questionnaire.answer(self.path.parent.name, given)

    def carry_over(self, questionnaire: Questionnaire) -> Answers:
        """Answer the questions of another version; what it does not ask any more is left out.

        Raises:
            UserError: A question refuses its answer.
        """
        asked = {
            name: value
            for name, value in self.values.items()
            if name in questionnaire.questions and not questionnaire.questions[name].computed
        }
        folder = self.path.parent.name
        return questionnaire.answer(folder, Given(asked, str(self.path)), before=self.values)


def read_record(folder: Path) -> Record:
    """Read how a project was made.

    Raises:
        UserError: It does not say, or not in full.
    """
    path = folder / ANSWERS_FILE
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise UserError(
            "A project that knows its template",
            found=f"no {ANSWERS_FILE}",
            where=str(folder),
            remedy="Write one for this project with `stackyard adopt`.",
        ) from error
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise _fault(path, " ".join(str(error).split())) from error
    if not isinstance(content, dict) or not all(isinstance(name, str) for name in content):
        raise _fault(path, "no answers by question")
    for name in ("_src_path", "_commit"):
        if not isinstance(content.get(name), str):
            raise _fault(path, f"no {name}, so that no version of a template can be found again")
    values = {name: value for name, value in content.items() if not name.startswith("_")}
    return Record(path, content["_src_path"], content["_commit"], values)


def _fault(path: Path, found: str) -> UserError:
    return UserError(
        "The answers that a project was made of",
        found=found,
        where=str(path),
        remedy="Take the file from the project's history.",
    )
