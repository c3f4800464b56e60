"""A whole project in one go: what Copier renders too, with a process a file and a slow start."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import NamedTuple

from pathspec import PathSpec

from stackyard.lock.cutting import cut as cut_lock
from stackyard.scaffold import compose, example, names, threats
from stackyard.scaffold.example import EXAMPLE
from stackyard.scaffold.extension import ANSWERS_FILE, LOCK, MANIFEST, render_answers, render_text
from stackyard.scaffold.questions import Answers
from stackyard.scaffold.template import Template


class File(NamedTuple):
    """What a project has in a file."""

    content: bytes
    executable: bool


def render(template: Template, answers: Answers) -> dict[str, File]:
    """Render a project.

    Args:
        template: The living template.
        answers: All answers, the computed ones included.

    Returns:
        Its files, by path, in the order of their paths.

    Raises:
        UserError: A marker or a name in the template is not as it should be.
    """
    questionnaire = template.questionnaire
    folder = template.root / questionnaire.subdirectory
    excluded = PathSpec.from_lines("gitignore", questionnaire.exclusions(answers))
    remembered = {**template.provenance, **questionnaire.remembered(answers)}
    files: dict[str, File] = {}
    for source in template.files():
        path = names.replace_in_path(source, answers)
        if excluded.match_file(path):
            continue
        name = f"{questionnaire.subdirectory}/{source}"
        with open(folder / source, "rb") as stream:
            content = stream.read()
            executable = bool(os.fstat(stream.fileno()).st_mode & 0o100)
        if path != LOCK:
            content = _render(content, name, answers, remembered)
        files[path] = File(content, executable)
    _cut_by_the_rest(files)
    return files


def _cut_by_the_rest(files: dict[str, File]) -> None:
    """Cut what depends on other files of the project, as they are by now."""
    if LOCK in files:
        full, manifest = files[LOCK].content.decode(), files[MANIFEST].content.decode()
        files[LOCK] = files[LOCK]._replace(content=cut_lock(full, manifest).encode())
    read = example.names_read((path, file.content) for path, file in files.items() if path.endswith(".py"))
    for path in filter(compose.is_compose, files):
        text = compose.cut(compose.cut_variables(files[path].content.decode(), read))
        files[path] = files[path]._replace(content=text.encode())
    if threats.PAGE in files:
        text = threats.cut(files[threats.PAGE].content.decode(), files)
        files[threats.PAGE] = files[threats.PAGE]._replace(content=text.encode())
    if EXAMPLE in files:
        read = example.names_read((path, file.content) for path, file in files.items())
        text = example.cut(files[EXAMPLE].content.decode(), read)
        files[EXAMPLE] = files[EXAMPLE]._replace(content=text.encode())


def _render(content: bytes, name: str, answers: Answers, remembered: Mapping[str, object]) -> bytes:
    try:
        text = content.decode()
    except UnicodeDecodeError:  # a picture or the like
        return content
    if name.endswith(f"/{ANSWERS_FILE}"):
        return render_answers(text, remembered).encode()
    return render_text(text, name, answers).encode()
