"""Vault's client reads secrets.

A client that is installed and never imported reads none: the secrets are somewhere else than the project
says.

Flagged is a project that installs hvac while no code, tests and comments aside, imports it.

Standard: Security, secrets management: HashiCorp Vault.
"""

from collections.abc import Iterator

from stackyard.project.facts import Project
from stackyard.rule import Finding, rule


@rule("vault-used", entry="vault")
def check(project: Project) -> Iterator[Finding]:
    client = project.packages.deployed("hvac")
    if client and not project.imported("hvac") and project.settings.modules:
        yield Finding(
            client.where,
            "hvac is installed, and nothing reads a secret from Vault",
            "read the secrets by it where the settings are read, or remove it",
        )
