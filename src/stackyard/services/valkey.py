"""An embedded Valkey, which speaks Redis' protocol: loopback only, a password, nothing kept on disk."""

from __future__ import annotations

import secrets
import subprocess
import tempfile
from pathlib import Path

from stackyard.services import binaries, ports
from stackyard.services.service import Service, answers
from stackyard.services.supervisor import Supervisor

_SETTINGS = f"""
bind {ports.LOOPBACK}
save ""
appendonly no
daemonize no
"""


def start(folder: Path, supervisor: Supervisor) -> Service:
    """Start Valkey.

    Args:
        folder: The run's data folder, for its log.
        supervisor: Who starts it.
    """
    program = binaries.valkey()
    port, password = ports.reserve(), secrets.token_hex(16)
    with tempfile.TemporaryFile() as settings:
        settings.write(f"{_SETTINGS}port {port}\nrequirepass {password}\n".encode())
        settings.seek(0)
        process = supervisor.spawn(
            "valkey",
            [program, "-"],  # reads its settings from here: its arguments everyone could read
            env={},
            cwd=folder,
            log=folder / "valkey.log",
            stdin=settings,
        )
    return Service(
        f"Valkey {_version(program)}",
        port,
        {"REDIS_URL": f"redis://:{password}@{ports.LOOPBACK}:{port}/0"},
        process,
        lambda: answers(port, f"AUTH {password}\r\nPING\r\n".encode(), b"+OK\r\n+PONG\r\n"),
    )


def _version(program: Path) -> str:
    """Read the version from `Valkey server v=9.1.2 sha=…`."""
    words = subprocess.run([program, "--version"], capture_output=True, text=True, check=True).stdout.split()
    return next(word.removeprefix("v=") for word in words if word.startswith("v="))
