"""recommended-versions."""

from tests.rules.repo import Break, flags, passes

BREAK = Break(
    "poetry.lock",
    'name = "django-debug-toolbar"\nversion = "',
    'name = "django-debug-toolbar"\nversion = "0.',
)


def test_a_new_one_passes() -> None:
    passes("recommended-versions", {"requirements.txt": "django-debug-toolbar==6.0\ndjango==4.2\n"})


def test_an_old_one() -> None:
    files = {"requirements-dev.txt": "ipython\ndjango-debug-toolbar==3.8\n"}
    flags(
        "recommended-versions",
        files,
        "requirements-dev.txt:2 django-debug-toolbar is 3.8; the standard wants 4.2",
    )
