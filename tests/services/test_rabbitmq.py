"""The embedded RabbitMQ: its own node, on loopback only, by password; and a machine that has none."""

from __future__ import annotations

import os
import shutil
import socket
import struct
import sys
from io import BufferedRWPair
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

import pytest

from stackyard.services import rabbitmq
from tests.conftest import Run, Sandbox, descendants

HERE = rabbitmq.find() is not None
HOLD = "import os, time, pathlib; pathlib.Path('url').write_text(os.environ['AMQP_URL']); time.sleep(600)"


@pytest.fixture(name="run")
def fixture_run(sandbox: Sandbox) -> Run:
    given = {"DATABASE_URL": "", "REDIS_URL": "", "AMQP_URL": "embedded"}
    return sandbox.start("run", "--", sys.executable, "-c", HOLD, **given)


def log_in(address: SplitResult, password: str) -> tuple[int, int]:
    """Log in by AMQP 0-9-1, and give the class and method that the broker answers with; (10, 30) is Tune."""
    user = (address.username or "").encode()
    response = b"\0" + user + b"\0" + password.encode()
    with socket.create_connection((address.hostname or "", address.port or 0), timeout=10) as connection:
        stream = connection.makefile("rwb")
        stream.write(b"AMQP\0\0\x09\x01")
        stream.flush()
        read_method(stream)
        size = struct.pack(">I", len(response))
        method = struct.pack(">HHI", 10, 11, 0) + b"\x05PLAIN" + size + response + b"\x05en_US"
        stream.write(struct.pack(">BHI", 1, 0, len(method)) + method + b"\xce")
        stream.flush()
        return read_method(stream)


def read_method(stream: BufferedRWPair) -> tuple[int, int]:
    """Read a frame, and give the class and number of the method in it."""
    _, _, size = struct.unpack(">BHI", stream.read(7))
    class_id, method_id = struct.unpack_from(">HH", stream.read(size + 1))
    return class_id, method_id


def listening(pids: set[int]) -> set[str]:
    """Give the addresses, in the kernel's hexadecimal notation, that these processes listen on."""
    sockets = {
        os.readlink(link) for pid in pids for link in Path(f"/proc/{pid}/fd").iterdir() if link.is_symlink()
    }
    addresses = set()
    for table in ("tcp", "tcp6"):
        for line in Path(f"/proc/net/{table}").read_text(encoding="utf-8").splitlines()[1:]:
            fields = line.split()
            if fields[3] == "0A" and f"socket:[{fields[9]}]" in sockets:
                addresses.add(fields[1].partition(":")[0])
    return addresses


@pytest.mark.skipif(not HERE, reason="this machine has no RabbitMQ")
@pytest.mark.proves("rabbitmq")
def test_a_broker_of_its_own_by_password_on_loopback(run: Run) -> None:
    address = urlsplit(run.await_file("url"))
    assert log_in(address, address.password or "") == (10, 30)
    with pytest.raises((struct.error, ConnectionResetError)):  # it closes the connection
        log_in(address, "guess")
    loopback = {"0100007F", "00000000000000000000000001000000"}
    assert listening(descendants(run.process.pid)) <= loopback
    code, _, errors = run.end()
    assert code == 143
    assert "RabbitMQ" in errors and "ready on 127.0.0.1:" in errors


def test_without_rabbitmq_the_run_says_so_and_goes_on(sandbox: Sandbox, tmp_path: Path) -> None:
    programs = tmp_path / "programs"
    programs.mkdir()
    for name in ("env", "true"):
        (programs / name).symlink_to(shutil.which(name) or "")
    given = {"DATABASE_URL": "", "REDIS_URL": "", "AMQP_URL": "embedded", "PATH": str(programs)}
    code, output, errors = sandbox.run("run", "--", "env", **given)
    assert code == 0
    assert "AMQP_URL" not in output
    assert "No RabbitMQ here" in errors and "apt-get install rabbitmq-server" in errors
