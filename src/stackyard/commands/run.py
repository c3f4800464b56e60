"""`stackyard run`: a project's processes, or one command, with the services that they need."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path

from stackyard.commands.output import Output
from stackyard.errors import UserError
from stackyard.project import Project
from stackyard.services import ports
from stackyard.services.embedded import Embedded, running
from stackyard.services.guard import Interrupted, Keeper, guarded
from stackyard.services.state import claimed
from stackyard.services.supervisor import Process, Supervisor


def run(folder: Path, command: Sequence[str], output: Output) -> int:
    """Run a command, or the processes of the Procfile if there is none, with all services.

    Args:
        folder: The project's folder.
        command: The command and its arguments; empty for the Procfile.
        output: Where to say what goes on.

    Returns:
        The command's exit code; for the Procfile that of the process that ended first. 128 + n after signal n.

    Raises:
        UserError: Something that the run needs is missing.
    """
    project = Project.at(folder)
    given = project.environment(os.environ)
    if command:
        require_program(command[0], project, given)
    else:
        project.require_virtualenv()
        _ = project.processes

    def work(keeper: Keeper) -> int:
        supervisor = Supervisor(output.line, lambda: keeper.impatient)
        with claimed(project.root) as data, running(data, supervisor, given, output.say) as embedded:
            embedded.await_ready(supervisor, slow=bool(command))
            environment = {"PORT": str(ports.reserve()), **embedded.environment}
            if command:
                return run_command(command, project, environment, supervisor, keeper)
            processes = start_processes(project, environment, supervisor)
            output.say(f"web on http://{ports.LOOPBACK}:{environment['PORT']}/")
            return follow(processes, embedded, supervisor, output)

    return guarded(work)


def require_program(program: str, project: Project, environment: Mapping[str, str]) -> None:
    """Insist that a program can be found before anything is started.

    Raises:
        UserError: It cannot; the exit code is a shell's, 127.
    """
    if os.sep in program:
        found = shutil.which(project.root / program)
    else:
        found = shutil.which(program, path=environment.get("PATH"))
    if found is None:
        raise UserError(
            f"The command {program}",
            found="not found",
            where=f"{environment.get('PATH')}",
            remedy="Install it into the project's .venv, or correct its name.",
            exit_code=127,
        )


def run_command(
    command: Sequence[str],
    project: Project,
    environment: Mapping[str, str],
    supervisor: Supervisor,
    keeper: Keeper,
) -> int:
    """Run one command with the terminal, input and output of the user, and give its exit code."""
    keeper.terminal_lent = True
    process = supervisor.spawn(
        command[0], command, env=environment, cwd=project.root, group=keeper.front_group, stdin=None
    )
    try:
        supervisor.wait(lambda: process.has_ended)
    except Interrupted as interruption:
        supervisor.stop(process, interruption.signum)
    keeper.terminal_lent = False
    return process.exit_code


def start_processes(
    project: Project, environment: Mapping[str, str], supervisor: Supervisor
) -> list[Process]:
    """Start the processes of the Procfile, each in a shell that it replaces if it is a single command."""
    return [
        supervisor.spawn(
            name,
            ["/bin/sh", "-c", command],
            env={"PYTHONUNBUFFERED": "1", **environment},
            cwd=project.root,
        )
        for name, command in project.processes.items()
    ]


def follow(processes: Sequence[Process], embedded: Embedded, supervisor: Supervisor, output: Output) -> int:
    """Pass on what the processes write until one ends; name it, and give its exit code."""
    everything = [*processes, *(service.process for service in embedded.services)]

    def one_ended() -> bool:
        embedded.announce()
        return any(process.has_ended for process in everything)

    supervisor.wait(one_ended)
    ended = next(process for process in everything if process.has_ended)
    output.fail(f"{ended.name} {ended.ending}: taking everything down.", ended.last_lines)
    return ended.exit_code
