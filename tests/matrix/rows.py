"""Which projects are tried: a covering array over all questions, in which each pair of answers meets."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from itertools import combinations, product
from typing import Any

import covertable  # type: ignore[import-untyped]

from stackyard.errors import UserError
from stackyard.scaffold.questions import Answers, Given, Questionnaire

NAMES = ["Shop", "X", "Örtlich & O'Neill (Nr. 1): Söhne, Töchter + Enkel"]
"""The last is as long, and as odd, as a name may be."""

type Row = Mapping[str, Any]
"""A value for each factor: a question's name, or `question.choice` where several may be chosen."""


def factors(questionnaire: Questionnaire) -> dict[str, list[Any]]:
    """Give every question that has a countable number of answers, and its answers."""
    found: dict[str, list[Any]] = {"project_name": NAMES}
    for name, question in questionnaire.questions.items():
        if question.computed or name == "preset":  # which only proposes answers to the others
            continue
        if question.several:
            found |= {f"{name}.{choice}": [False, True] for choice in question.choices}
        elif question.choices:
            found[name] = list(question.choices)
        elif question.kind == "bool":
            found[name] = [False, True]
    return found


def given(row: Row) -> dict[str, object]:
    """Give a row's answers."""
    answers: dict[str, Any] = {}
    for factor, value in row.items():
        name, _, choice = factor.partition(".")
        if choice:
            answers[name] = [*answers.get(name, []), *([choice] if value else [])]
        else:
            answers[name] = value
    return answers


def answered(questionnaire: Questionnaire, row: Row) -> Answers | None:
    """Give all answers of a row; None if the questions refuse it."""
    try:
        return questionnaire.answer("project", Given(given(row)))
    except UserError:
        return None


def refused_pairs(questionnaire: Questionnaire) -> list[Row]:
    """Give the pairs of answers that the questions refuse, with all else at its default."""
    table = factors(questionnaire)
    pairs = [
        {one: first, other: second}
        for one, other in combinations(table, 2)
        for first, second in product(table[one], table[other])
    ]
    return [pair for pair in pairs if answered(questionnaire, pair) is None]


def rows(questionnaire: Questionnaire) -> list[Row]:
    """Give rows in which each pair of values of two factors meets, unless the questions refuse it."""
    constraints = [
        {"operator": "fn", "requires": list(pair), "evaluate": partial(_differs, pair)}
        for pair in refused_pairs(questionnaire)
    ]
    return [dict(row) for row in covertable.make(factors(questionnaire), constraints=constraints)]


def _differs(pair: Row, row: Row) -> bool:
    return any(row[factor] != value for factor, value in pair.items())


def title(row: Row) -> str:
    """Name a row by what it has."""
    words = [
        factor.rpartition(".")[2] if value is True else str(value)
        for factor, value in row.items()
        if value not in (False, "none") and factor != "project_name"
    ]
    return "+".join(words) or "nothing"
