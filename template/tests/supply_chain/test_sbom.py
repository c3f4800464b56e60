"""The lists of contents that the workflow makes: of what production runs, and of what development wants."""

import json
import re
import subprocess
import sys

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

from stack.environment import BASE_DIR
from tests.supply_chain.lock import LOCK, read

WORKFLOW = (BASE_DIR / ".github" / "workflows" / "security.yml").read_text(encoding="utf-8")
COMMANDS = re.findall(r"poetry run python (-m tests\.supply_chain\.sbom (\w+)) > (\w+)\.cdx\.json", WORKFLOW)


def test_there_is_one_of_production_and_one_of_development() -> None:
    assert [(group, name) for _, group, name in COMMANDS] == [("main", "production"), ("dev", "development")]


@pytest.mark.asvs("15.1.2")
@pytest.mark.parametrize(("command", "group", "name"), COMMANDS, ids=[name for *_, name in COMMANDS])
def test_each_lists_the_packages_of_its_group_and_no_other(command: str, group: str, name: str) -> None:
    text = subprocess.check_output([sys.executable, *command.split()], cwd=BASE_DIR, text=True, timeout=60)
    listed = json.loads(text)["components"]

    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(text) is None
    assert {component["name"] for component in listed} == {
        package.name for package in read(LOCK) if group in package.groups
    }
    own, others = ("gunicorn", "black") if name == "production" else ("black", "gunicorn")
    assert others not in {component["name"] for component in listed}
    [component] = [component for component in listed if component["name"] == own]
    assert component["licenses"] == [{"license": {"id": "MIT"}}]
    assert component["purl"] == f"pkg:pypi/{own}@{component['version']}"
