"""`.env.example` has the variables that something reads, and what is said of those."""

from __future__ import annotations

import re

import pytest

from stackyard.scaffold import example
from stackyard.scaffold.questions import Given
from stackyard.scaffold.render import render
from stackyard.scaffold.template import installed

TEXT = """\
# About the file

# About one
ONE=1
# About two
# and three, at length
# TWO=
#THREE=3

# About four
FOUR=
"""


@pytest.mark.parametrize(
    ("read", "kept"),
    [
        ({"ONE", "TWO", "THREE", "FOUR"}, TEXT),
        ({"ONE"}, "# About the file\n\n# About one\nONE=1\n"),
        ({"THREE"}, "# About the file\n\n# About two\n# and three, at length\n#THREE=3\n"),
        ({"FOUR"}, "# About the file\n\n# About four\nFOUR=\n"),
        (set(), "# About the file\n"),
    ],
)
def test_a_comment_goes_with_the_variables_that_it_is_on(read: set[str], kept: str) -> None:
    assert example.cut(TEXT, read) == kept


def test_only_code_and_configuration_read() -> None:
    files = [
        ("config/settings.py", b'env.str("ONE")'),
        ("apps/tests/test_a.py", b"TWO"),
        ("README.md", b"THREE"),
        (".env.example", b"FOUR=1"),
        ("logo.png", b"\x89PNG\xff FIVE"),
        ("poetry.lock", b"SIX"),
        ("docker-compose.yml", b"${SEVEN:-}"),
    ]
    assert example.names_read(files) >= {"ONE", "SEVEN"}
    assert not example.names_read(files) & {"TWO", "THREE", "FOUR", "SIX"}


@pytest.mark.parametrize("preset", ["full", "web", "api", "minimal"])
def test_a_project_names_what_it_reads_and_nothing_else(preset: str) -> None:
    template = installed()
    files = render(template, template.questionnaire.answer("shop", Given({"preset": preset})))
    named = set(re.findall(r"^(?:# )?([A-Z_]+)=", files[".env.example"].content.decode(), re.MULTILINE))
    everywhere = b"\n".join(
        file.content for path, file in files.items() if not path.endswith((".md", ".lock"))
    )

    assert {"SECRET_KEY", "DATABASE_URL", "COMPOSE_PROFILES"} <= named
    assert ("REDIS_URL" in named) is (preset != "minimal")
    assert ("JWT_SIGNING_KEY" in named) is (preset in {"full", "api"})
    for name in named:
        assert len(re.findall(rf"\b{name}\b".encode(), everywhere)) > 1, f"{preset}: nothing reads {name}"
