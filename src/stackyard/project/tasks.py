"""Celery in a project: its application, and the modules with tasks."""

from __future__ import annotations

import re
from functools import cached_property

from stackyard.formats.place import Place
from stackyard.formats.regexes import regex
from stackyard.project.python import Python

_SUBCLASS = regex(r"^class (?P<name>\w+)\([^)\n]*\bCelery\b", re.MULTILINE)
_MADE = r"(?:=|\breturn)\s*(?:\w+\.)?(?:{names})\("
_TASK = regex(r"^\s*@(?:[\w.]+\.)?(?:shared_task|task)\b", re.MULTILINE)
_LIBRARIES = regex(r"^\s*(?:from|import)\s+(?:celery|django\.tasks)\b", re.MULTILINE)


class Tasks:
    """What a project has of Celery.

    Attributes:
        python: Its modules.
    """

    def __init__(self, python: Python) -> None:
        """Take a project's modules."""
        self.python = python

    @cached_property
    def apps(self) -> tuple[Place, ...]:
        """Where the project makes a Celery application."""
        classes = {match["name"] for _, match in self.python.find_all(_SUBCLASS)}
        made = re.compile(_MADE.format(names="|".join(sorted({"Celery", *classes}))))
        return tuple(place for place, _ in self.python.find_all(made))

    @cached_property
    def modules(self) -> tuple[Place, ...]:
        """The modules that have tasks, Celery's or Django's own, and where the first one of each is."""
        found: dict[str, Place] = {}
        for place, _ in self.python.find_all(_TASK):
            if place.path not in found and _is_of_celery(self.python, place.path):
                found[place.path] = place
        return tuple(found.values())


def _is_of_celery(python: Python, path: str) -> bool:
    """Tell tasks from those of Invoke, Prefect or Airflow."""
    text = python.code(path)
    return _LIBRARIES.search(text) is not None or re.search(r"@app\.task\b|celery", text) is not None
