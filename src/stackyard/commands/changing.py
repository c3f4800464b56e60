"""How a project is changed: alone, from a clean tree, at once, and with a report of what happened."""

from __future__ import annotations

import contextlib
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from stackyard.commands.output import Output
from stackyard.errors import UserError
from stackyard.project.running import RunnableProject
from stackyard.scaffold import changes, repository
from stackyard.scaffold.extension import LOCK
from stackyard.scaffold.locking import Locking
from stackyard.scaffold.update import Plan


@contextlib.contextmanager
def at_work(folder: Path, output: Output, *, reading: bool = False) -> Iterator[Path]:
    """Have a project to oneself, with everything committed; finish first what was interrupted.

    Args:
        folder: The project.
        output: Where to say so.
        reading: Whether nothing is to be written.

    Yields:
        The project's folder.

    Raises:
        UserError: Another one is at work there, or something is not committed.
    """
    root = RunnableProject.at(folder).root
    with repository.locked(root):
        if reading:
            require_whole(root)
        elif changes.is_pending(root):
            left = changes.finish(root)
            output.say("Finished the change that was interrupted.")
            _say_left(left, output)
        repository.require_clean(root)
        yield root


def require_whole(root: Path) -> None:
    """Insist that no change was interrupted.

    Raises:
        UserError: One was.
    """
    if changes.is_pending(root):
        raise UserError(
            "A project that is as one version of its template makes it",
            found="a change that was interrupted",
            where=str(root),
            remedy="Finish it with `stackyard update`.",
        )


def show(plan: Plan, output: Output) -> None:
    """List what changes, by path."""
    for path, file in plan.changes.items():
        if path not in plan.conflicts:
            output.line(_word(plan, path, is_there=file is not None), path)
    for word, paths in (
        ("conflict", plan.conflicts),
        ("kept", plan.kept),
        ("not back", plan.gone),
        ("blocked", plan.blocked),
    ):
        for path in paths:
            output.line(word, path)


def carry_out(root: Path, plan: Plan, output: Output) -> int:
    """Change a project, and say what happened and what to do next.

    Returns:
        0, or 1 if there are conflicts to resolve.
    """
    left = plan.apply(root)
    show(plan, output)
    _explain(plan, output)
    _say_left(left, output)
    steps = _next_steps(root, plan, output)
    if steps:
        output.table("To go on", steps)
    return 1 if plan.conflicts else 0


def _word(plan: Plan, path: str, *, is_there: bool) -> str:
    if not is_there:
        return "deleted"
    return "added" if plan.found[path] is None else "changed"


def _explain(plan: Plan, output: Output) -> None:
    for paths, words in (
        (plan.kept, "The template has dropped files that you have changed; they were kept."),
        (plan.gone, "The template has changed files that you have deleted; they stay away."),
        (plan.blocked, "New files of the template were left out: something of yours stands there."),
    ):
        if paths:
            output.say(words)
    if plan.conflicts:
        output.fail("You and the template have changed the same lines; resolve them in:", plan.conflicts)


def _say_left(left: list[str], output: Output) -> None:
    if left:
        output.fail("These files were changed at the same time, and left alone:", left)


def _next_steps(root: Path, plan: Plan, output: Output) -> dict[str, str]:
    steps = {}
    is_locked = plan.locking is Locking.NEW
    if plan.locking is Locking.STALE:
        is_locked = not plan.conflicts and _lock(root, output)
        if not is_locked:
            output.say(f"You have packages of your own, so {LOCK} was left as it was.")
            steps["lock"] = "poetry lock"
    if is_locked or steps:
        steps["install"] = "poetry install"
    if any("migrations" in PurePosixPath(path).parts for path in plan.changes):
        steps["migrate"] = "python manage.py migrate"
    if plan.changes:
        steps["look"] = "git diff"
    return steps


def _lock(root: Path, output: Output) -> bool:
    """Have Poetry lock the user's packages with the template's, if it is there."""
    program = shutil.which("poetry")
    if program is None:
        return False
    output.say("You have packages of your own: running poetry lock, which keeps the versions of the others.")
    try:
        done = subprocess.run([program, "lock"], cwd=root, check=False, capture_output=True, text=True)
    except OSError as error:  # such as a script whose Python has gone
        output.fail("poetry lock failed:", [str(error)])
        return False
    if done.returncode:
        # All of them: the first says what is wrong where no index answers, the last where versions clash.
        output.fail("poetry lock failed:", [line for line in done.stderr.splitlines() if line.strip()])
    return done.returncode == 0
