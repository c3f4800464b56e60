"""Smaller projects: what is left of the template's requirements when some of them go."""

from __future__ import annotations

import re
from random import Random

from tests.lock.poetry import ROOT

TEMPLATE = ROOT / "template"

_REQUIREMENT = re.compile(
    r'^(?:    "[\w-]+(?:\[(?P<extras>[\w,-]+)\])? \(.*\)",(?:  # .*)?|[\w-]+ = (?:"[<>=]|\{ version).*)\n',
    re.MULTILINE,
)


def subset(pyproject: str, random: Random) -> str:
    """Leave out some requirements, and some extras of others."""
    start, end = pyproject.index("\ndependencies = [") + 1, pyproject.index("[tool.black]")
    share = random.uniform(0.2, 0.95)

    def left(match: re.Match[str]) -> str:
        if random.random() > share:
            return ""
        if not match["extras"]:
            return match[0]
        extras = [extra for extra in match["extras"].split(",") if random.random() < share]
        return match[0].replace(f"[{match['extras']}]", f"[{','.join(extras)}]" if extras else "")

    return pyproject[:start] + _REQUIREMENT.sub(left, pyproject[start:end]) + pyproject[end:]
