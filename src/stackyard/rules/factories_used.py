"""Test data come from factories, where factory-boy is installed.

Tests that build each object by hand break whenever a model gets a field. Looked at is whether any module
imports `factory`, or pytest-factoryboy; only where factory-boy is asked for and there are tests.

Standard: Testing & quality: test tools: factory-boy (test data factories).
"""

from collections.abc import Iterator

from stackyard.project.facts import Project
from stackyard.rule import Finding, rule

_USED = r"^\s*(?:import factory\b|from factory\b|import pytest_factoryboy\b|from pytest_factoryboy\b)"


@rule("factories-used", entry="factory-boy")
def check(project: Project) -> Iterator[Finding]:
    asked = project.packages.get("factory-boy")
    if asked is not None and project.tests and project.mentions(_USED, tests=True) is None:
        yield Finding(
            asked.where,
            "factory-boy is installed, and no module imports factory",
            "write a `DjangoModelFactory` for the models that tests make, or remove it",
        )
