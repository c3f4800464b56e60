"""`stackyard diff`: what a project has changed against its template."""

from __future__ import annotations

from pathlib import Path

from stackyard.commands.changing import require_whole
from stackyard.commands.output import Output
from stackyard.project.running import RunnableProject
from stackyard.scaffold import repository
from stackyard.scaffold.merge import difference
from stackyard.scaffold.record import read_record
from stackyard.scaffold.render import render
from stackyard.scaffold.versions import versions

_NAMED = 5  # files of the user's own


def diff(folder: Path, output: Output) -> int:
    """Show what a project has changed, by making it again of the version and answers it was made of.

    Args:
        folder: The project.
        output: Where to show it.

    Returns:
        0 if nothing is changed, else 1. Files that the template knows nothing of are no change.

    Raises:
        UserError: It can't be made again.
    """
    root = RunnableProject.at(folder).root
    require_whole(root)
    record = read_record(root)
    with versions(record) as history:
        template = history.recorded(record)
        made = render(template, record.answer(template.questionnaire))
    present = repository.read_files(root, sorted(made))
    changes = difference({path: made[path] for path in present}, present)
    output.show(changes.decode(errors="replace"))
    missing = sorted(made.keys() - present.keys())
    for path in missing:
        output.show(f"Only in the template: {path}\n")
    own = [path for path in repository.tracked(root) if path not in made]
    if own:
        output.say(f"{len(own)} of your own: {', '.join(own[:_NAMED])}{' …' if len(own) > _NAMED else ''}")
    return 1 if changes or missing else 0
