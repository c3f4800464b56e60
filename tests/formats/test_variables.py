"""Variables, as Compose and BuildKit write them."""

import pytest

from stackyard.formats.variables import expand

VALUES = {"SET": "value", "EMPTY": ""}


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("$SET", "value"),
        ("${SET}-x", "value-x"),
        ("${NOT:-16}", "16"),
        ("${EMPTY:-16}", "16"),
        ("${EMPTY-16}", ""),
        ("${NOT-16}", "16"),
        ("${SET:+other}", "other"),
        ("${NOT:+other}", ""),
        ("${NOT:-${SET:-x}}", "value"),
        ("${NOT:?say it}", "${NOT:?say it}"),
        ("$NOT", "$NOT"),
        ("$$SET", "$SET"),
        ("no variable", "no variable"),
    ],
)
def test_variables_are_replaced(text: str, wanted: str) -> None:
    assert expand(text, VALUES) == wanted


def test_one_that_grows_without_end_stops() -> None:
    assert len(expand("$A$A", {"A": "$A$A" * 1000})) < 100_000_000
