"""What an old project starts with: the findings that it had when first checked, and that may only go away."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from copy import replace
from pathlib import Path

from stackyard.checking.result import Result, State
from stackyard.errors import UserError

_FORMAT = 1


def read_baseline(path: Path) -> Counter[str]:
    """Read a baseline.

    Returns:
        How often each fingerprint may be there.

    Raises:
        UserError: There is no such file, or it is no baseline.
    """
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        if content["format"] != _FORMAT:
            raise ValueError(f"of format {content['format']}")
        return Counter({entry["fingerprint"]: int(entry["count"]) for entry in content["findings"]})
    except FileNotFoundError:
        found = "no such file"
    except OSError as error:
        found = error.strerror or str(error)
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        found = f"something else: {error}"
    raise UserError(
        "A baseline",
        found=found,
        where=str(path),
        remedy="Write one with --write-baseline.",
    )


def baseline_text(results: Iterable[Result]) -> str:
    """Write the open findings as a baseline: sorted, a line for each part, for changes to be reviewed."""
    counts: dict[str, int] = {}
    entries: dict[str, Mapping[str, object]] = {}
    for item in results:
        for key, part in item.fingerprints.items() if item.state is State.OPEN else ():
            counts[key] = counts.get(key, 0) + 1
            entries[key] = {"rule": item.rule, "path": item.where.path, "fact": part}
    findings = [
        {**entries[key], "count": counts[key], "fingerprint": key}
        for key in sorted(
            entries, key=lambda key: (entries[key]["rule"], entries[key]["path"], entries[key]["fact"])
        )
    ]
    return json.dumps({"format": _FORMAT, "findings": findings}, indent=2) + "\n"


def compare(results: Iterable[Result], known: Mapping[str, int], reason: str) -> list[Result]:
    """Take out the findings that were there before.

    Args:
        results: The findings.
        known: How often each fingerprint was there.
        reason: What to say of them.
    """
    left, found = Counter(known), []
    for result in results:
        if result.state is State.OPEN and all(left[key] > 0 for key in result.fingerprints):
            left.subtract(result.fingerprints.keys())
            result = replace(result, state=State.KNOWN, reason=reason)
        found.append(result)
    return found
