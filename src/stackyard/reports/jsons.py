"""For programs: JSON, as docs/reference/check.schema.json describes it."""

from __future__ import annotations

import json
from typing import Any

from stackyard.checking.result import Report, Result

FORMAT = 1


def json_text(report: Report, *, indent: int | None = 2) -> str:
    """Write a report in JSON.

    Args:
        report: What was found.
        indent: The spaces of an indentation; None for one line.
    """
    return json.dumps(as_data(report), indent=indent) + "\n"


def as_data(report: Report) -> dict[str, Any]:
    """Give a report as what JSON has."""
    return {
        "format": FORMAT,
        "project": report.name,
        "rules": report.rules,
        "failure": report.failure or None,
        "findings": [_finding(item) for item in report.results],
        "unread": [
            {"path": problem.where.path, "line": problem.where.line or None, "fact": problem.fact}
            for problem in report.problems
        ],
        "notes": list(report.notes),
    }


def _finding(item: Result) -> dict[str, Any]:
    return {
        "rule": item.rule,
        "level": item.level,
        "path": item.where.path or None,
        "line": item.where.line or None,
        "fact": item.fact,
        "remedy": item.remedy,
        "fixable": bool(item.edits),
        "state": item.state,
        "reason": item.reason or None,
        "fingerprint": item.fingerprint,
    }
