"""`stackyard show`: the team's reference, with a proof for each line."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from enum import StrEnum
from pathlib import Path

from stackyard.checking.registry import read_rules
from stackyard.commands.output import Words
from stackyard.errors import UserError
from stackyard.project.facts import Project
from stackyard.rule import Rule
from stackyard.standard.proofs import Proof, read_proofs
from stackyard.standard.reader import OFF, Practice, Standard, Technology, read_standard


class Form(StrEnum):
    """How the reference is written."""

    MARKDOWN = "markdown"
    JSON = "json"


def show(form: Form, stack: Path | None, folder: Path, reports: list[Path], output: Words) -> int:
    """Write what the standard wants, what a project has locked of it, and what proves each line.

    Args:
        form: How it is written.
        stack: A team's stack file.
        folder: The project whose versions are told.
        reports: The JUnit reports of its tests, if any.
        output: Where it is written.

    Raises:
        UserError: A file is missing, or says something else.
    """
    if not folder.is_dir():
        raise UserError(
            "A project's folder", found="no such folder", where=str(folder), remedy="Name another."
        )
    standard = read_standard(stack)
    project = Project(folder, standard)
    proofs = {proof.technology.id: proof for proof in read_proofs(reports, standard)} if reports else {}
    rows = [_row(entry, project, proofs, read_rules(), standard) for entry in standard.entries.values()]
    if form is Form.JSON:
        output.show(json.dumps({"format": 1, "entries": rows}, indent=2) + "\n")
    else:
        output.show("".join(f"{line}\n" for line in _markdown(rows, standard)))
    return 0


def _row(
    entry: Practice,
    project: Project,
    proofs: Mapping[str, Proof],
    rules: Mapping[str, Rule],
    standard: Standard,
) -> dict[str, object]:
    technology = entry if isinstance(entry, Technology) else None
    locked = {
        package: str(project.packages.locked[package])
        for package in (technology.packages if technology else ())
        if package in project.packages.locked
    }
    proof = proofs.get(entry.id)
    return {
        "id": entry.id,
        "name": entry.name,
        "section": standard.sections[entry.section],
        "level": entry.level,
        "minimum": technology.minimum if technology else None,
        "alternatives": list(technology.alternatives) if technology else [],
        "locked": locked,
        "rules": {
            rule.id: standard.level(rule.id, rule.entry) or OFF
            for rule in rules.values()
            if rule.entry == entry.id
        },
        "unchecked": entry.unchecked or None,
        "proofs": sorted(set(proof.passed)) if proof and proof.proven else [],
    }


def _markdown(rows: list[dict[str, object]], standard: Standard) -> Iterator[str]:
    yield "# The stack"
    yield ""
    yield "Written by `stackyard show`: what every service runs on, at which version, and what says so."
    for title in standard.sections.values():
        mine = [row for row in rows if row["section"] == title]
        if not mine:
            continue
        yield ""
        yield f"## {title}"
        yield ""
        yield "| what | level | at least | locked | checked by | proven by |"
        yield "|---|---|---|---|---|---|"
        for row in mine:
            yield f"| {' | '.join(_cells(row))} |"


def _cells(row: Mapping[str, object]) -> Iterator[str]:
    locked, rules, proofs = row["locked"], row["rules"], row["proofs"]
    assert isinstance(locked, dict) and isinstance(rules, dict) and isinstance(proofs, list)
    yield str(row["name"])
    yield str(row["level"])
    yield str(row["minimum"] or "")
    yield "<br>".join(f"{name} {version}" for name, version in locked.items())
    yield "<br>".join(f"`{name}`" for name in rules) or str(row["unchecked"] or "")
    yield f"`{proofs[0]}`{f' and {len(proofs) - 1} more' if proofs[1:] else ''}" if proofs else ""
