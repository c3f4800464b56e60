"""An embedded broker that speaks Kafka's protocol: Tansu, on loopback only, nothing kept, no password."""

from __future__ import annotations

import signal
import socket
import struct
import subprocess
from pathlib import Path

from stackyard.services import binaries, ports
from stackyard.services.service import Service
from stackyard.services.supervisor import Supervisor

_API_VERSIONS, _CORRELATION = 18, 0x53544B59
# Its size, what it asks for, in which version, by which number, from a client without a name.
_QUESTION = struct.pack(">ihhih", 10, _API_VERSIONS, 0, _CORRELATION, -1)
_ANSWER = struct.Struct(">iih")  # its size, the number, an error's code


def start(folder: Path, supervisor: Supervisor) -> Service:
    """Start the broker.

    Args:
        folder: The run's data folder, for its log.
        supervisor: Who starts it.
    """
    program = binaries.kafka()
    port = ports.reserve()
    address = f"{ports.LOOPBACK}:{port}"
    process = supervisor.spawn(
        "kafka",
        [
            *(program, "broker", "--storage-engine", "memory://tansu/"),
            *("--listener-url", f"tcp://{address}", "--advertised-listener-url", f"tcp://{address}"),
        ],
        env={},
        cwd=folder,
        log=folder / "kafka.log",
        stop_signal=signal.SIGINT,  # at SIGTERM, it waits five seconds for its clients
    )
    return Service(
        f"Tansu {_version(program)} for Kafka",
        port,
        {"KAFKA_BROKERS": address},
        process,
        lambda: _is_ready(port),
    )


def _is_ready(port: int) -> bool:
    """Tell whether the server says which requests of Kafka's protocol it takes."""
    try:
        with socket.create_connection((ports.LOOPBACK, port), timeout=1) as connection:
            connection.sendall(_QUESTION)
            answer = connection.recv(_ANSWER.size, socket.MSG_WAITALL)
    except OSError:
        return False
    return len(answer) == _ANSWER.size and _ANSWER.unpack(answer)[1:] == (_CORRELATION, 0)


def _version(program: Path) -> str:
    """Read the version from `tansu 0.6.0`."""
    done = subprocess.run([program, "--version"], capture_output=True, text=True, check=True)
    return done.stdout.split()[-1]
