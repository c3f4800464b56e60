"""logging-configured."""

import pytest

from tests.rules.django import django
from tests.rules.repo import Break, flags, passes

BREAK = Break(
    "stack/logging/settings.py",
    "LOGGING: dict[str, Any] = {",
    "LOGS: dict[str, Any] = {",
    more=(
        Break("stack/audit/settings.py", "LOGGING[", "LOGS["),
        Break("stack/audit/settings.py", "import LOGGING", "import LOGS"),
    ),
)


@pytest.mark.parametrize(
    "text",
    [
        "LOGGING = {'version': 1}",
        "LOGGING = load('logging.yaml')",
        "import logging.config\nlogging.config.dictConfig(CONFIG)",
        "import logging\nlogging.basicConfig(level='INFO')",
        "import structlog",
        "from elsewhere import *",
    ],
)
def test_configured_or_not_told(text: str) -> None:
    passes("logging-configured", django(text))


@pytest.mark.parametrize(
    ("text", "where"), [("", ""), ("LOGGING = {}", ":2"), ("# LOGGING = {'version': 1}", "")]
)
def test_not_configured(text: str, where: str) -> None:
    flags("logging-configured", django(text), f"config/settings.py{where} LOGGING is not set")
