"""`stackyard run`: a project's processes, or one command, with the services that they need."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path

from stackyard.commands.output import Output
from stackyard.commands.session import Session, free_ports, session
from stackyard.errors import UserError
from stackyard.project.running import RunnableProject
from stackyard.services import ports
from stackyard.services.guard import Interrupted, Keeper, guarded


def run(folder: Path, command: Sequence[str], output: Output) -> int:
    """Run a command, or the processes of the Procfile if there is none, with all services.

    Args:
        folder: The project's folder.
        command: The command and its arguments; empty for the Procfile.
        output: Where to say what goes on.

    Returns:
        The command's exit code; for the Procfile that of the process that ended first. 128 + n after signal
        n.

    Raises:
        UserError: Something that the run needs is missing.
    """
    project = RunnableProject.at(folder)
    given = project.environment(os.environ)
    if command:
        _require_program(command[0], project, given)
    else:
        project.require_runnable()

    def work(keeper: Keeper) -> int:
        with session(project, given, keeper, output) as running:
            running.embedded.await_ready(running.supervisor, slow=bool(command))
            environment = {**free_ports(), **running.embedded.environment}
            if command:
                return _run_command(command, environment, running, keeper)
            if "web" in project.processes:
                output.say(f"web goes to http://{ports.LOOPBACK}:{environment['PORT']}/")
            return running.follow(running.start_processes(environment, project.processes))

    return guarded(work)


def _require_program(program: str, project: RunnableProject, environment: Mapping[str, str]) -> None:
    """Insist that a program can be found before anything is started."""
    path = environment.get("PATH", os.defpath)
    if shutil.which(project.root / program if os.sep in program else program, path=path) is None:
        raise UserError(
            f"The command {program}",
            found="no such program",
            where=str(project.root) if os.sep in program else f"PATH={path}",
            remedy="Install it into the project's .venv, or correct its name.",
            exit_code=127,
        )


def _run_command(
    command: Sequence[str], environment: Mapping[str, str], running: Session, keeper: Keeper
) -> int:
    """Run one command with the terminal, input and output of the user, and give its exit code."""
    supervisor = running.supervisor
    keeper.terminal_lent = True
    process = supervisor.spawn(
        command[0], command, env=environment, cwd=running.project.root, group=keeper.front_group, stdin=None
    )
    try:
        supervisor.wait(lambda: process.has_ended)
    except Interrupted as interruption:
        supervisor.stop(process, interruption.signum)
    keeper.terminal_lent = False
    return process.exit_code
