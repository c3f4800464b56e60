"""An embedded RabbitMQ, where the machine has one: a node, ports and a user of its own, nothing kept."""

from __future__ import annotations

import os
import re
import secrets
import shutil
from collections.abc import Mapping
from pathlib import Path

from stackyard.services import ports
from stackyard.services.service import Service, answers
from stackyard.services.supervisor import Supervisor

# Debian's script on the PATH insists on its own user and paths; this one lets them be chosen.
_DEBIAN_SERVER = Path("/usr/lib/rabbitmq/bin/rabbitmq-server")
_VIRTUAL_HOST = "app"
_HELLO = b"AMQP\x00\x00\x09\x01"
_METHOD_FRAME = b"\x01\x00\x00"


def find() -> Path | None:
    """Find the server's start script and what it needs."""
    server = _DEBIAN_SERVER if _DEBIAN_SERVER.exists() else shutil.which("rabbitmq-server")
    return Path(server) if server and shutil.which("epmd") else None


def start(
    server: Path, folder: Path, supervisor: Supervisor, plugins: Mapping[str, str] | None = None
) -> Service:
    """Start RabbitMQ, and the Erlang port mapper (epmd) that its node registers with.

    Args:
        server: Its start script.
        folder: The run's data folder.
        supervisor: Who starts it.
        plugins: Lines of configuration for each plug-in, by its name, such as `rabbitmq_stomp`.
    """
    plugins = plugins or {}
    port, epmd_port, distribution_port = ports.reserve(), ports.reserve(), ports.reserve()
    user, password = "app", secrets.token_hex(16)
    home = folder / "rabbitmq"
    shutil.rmtree(home, ignore_errors=True)
    home.mkdir(mode=0o700)
    cookie = home / ".erlang.cookie"
    cookie.touch(mode=0o600)
    cookie.write_text(secrets.token_hex(16), encoding="utf-8")
    (home / "plugins").write_text(f"[{','.join(plugins)}].\n", encoding="utf-8")
    settings = home / "rabbitmq.conf"
    settings.touch(mode=0o600)
    settings.write_text(
        f"listeners.tcp.1 = {ports.LOOPBACK}:{port}\n"
        f"default_user = {user}\ndefault_pass = {password}\ndefault_vhost = {_VIRTUAL_HOST}\n"
        "log.console = true\nlog.file = false\n" + "".join(f"{line}\n" for line in plugins.values()),
        encoding="utf-8",
    )
    environment = {
        "PATH": os.environ.get("PATH", os.defpath),
        "HOME": str(home),
        "LANG": "C.UTF-8",
        "ERL_EPMD_ADDRESS": ports.LOOPBACK,
        "ERL_EPMD_PORT": str(epmd_port),
        "RABBITMQ_CONFIG_FILE": str(settings),
        "RABBITMQ_CONF_ENV_FILE": os.devnull,
        "RABBITMQ_DIST_PORT": str(distribution_port),
        "RABBITMQ_ENABLED_PLUGINS_FILE": str(home / "plugins"),
        "RABBITMQ_LOG_BASE": str(home / "log"),
        "RABBITMQ_LOGS": "-",
        "RABBITMQ_MNESIA_BASE": str(home / "mnesia"),
        "RABBITMQ_NODENAME": f"stackyard-{port}@localhost",
        "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS": "-kernel inet_dist_use_interface {127,0,0,1}",
        # The script then becomes the server instead of waiting for it as a shell, so signals reach the
        # server.
        "RUNNING_UNDER_SYSTEMD": "true",
    }
    supervisor.spawn(
        "epmd",
        [shutil.which("epmd") or "epmd", "-port", str(epmd_port), "-address", ports.LOOPBACK],
        env=environment,
        cwd=home,
        log=folder / "epmd.log",
    )
    process = supervisor.spawn("rabbitmq", [server], env=environment, cwd=home, log=folder / "rabbitmq.log")
    return Service(
        f"RabbitMQ {_version(server)}".strip(),
        port,
        {"AMQP_URL": f"amqp://{user}:{password}@{ports.LOOPBACK}:{port}/{_VIRTUAL_HOST}"},
        process,
        lambda: answers(port, _HELLO, _METHOD_FRAME),
        patience=90.0,
    )


def _version(server: Path) -> str:
    """Read the version from the folder that the server lies in, as packages name it; empty if they do not."""
    match = re.search(r"rabbitmq[_-]server-(\d[\d.]*)", str(server.resolve()))
    return match[1] if match else ""
