"""`stackyard update`, `add` and `remove`: what a project is made of changes, and its own edits stay."""

from __future__ import annotations

from pathlib import Path

from stackyard.commands.changing import at_work, carry_out, show
from stackyard.commands.choices import words_of
from stackyard.commands.output import Output
from stackyard.scaffold.capabilities import switch
from stackyard.scaffold.record import read_record
from stackyard.scaffold.render import render
from stackyard.scaffold.update import plan
from stackyard.scaffold.versions import versions


def update(folder: Path, to: str | None, check: bool, output: Output) -> int:
    """Bring a project the changes of its template.

    Args:
        folder: The project.
        to: The version; None for the latest release, or for the last commit where there is no release.
        check: Whether to say what would change, and write nothing.
        output: Where to say what happens.

    Returns:
        0; 1 if there are conflicts, or for `check` if there is something to bring.

    Raises:
        UserError: It can't be brought; nothing is written then.
    """
    with at_work(folder, output, reading=check) as root:
        record = read_record(root)
        with versions(record) as history:
            old, new = history.find(record.commit), history.find(to) if to else history.latest()
            history.check_order(old, new)
            if old.commit == new.commit:
                output.say(f"Nothing to bring: the project is at {record.commit} of its template.")
                return 0
            before, after = history.recorded(record), history.check_out(new)
            changed = plan(
                root,
                render(before, record.answer(before.questionnaire)),
                render(after, record.carry_over(after.questionnaire)),
                after.commit or new.name,
            )
        if check:
            show(changed, output)
            output.say(f"{before.commit} -> {after.commit}: {len(changed.changes)} files would change.")
            return 1
        output.say(f"{before.commit} -> {after.commit}: {len(changed.changes)} files change.")
        return carry_out(root, changed, output)


def change_capability(folder: Path, name: str, wanted: bool, output: Output) -> int:
    """Add a capability to a project, or remove it.

    Args:
        folder: The project.
        name: The capability.
        wanted: Whether to add it.
        output: Where to say what happens.

    Returns:
        0; 1 if there are conflicts.

    Raises:
        UserError: There is no such capability, or the other answers stand against it; nothing is written.
    """
    with at_work(folder, output) as root:
        record = read_record(root)
        with versions(record) as history:
            template = history.recorded(record)
            questionnaire = template.questionnaire
            answers = record.answer(questionnaire)
            switched = switch(questionnaire, answers, name, wanted)
            if not switched:
                output.say(f"{name} is {'on' if wanted else 'off'} already.")
                return 0
            changed = plan(
                root,
                render(template, answers),
                render(template, record.answer(questionnaire, switched)),
                f"{'with' if wanted else 'without'}-{name}",
            )
        for question, answer in switched.items():
            output.say(f"{question}: {words_of(answers[question])} -> {words_of(answer)}.")
        return carry_out(root, changed, output)
