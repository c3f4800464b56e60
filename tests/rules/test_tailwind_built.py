"""tailwind-built."""

import pytest

from tests.rules.repo import Break, flags, passes

BREAK = Break(
    "templates/base.html", "  </head>", '    <script src="https://cdn.tailwindcss.com"></script>\n  </head>'
)


@pytest.mark.parametrize(
    "text",
    [
        '<link rel="stylesheet" href="{% static \'tailwind.css\' %}">',
        '<!-- <script src="https://cdn.tailwindcss.com"></script> -->',
        "See https://cdn.tailwindcss.com",
    ],
)
def test_it_is_built(text: str) -> None:
    passes("tailwind-built", {"templates/base.html": text})


@pytest.mark.parametrize(
    "url", ["https://cdn.tailwindcss.com?plugins=forms", "https://unpkg.com/@tailwindcss/browser@4.1.0"]
)
def test_it_is_made_in_the_browser(url: str) -> None:
    flags(
        "tailwind-built",
        {"templates/base.html": f'\n<script src="{url}"></script>'},
        "templates/base.html:2 Tailwind",
    )
