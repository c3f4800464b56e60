"""sentry-dsn-from-environment."""

import pytest

from tests.rules.repo import Break, flags, passes

KEY = "0123456789abcdef" * 2
BREAK = Break(
    "stack/sentry/settings.py",
    'env.str("SENTRY_DSN", "")',
    f'env.str("SENTRY_DSN", "https://{KEY}@o1.ingest.sentry.io/1")',
)


@pytest.mark.parametrize(
    "text",
    [
        'SENTRY_DSN = env("SENTRY_DSN")',
        'SENTRY_DSN = "https://key@sentry.example.com/1"',
        f'# SENTRY_DSN = "https://{KEY}@sentry.io/1"',
        f'URL = "https://{KEY}@example.com/path"',
    ],
)
def test_no_dsn(text: str) -> None:
    passes("sentry-dsn-from-environment", {"shop/settings.py": f"{text}\n"})


@pytest.mark.parametrize(
    "text",
    [
        f'sentry_sdk.init("https://{KEY}@o12.ingest.us.sentry.io/345")',
        f"sentry_sdk.init(dsn='https://{KEY}:{KEY}@sentry.example.com/sub/345')",
        f'DSN = os.environ.get("SENTRY_DSN", "https://{KEY}@sentry.io/1")',
    ],
)
def test_a_dsn(text: str) -> None:
    flags(
        "sentry-dsn-from-environment",
        {"shop/settings.py": f"{text}\n"},
        "shop/settings.py:1 the DSN of a project at",
    )


def test_tests_may_have_one() -> None:
    passes("sentry-dsn-from-environment", {"tests/settings.py": f'DSN = "https://{KEY}@sentry.io/1"\n'})
