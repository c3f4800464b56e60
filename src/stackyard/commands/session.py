"""What running a project takes, whichever verb asks for it: its services, then its processes."""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from stackyard.commands.output import Output
from stackyard.project.running import RunnableProject
from stackyard.services import ports
from stackyard.services.embedded import Embedded, running
from stackyard.services.guard import Interrupted, Keeper
from stackyard.services.process import Process
from stackyard.services.state import claimed
from stackyard.services.supervisor import Supervisor


@dataclass(frozen=True)
class Session:
    """A project whose services run.

    Attributes:
        project: The project.
        embedded: Its services.
        supervisor: Who starts its processes and stops everything.
        output: Where to say what goes on.
    """

    project: RunnableProject
    embedded: Embedded
    supervisor: Supervisor
    output: Output

    def start_processes(self, environment: Mapping[str, str], names: Iterable[str]) -> list[Process]:
        """Start processes of the Procfile, each by a shell."""
        # bash replaces itself with a single command, so that signals reach the command; Debian's sh does not.
        shell = shutil.which("bash") or "/bin/sh"
        return [
            self.supervisor.spawn(
                name,
                [shell, "-c", self.project.processes[name]],
                env={"PYTHONUNBUFFERED": "1", **environment},
                cwd=self.project.root,
            )
            for name in names
        ]

    def an_end(self, processes: Sequence[Process]) -> Process | None:
        """Give a process or service that ended, if one did; tell of services that became ready meanwhile."""
        self.embedded.announce()
        services = (service.process for service in self.embedded.services)
        return next((process for process in (*processes, *services) if process.has_ended), None)

    def follow(self, processes: Sequence[Process]) -> int:
        """Pass on what the processes write until one ends; name it, and give its exit code."""
        self.supervisor.wait(lambda: self.an_end(processes) is not None)
        ended = self.an_end(processes)
        assert ended is not None
        self.output.fail(f"{ended.name} {ended.ending}: taking everything down.", ended.last_lines)
        return ended.exit_code


def free_ports() -> dict[str, str]:
    """Reserve the ports of a project's servers: the web's, and that of the one which is for WebSockets."""
    return {name: str(ports.reserve()) for name in ("PORT", "ASGI_PORT")}


@contextlib.contextmanager
def session(
    project: RunnableProject, given: Mapping[str, str], keeper: Keeper, output: Output
) -> Iterator[Session]:
    """Start the services that a project lacks, and take everything down at the end.

    Args:
        project: The project.
        given: The environment; an address in it wins over an embedded service.
        keeper: The process that does the work.
        output: Where to say what goes on.
    """
    supervisor = Supervisor(output.line, keeper)
    wanted = project.wanted_services
    with claimed(project.root) as data, running(wanted, data, supervisor, given, output.say) as embedded:
        try:
            yield Session(project, embedded, supervisor, output)
        except Interrupted as interruption:
            output.say(f"{interruption}: taking everything down.")
            raise
