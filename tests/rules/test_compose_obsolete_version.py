"""compose-obsolete-version."""

import pytest

from stackyard.checking.fixing import edited
from tests.rules.repo import Break, findings, flags, passes

RULE = "compose-obsolete-version"
BREAK = Break("docker-compose.yml", "\nname: myproject\n", '\nversion: "3.9"\nname: myproject\n')
SERVICES = "services:\n  web:\n    build: .\n"


@pytest.mark.parametrize("version", ["version: '3.8'", 'version: "3" # as it was', "version: 3.9"])
def test_one_and_its_fix(version: str) -> None:
    text = f"# Ours\n{version}\n{SERVICES}"
    flags(RULE, {"docker-compose.yml": text}, "docker-compose.yml:2 says nothing to Compose")
    (edit,) = findings(RULE, {"docker-compose.yml": text})[0].edits
    assert edited(text, edit) == f"# Ours\n{SERVICES}"


def test_each_file_is_found_once() -> None:
    text = f"version: '3'\n{SERVICES}"
    files = {
        "docker-compose.yml": text,
        "docker-compose.override.yml": "version: '3'\nservices:\n  web:\n    ports: []\n",
    }
    flags(RULE, files, "docker-compose.yml:1 version", "docker-compose.override.yml:1 version")


@pytest.mark.parametrize(
    "files",
    [
        {"docker-compose.yml": SERVICES},
        {"docker-compose.yml": f"# version: '3'\n{SERVICES}"},
        {"docker-stack.yml": f"version: '3.9'\n{SERVICES}"},
        {"docker-compose.yml": f"version: '3.9'\n{SERVICES}    deploy: {{update_config: {{order: x}}}}\n"},
        {"docker-compose.yml": f"{SERVICES}    labels: {{version: '3'}}\n"},
    ],
)
def test_none_and_swarm_s_pass(files: dict[str, str]) -> None:
    passes(RULE, files)
