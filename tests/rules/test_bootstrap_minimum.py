"""bootstrap-minimum."""

import pytest

from tests.rules.repo import Break, flags, passes

OLD = "https://cdn.jsdelivr.net/npm/bootstrap@4.6.2/dist/css/bootstrap.min.css"
BREAK = Break("templates/base.html", "  </head>", f'    <link rel="stylesheet" href="{OLD}">\n  </head>')


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("package.json", '{"dependencies": {"bootstrap": "^5.3.3"}}'),
        ("package.json", '{"dependencies": {"bootstrap": "latest", "bootstrap-icons": "1.11.0"}}'),
        ("templates/base.html", f'<link href="{OLD.replace("4.6.2", "5.3.3")}">'),
        ("templates/base.html", f'<!-- <link href="{OLD}"> -->'),
        ("templates/base.html", '<link href="https://cdn.jsdelivr.net/npm/bootstrap-icons@1.11.3/x.css">'),
    ],
)
def test_new_enough(path: str, text: str) -> None:
    passes("bootstrap-minimum", {path: text})


@pytest.mark.parametrize(
    ("path", "text", "version"),
    [
        ("frontend/package.json", '{"dependencies": {"bootstrap": "^4.6.0"}}', "4.6.0"),
        ("templates/base.html", f'<link href="{OLD}">', "4.6.2"),
        (
            "templates/base.html",
            '<link href="https://stackpath.bootstrapcdn.com/bootstrap/4.5.2/css/b.css">',
            "4.5.2",
        ),
        (
            "templates/base.html",
            '<script src="//cdnjs.cloudflare.com/ajax/libs/twitter-bootstrap/3.4.1/b.js">',
            "3.4.1",
        ),
    ],
)
def test_older(path: str, text: str, version: str) -> None:
    flags("bootstrap-minimum", {path: text}, f"{path}:1 Bootstrap {version} is older than 5")
