"""google-docstrings."""

import pytest

from tests.rules.repo import Break, flags, passes

BREAK = Break("pyproject.toml", 'docstring-convention = "google"', 'docstring-convention = "numpy"')

GOOGLE = 'def f{}(x):\n    """Do.\n\n    Args:\n        x: A thing.\n    """\n\n\n'
SPHINX = 'def g{}(x):\n    """Do.\n\n    :param x: A thing.\n    """\n\n\n'
NUMPY = 'def h{}(x):\n    """Do.\n\n    Parameters\n    ----------\n    x : int\n    """\n\n\n'
PLAIN = 'def k{}(x):\n    """Do."""\n\n\n'


def module(*functions: str) -> dict[str, str]:
    return {"shop/x.py": "".join(text.format(number) for number, text in enumerate(functions))}


@pytest.mark.parametrize(
    "functions", [[GOOGLE] * 3, [PLAIN] * 9, [SPHINX] * 2, [GOOGLE] * 3 + [SPHINX] * 3, []]
)
def test_googles_or_too_few_to_say(functions: list[str]) -> None:
    passes("google-docstrings", module(*functions))


@pytest.mark.parametrize(("style", "name"), [(SPHINX, "Sphinx"), (NUMPY, "NumPy")])
def test_others(style: str, name: str) -> None:
    fact = f"shop/x.py:2 4 docstrings are in the style of {name}, and 1 in Google's"
    flags("google-docstrings", module(style, style, style, style, GOOGLE), fact)


def test_texts_that_are_no_docstrings() -> None:
    passes("google-docstrings", {"shop/x.py": 'A = """\n:param x: 1\n"""\n' * 5, "tests/x.py": SPHINX * 5})


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("setup.cfg", "[pydocstyle]\nconvention = numpy\n"),
        ("pyproject.toml", '[tool.ruff.lint.pydocstyle]\nconvention = "numpy"\n'),
    ],
)
def test_a_linter_that_asks_for_others(path: str, text: str) -> None:
    flags("google-docstrings", {path: text}, f"{path}:2 in the convention numpy")
