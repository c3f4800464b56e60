"""Names in place of the living template's own."""

from __future__ import annotations

import pytest

from stackyard.errors import UserError
from stackyard.scaffold.names import replace, replace_in_path

ANSWERS = {
    "project_name": 'Bob & "Sons"',
    "project_slug": "bob_sons",
    "description": "Sells *all* {{ things }} <b>.",
    "author_name": "The \\ team",
    "domain": "bob.example.org",
    "author_email": "makers@bob.example.org",
}


@pytest.mark.parametrize(
    ("path", "text", "result"),
    [
        ("a.py", 'X = "myproject"', 'X = "bob_sons"'),
        ("a.py", 'X = "My Project"', r'X = "Bob & \"Sons\""'),
        ("a.toml", 'x = "My Team"', r'x = "The \\ team"'),
        ("a.yml", 'x: "My Team"', r'x: "The \\ team"'),
        ("a.yaml", 'x: "My Team"', r'x: "The \\ team"'),
        ("a.html", "<h1>My Project</h1>", "<h1>Bob &amp; &quot;Sons&quot;</h1>"),
        (
            "a.html",
            "<p>What My Project is for.",
            "<p>Sells *all* &#123;&#123; things &#125;&#125; &lt;b&gt;.",
        ),
        ("a.md", "What My Project is for.", r"Sells \*all\* {{ things }} \<b\>."),
        (".env.example", "HOSTS=myproject.example.com", "HOSTS=bob.example.org"),
        ("Procfile", "web: myproject team@myproject.example.com", "web: bob_sons makers@bob.example.org"),
    ],
)
def test_a_name_is_escaped_as_its_file_wants_it(path: str, text: str, result: str) -> None:
    assert replace(text, path, ANSWERS) == result


def test_free_text_in_a_file_without_a_way_to_escape_it_is_refused() -> None:
    with pytest.raises(UserError) as caught:
        replace("#!/bin/sh\n\necho My Project\n", "scripts/run.sh", ANSWERS)

    assert caught.value.where == "scripts/run.sh:3"
    assert "`My Project`" in caught.value.found


def test_a_name_that_holds_a_placeholder_is_not_replaced_again() -> None:
    answers = ANSWERS | {"project_name": "myproject of My Team"}

    assert replace("# My Project", "README.md", answers) == "# myproject of My Team"


def test_files_and_folders_get_the_slug() -> None:
    assert replace_in_path("deploy/myproject.conf", ANSWERS) == "deploy/bob_sons.conf"
