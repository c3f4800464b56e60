"""mermaid."""

import pytest

from tests.rules.repo import Break, flags, passes

BREAK = Break("docs/security/threat-model.md", "```mermaid", "```text")


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("README.md", "# Shop\n\n```mermaid\nflowchart LR\n```\n"),
        ("docs/architecture.md", "- a\n\n  ~~~ mermaid\n  flowchart LR\n  ~~~\n"),
        ("docs/architecture.rst", ".. mermaid::\n\n   flowchart LR\n"),
        ("docs/architecture.md", "```{mermaid}\nflowchart LR\n```\n"),
        ("docs/architecture.mmd", "flowchart LR\n"),
    ],
)
def test_a_diagram(path: str, text: str) -> None:
    passes("mermaid", {"README.md": "# Shop\n", path: text})


@pytest.mark.parametrize("text", ["", "We like mermaid.\n", "```text\nmermaid\n```\n"])
def test_none(text: str) -> None:
    flags("mermaid", {"README.md": text}, "README.md no document has a diagram")


def test_without_readme_it_is_another_rules() -> None:
    passes("mermaid", {"manage.py": ""})
