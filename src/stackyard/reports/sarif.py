"""For code scanning: SARIF 2.1.0, by OASIS."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from importlib.metadata import version
from typing import Any
from urllib.parse import quote

from stackyard.checking.result import Report, Result, State
from stackyard.rule import Rule
from stackyard.standard.reader import Level

_LEVELS = {Level.REQUIRED: "error", Level.RECOMMENDED: "warning", Level.OPTIONAL: "note"}
_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


def sarif(reports: Iterable[Report], rules: Mapping[str, tuple[Rule, Level]]) -> str:
    """Write reports in SARIF, a run each.

    Args:
        reports: What was found.
        rules: The rules that were applied, by their ids, and the level of each.
    """
    driver = {
        "name": "stackyard",
        "version": version("stackyard"),
        "rules": [_rule(rule, level) for rule, level in rules.values()],
    }
    runs = [_run(report, driver, list(rules)) for report in reports]
    return json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": runs}, indent=2) + "\n"


def _rule(rule: Rule, level: Level) -> dict[str, Any]:
    return {
        "id": rule.id,
        "shortDescription": {"text": rule.title},
        "fullDescription": {"text": rule.page},
        "help": {"text": rule.page, "markdown": rule.page},
        "defaultConfiguration": {"level": _LEVELS[level]},
    }


def _run(report: Report, driver: Mapping[str, Any], order: list[str]) -> dict[str, Any]:
    notices = [{"level": "error", "message": {"text": report.failure}}] if report.failure else []
    notices += [_notice(f"{problem.where}: {problem.fact}") for problem in report.problems]
    notices += [_notice(note) for note in report.notes]
    return {
        "tool": {"driver": driver},
        "automationDetails": {"id": f"stackyard/{report.name}"},
        "invocations": [{"executionSuccessful": not report.failure, "toolExecutionNotifications": notices}],
        "results": [_result(item, order) for item in report.results],
        "columnKind": "utf16CodeUnits",
    }


def _notice(text: str) -> dict[str, Any]:
    return {"level": "warning", "message": {"text": text}}


def _result(item: Result, order: list[str]) -> dict[str, Any]:
    result: dict[str, Any] = {
        "ruleId": item.rule,
        "ruleIndex": order.index(item.rule),
        "level": _LEVELS[item.level],
        "message": {"text": f"{item.fact}. {item.remedy}."},
        "locations": [{"physicalLocation": _location(item)}],
        "partialFingerprints": {"stackyard/v1": item.fingerprint},
        "baselineState": "unchanged" if item.state is State.KNOWN else "new",
    }
    if item.state is State.WAIVED:
        result["suppressions"] = [{"kind": "external", "status": "accepted", "justification": item.reason}]
    return result


def _location(item: Result) -> dict[str, Any]:
    # Code scanning wants a file for each: what the whole project lacks is shown at its README.
    location: dict[str, Any] = {
        "artifactLocation": {"uri": quote(item.where.path or "README.md"), "uriBaseId": "%SRCROOT%"}
    }
    return {**location, "region": {"startLine": max(1, item.where.line)}}
