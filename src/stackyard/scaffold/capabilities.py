"""What can be added to a project and removed from it, as its template's questions have it.

A capability is a flag that markers may name: a question of yes or no, or one that follows from a choice.
Which answer turns it on or off is found by trying: no list of them is kept anywhere.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from stackyard.errors import UserError
from stackyard.scaffold.extension import flags_of
from stackyard.scaffold.questions import Answers, Given, Question, Questionnaire


def switch(questionnaire: Questionnaire, answers: Answers, name: str, wanted: bool) -> dict[str, Any]:
    """Find the answer that turns a capability on or off.

    Args:
        questionnaire: The questions.
        answers: The project's answers.
        name: The capability.
        wanted: Whether it is to be on.

    Returns:
        The question, and its new answer; nothing, if it is so already.

    Raises:
        UserError: There is no such capability.
    """
    flags = flags_of(answers)
    if flags.get(name) is wanted and _can_change(questionnaire, answers, name):
        return {}
    if name in flags:
        for question, value in _alternatives(questionnaire, answers, name):
            if _flags_with(questionnaire, answers, question, value)[name] is wanted:
                return {question: value}
    known = ", ".join(
        f"{flag} ({'on' if is_on else 'off'})"
        for flag, is_on in flags.items()
        if _can_change(questionnaire, answers, flag)
    )
    raise UserError(
        "A capability of the template",
        found=f"{name!r}, which it does not have",
        where=questionnaire.path.name,
        remedy=f"There are: {known}.",
    )


def _can_change(questionnaire: Questionnaire, answers: Answers, flag: str) -> bool:
    return any(
        _flags_with(questionnaire, answers, question, value)[flag] is not answers[flag]
        for question, value in _alternatives(questionnaire, answers, flag)
    )


def _alternatives(questionnaire: Questionnaire, answers: Answers, flag: str) -> Iterator[tuple[str, Any]]:
    """Give each change of one answer, in the order of the questions and their choices."""
    for name, question in questionnaire.questions.items():
        if question.computed or (flag in questionnaire.remembered(answers) and flag != name):
            continue
        for value in _values(question, answers[name]):
            if value != answers[name]:
                yield name, value


def _values(question: Question, present: Any) -> Iterator[Any]:
    if question.kind == "bool":
        yield not present
    elif question.several:
        for choice in question.choices:
            yield [each for each in question.choices if (each in present) is (each != choice)]
    else:
        yield from question.choices


def _flags_with(
    questionnaire: Questionnaire, answers: Answers, question: str, value: object
) -> dict[str, bool]:
    changed = Given({**questionnaire.remembered(answers), question: value})
    return flags_of(questionnaire.answer(answers["_folder_name"], changed, checked=False))
