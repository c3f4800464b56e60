"""What benchmarks run: the template in production's settings, on a database of its own."""

import argparse
import base64
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from uuid import uuid4

import psycopg2

ROOT = Path(__file__).resolve().parents[1]
TEMPLATE = ROOT / "template"
PYTHON = TEMPLATE / ".venv" / "bin" / "python"
HOST = "shop.example.com"
ED25519 = bytes.fromhex("302e020100300506032b657004220420")
"""What PKCS #8 writes before the 32 bytes of a private Ed25519 key."""


def parse(parser: argparse.ArgumentParser) -> argparse.Namespace:
    """Read the arguments; where there are no services yet, run the whole again with them, and end."""
    parser.add_argument("--served", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if not options.served:
        command = [str(ROOT / ".venv/bin/stackyard"), "run", "--project", str(TEMPLATE), "--"]
        sys.exit(
            subprocess.call(
                [*command, sys.executable, os.path.abspath(sys.argv[0]), "--served", *sys.argv[1:]]
            )
        )
    return options


@contextmanager
def own_database() -> Iterator[str]:
    """Make a database of our own: the demo's keeps its orders."""
    address, name = os.environ["DATABASE_URL"], f"benchmark_{uuid4().hex}"
    connection = psycopg2.connect(address)
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {name}")
        try:
            yield address.rpartition("/")[0] + "/" + name
        finally:
            cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")
            connection.close()


def production(database: str, folder: str, workers: int) -> dict[str, str]:
    """Return the variables of production's settings, with no limit on log-ins and orders."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return os.environ | {
        "ENVIRONMENT": "production",
        "BENCHMARK_FOLDER": folder,
        "DATABASE_URL": database,
        "SECRET_KEY": f"{uuid4()}{uuid4()}",
        "JWT_SIGNING_KEY": base64.b64encode(ED25519 + uuid4().bytes + uuid4().bytes).decode(),
        "ALLOWED_HOSTS": HOST,
        "EMAIL_URL": "smtp://127.0.0.1:25",
        "DEFAULT_FROM_EMAIL": "shop@example.com",
        "THROTTLE_LOGIN": "",
        "THROTTLE_ORDERS": "",
        "ORDERS_UNPAID_MAX": "0",
        "ORDERS_UNPAID_PIECES": "0",
        "PORT": str(port),
        "WEB_CONCURRENCY": str(workers),
    }


def seed(environment: dict[str, str]) -> None:
    """Fill the shop, which the demo does not do in production, and never let it run out of goods."""
    for words in (["migrate", "--verbosity", "0"], ["seed_demo"]):
        subprocess.run(
            [PYTHON, "manage.py", *words],
            cwd=TEMPLATE,
            env=environment | {"ENVIRONMENT": "test"},
            stdout=subprocess.DEVNULL,
            check=True,
        )
    with closing(psycopg2.connect(environment["DATABASE_URL"])) as connection, connection.cursor() as cursor:
        connection.autocommit = True
        cursor.execute("UPDATE catalog_product SET stock = 1000000")
        cursor.execute("VACUUM ANALYZE")


@contextmanager
def server(environment: dict[str, str], log: Path, *arguments: str) -> Iterator[tuple[str, int]]:
    """Run gunicorn, with these arguments more, and give its address."""
    address = ("127.0.0.1", int(environment["PORT"]))
    command = [str(PYTHON), "-m", "gunicorn", "-c", "stack/gunicorn/conf.py", *arguments]
    command += ["--max-requests", "0"]  # a worker that is replaced closes kept connections, as it may
    with log.open("wb") as output:
        process = subprocess.Popen(command, cwd=TEMPLATE, env=environment, stdout=output, stderr=output)
    try:
        _wait(process, address)
        yield address
    except Exception:
        sys.stderr.write(f"The server's last lines:\n{log.read_text()[-4000:]}\n")
        raise
    finally:
        process.terminate()
        process.wait()


def _wait(process: subprocess.Popen[bytes], address: tuple[str, int]) -> None:
    deadline = time.monotonic() + 30
    while True:
        try:
            socket.create_connection(address, timeout=1).close()
            return
        except OSError:
            assert process.poll() is None and time.monotonic() < deadline, "the server did not start"
            time.sleep(0.05)
