"""`stackyard adopt`: an existing Django project gets to know its template; nothing else of it changes."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from stackyard.commands.choices import words_of
from stackyard.commands.output import Output
from stackyard.errors import UserError
from stackyard.project.running import RunnableProject
from stackyard.scaffold.extension import ANSWERS_FILE
from stackyard.scaffold.inference import infer
from stackyard.scaffold.questions import Given
from stackyard.scaffold.render import render
from stackyard.scaffold.template import Template, opened


def adopt(
    folder: Path, data: Mapping[str, object], template: str | None, ref: str | None, output: Output
) -> int:
    """Write down what an existing project would have been made of.

    Args:
        folder: The project.
        data: Answers, by question, that need not be inferred.
        template: A path or Git address of another template than the tool's own.
        ref: A version of it.
        output: Where to say what was inferred.

    Returns:
        0.

    Raises:
        UserError: It is no Django project, or was adopted before; nothing is written then.
    """
    root = RunnableProject.at(folder).root
    _require_stranger(root)
    with opened(template, ref) as found:
        _require_versions(found)
        questionnaire = found.questionnaire
        inferred = {name: each for name, each in infer(root).items() if name in questionnaire.questions}
        shown = Given({name: each.answer for name, each in inferred.items()}, "what the project's files show")
        answers = questionnaire.answer(root.name, Given(data), shown)
        content = render(found, answers)[ANSWERS_FILE].content
    with (root / ANSWERS_FILE).open("xb") as stream:
        stream.write(content)
    sources = {name: each.evidence for name, each in inferred.items()} | dict.fromkeys(data, "you said so")
    rows = {
        name: f"{words_of(answer)} ({sources.get(name, 'the default')})"
        for name, answer in questionnaire.remembered(answers).items()
    }
    output.table("What the project is", rows)
    output.say(f"Wrote {ANSWERS_FILE}, of {found.commit} of the template; correct it where it is wrong.")
    output.table(
        "To go on", {"distance": "stackyard diff", "record": f"git add {ANSWERS_FILE} && git commit"}
    )
    return 0


def _require_stranger(root: Path) -> None:
    """Insist on a Django project that was not adopted before."""
    path = root / ANSWERS_FILE
    if path.exists() or path.is_symlink():
        raise UserError(
            "A project that does not know its template yet",
            found=ANSWERS_FILE,
            where=str(root),
            remedy="It is adopted already; go on with `stackyard diff` or `stackyard update`.",
        )
    if not (root / "manage.py").is_file():
        raise UserError(
            "A Django project", found="no manage.py", where=str(root), remedy="Name the folder that has it."
        )


def _require_versions(template: Template) -> None:
    """Insist on a template whose versions can be found again."""
    if not template.source or not template.commit:
        raise UserError(
            "A template with versions, for updates",
            found="one without",
            where=str(template.root),
            remedy="Name a Git repository with --template.",
        )
