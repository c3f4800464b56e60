"""The threat model speaks of what a project has."""

from __future__ import annotations

import re

import pytest

from stackyard.scaffold import threats
from stackyard.scaffold.questions import Given
from stackyard.scaffold.render import render
from stackyard.scaffold.template import installed

TEXT = """\
Tests are in `tests/nowhere`, and `a/gone.py` is named in a sentence.

| threat | shown by |
|---|---|
| one | `a/tests/test_one.py` |
| two | `a/tests/test_one.py`, `b/tests/test_two.py` |
| three | a word and a `name` |
"""


def test_a_row_goes_with_what_it_names() -> None:
    whole = {"a/tests/test_one.py", "b/tests/test_two.py"}

    assert threats.cut(TEXT, whole) == TEXT
    assert threats.cut(TEXT, {"a/tests/test_one.py"}) == re.sub(r"\| two .*\n", "", TEXT)
    assert threats.cut(TEXT, set()) == re.sub(r"\| (one|two) .*\n", "", TEXT)


@pytest.mark.parametrize("preset", ["full", "web", "api", "minimal"])
def test_a_project_s_model_names_what_it_has(preset: str) -> None:
    template = installed()
    files = render(template, template.questionnaire.answer("shop", Given({"preset": preset})))
    rows = re.findall(r"^\| [STRIDE] \|.*", files[threats.PAGE].content.decode(), re.MULTILINE)
    named = [path for row in rows for path in re.findall(r"`([^`]+/[^`]+)`", row)]

    assert len(rows) > 10
    assert set(named) <= files.keys()
    assert ("stack/jwt/tests/test_forged.py" in named) is (preset in {"full", "api"})
