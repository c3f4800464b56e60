"""The Jinja extension by which Copier, and our own renderer, read a living template."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from typing import Any

import yaml
from jinja2 import Environment, FileSystemLoader, pass_context
from jinja2.ext import Extension
from jinja2.runtime import Context

from stackyard.lock.cutting import cut as cut_lock
from stackyard.scaffold import compose, markers, names, threats
from stackyard.scaffold.answers import FILTERS
from stackyard.scaffold.example import EXAMPLE

ANSWERS_FILE = ".copier-answers.yml"
LOCK = "poetry.lock"
MANIFEST = "pyproject.toml"


def flags_of(answers: Mapping[str, Any]) -> dict[str, bool]:
    """Give the answers that markers may name: those that are yes or no."""
    return {name: value for name, value in answers.items() if isinstance(value, bool)}


def render_text(text: str, path: str, answers: Mapping[str, Any]) -> str:
    """Render a file of the living template.

    Args:
        text: What is in it.
        path: Its name in the template, for errors and for the way to escape.
        answers: All answers, the computed ones included.

    Returns:
        What a project of these answers has in it.

    Raises:
        UserError: A marker or a name is not as it should be.
    """
    text = markers.cut(text, path, flags_of(answers))
    if compose.is_compose(path):
        text = compose.cut(text)
    return names.replace(text, path, answers)


def render_answers(heading: str, remembered: Mapping[str, Any]) -> str:
    """Write the file that a project keeps its answers in; sorted, as Copier's own order varies."""
    return heading + yaml.safe_dump(dict(remembered), allow_unicode=True)


class LivingTemplate(Extension):  # pylint: disable=abstract-method  # it adds no tags
    """Takes marked lines out and puts names in.

    A file's source never gets to Jinja, so that braces of any kind pass as they are: what Jinja compiles is
    one call, which renders the file when the answers are known.
    """

    def __init__(self, environment: Environment) -> None:
        """Register what templates and copier.yml call."""
        super().__init__(environment)
        self._sources: dict[str, str] = {}
        environment.filters.update(FILTERS)
        environment.globals["living_file"] = self._file
        environment.globals["living_part"] = self._part

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        """Replace a file's source, or a part of its path, by a call that renders it."""
        if name is not None:
            self._sources[name] = source
            return f"{{{{ living_file({name!r}) }}}}"
        # A string is a part of a path, or of copier.yml; the latter are left to Jinja.
        return f"{{{{ living_part({source!r}) }}}}" if "myproject" in source and "{" not in source else source

    @pass_context
    def _file(self, context: Context, name: str) -> str:
        answers = context.get_all()
        path = PurePosixPath(name)
        source = self._sources[name]
        if path.name == ANSWERS_FILE:
            return render_answers(source, answers["_copier_answers"])
        if path.name == LOCK:
            manifest = str(path.with_name(MANIFEST))
            assert self.environment.loader is not None
            text = self.environment.loader.get_source(self.environment, manifest)[0]
            return cut_lock(source, render_text(text, manifest, answers))
        if name.endswith(threats.PAGE):
            return self._cut_by_the_rest(threats.PAGE, answers)
        if path.name == EXAMPLE or compose.is_compose(name):
            return self._cut_by_the_rest(path.name, answers)
        return render_text(source, name, answers)

    def _cut_by_the_rest(self, name: str, answers: Mapping[str, Any]) -> str:
        """Render the whole project, as what is in this file depends on all others."""
        # These import this module, whose part they use.
        from stackyard.scaffold.render import render  # pylint: disable=import-outside-toplevel,cyclic-import
        from stackyard.scaffold.template import (  # pylint: disable=import-outside-toplevel,cyclic-import
            Template,
        )

        loader = self.environment.loader
        assert isinstance(loader, FileSystemLoader)
        project = render(Template(Path(loader.searchpath[0]), None, None), dict(answers))
        return project[name].content.decode()

    @pass_context
    def _part(self, context: Context, part: str) -> str:
        """Rename a file or folder; a string of copier.yml, rendered before files are, stays as it is."""
        return (
            names.replace_in_path(part, context.get_all())
            if context.get("_copier_phase") == "render"
            else part
        )
