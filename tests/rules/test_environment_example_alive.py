"""environment-example-alive."""

import pytest

from tests.rules.repo import Break, flags, passes

BREAK = Break(".env.example", "# SITE_ORIGIN=", "# LEGACY_API_TIMEOUT=5\n# SITE_ORIGIN=")

SETTINGS = {"shop/settings.py": 'import os\n\nINSTALLED_APPS = []\nA = os.environ["KNOWN"]\n'}


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("compose.yml", "services:\n  web:\n    image: shop:${PAYMENT_KEY}\n"),
        ("start.sh", "#!/bin/sh\necho $PAYMENT_KEY\n"),
        ("tests/conftest.py", 'os.environ["PAYMENT_KEY"]\n'),
        ("shop/x.py", "payment_key: str\n"),
        ("shop/x.py", "class Settings(BaseSettings):\n    pass\n"),
        ("shop/x.py", 'os.environ[f"PAYMENT_{name}"]\n'),
        (".env.example", "PAYMENT_KEY=1\nKNOWN=${PAYMENT_KEY}\n"),
        (".env.example", "AWS_ACCESS_KEY_ID=\nPOSTGRES_USER=\nVITE_NAME=\n"),
    ],
)
def test_what_something_may_read(path: str, text: str) -> None:
    passes("environment-example-alive", {**SETTINGS, ".env.example": "KNOWN=\nPAYMENT_KEY=\n", path: text})


@pytest.mark.parametrize("path", ["README.md", "poetry.lock", "locale/x.po"])
def test_what_nothing_reads(path: str) -> None:
    files = {**SETTINGS, ".env.example": "KNOWN=\n# PAYMENT_KEY=\n", path: "PAYMENT_KEY\n"}
    flags(
        "environment-example-alive",
        files,
        ".env.example:2 PAYMENT_KEY is in the example, and nothing reads it",
    )
