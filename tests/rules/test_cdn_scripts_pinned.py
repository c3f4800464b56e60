"""cdn-scripts-pinned."""

import pytest

from tests.rules.repo import Break, flags, passes

BREAK = Break(
    "templates/base.html", "  </head>", '    <script src="https://unpkg.com/htmx.org"></script>\n  </head>'
)


@pytest.mark.parametrize(
    "text",
    [
        '<script src="https://unpkg.com/htmx.org@2.0.4"></script>',
        '<script src="https://cdn.jsdelivr.net/npm/alpinejs@3.14.8/dist/cdn.min.js"></script>',
        '<link href="https://cdn.jsdelivr.net/npm/@fontsource/inter@5/index.css">',
        '<!-- <script src="https://unpkg.com/htmx.org"></script> -->',
        '{# <script src="https://unpkg.com/htmx.org"></script> #}',
        "{% comment %}https://unpkg.com/htmx.org{% endcomment %}",
        "<script src=\"{% static 'htmx.js' %}\"></script>",
        '<script src="https://cdnjs.cloudflare.com/ajax/libs/htmx/2.0.4/htmx.min.js"></script>',
    ],
)
def test_a_version_or_no_cdn(text: str) -> None:
    passes("cdn-scripts-pinned", {"templates/base.html": f"<html>\n{text}\n"})


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ('<script src="https://unpkg.com/htmx.org"></script>', "htmx.org comes from a CDN without a version"),
        (
            '<script src="https://unpkg.com/vue@latest/dist/vue.js"></script>',
            "vue comes from a CDN in the version latest",
        ),
        (
            '<script src="//cdn.jsdelivr.net/npm/alpinejs@3.x.x/dist/cdn.min.js">',
            "alpinejs comes from a CDN in the version 3.x.x",
        ),
        ('<link href="https://cdn.jsdelivr.net/npm/@x/css/a.css">', "@x/css comes from a CDN without"),
    ],
)
def test_no_version(text: str, fact: str) -> None:
    flags(
        "cdn-scripts-pinned",
        {"shop/templates/base.html": f"{{#\n#}}\n{text}\n"},
        f"shop/templates/base.html:3 {fact}",
    )


@pytest.mark.parametrize("path", ["docs/index.html", "README.md"])
def test_what_is_no_page(path: str) -> None:
    passes("cdn-scripts-pinned", {path: "https://unpkg.com/htmx.org\n"})
