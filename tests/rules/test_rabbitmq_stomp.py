"""rabbitmq-stomp."""

import pytest

from tests.rules.repo import Break, flags, passes

BREAK = Break(
    "deploy/rabbitmq/enabled_plugins",
    ",rabbitmq_stomp",
    more=(Break("stack/outbox/management/commands/publish.py", new=None),),
)

PACKAGE = '[tool.poetry.dependencies]\ndjango-outbox-pattern = "^3"\n'
QUEUE = "services:\n  queue:\n    image: rabbitmq:4-management\n"
FILES = {"pyproject.toml": PACKAGE, "compose.yml": QUEUE}


@pytest.mark.parametrize(
    ("path", "text"),
    [
        (
            "compose.yml",
            f'{QUEUE}    command: bash -c "rabbitmq-plugins enable rabbitmq_stomp && rabbitmq-server"\n',
        ),
        ("compose.yml", f"{QUEUE}    environment: {{RABBITMQ_PLUGINS: rabbitmq_stomp}}\n"),
        ("rabbitmq/enabled_plugins", "[rabbitmq_management, rabbitmq_stomp].\n"),
        ("queue/Dockerfile", "FROM rabbitmq:4\nRUN rabbitmq-plugins enable --offline rabbitmq_stomp\n"),
        ("orders/management/commands/publish.py", ""),
        ("pyproject.toml", ""),
        ("compose.yml", "services:\n  db:\n    image: postgres:18\n"),
    ],
)
def test_it_does_or_need_not(path: str, text: str) -> None:
    passes("rabbitmq-stomp", {**FILES, path: text})


def test_it_does_not() -> None:
    flags("rabbitmq-stomp", FILES, "compose.yml:2 the service queue does not speak STOMP")
