"""`stackyard demo`, on a project as small as one can be; the journeys drive it on the real one."""

from __future__ import annotations

import json
import signal
import sys
import urllib.request
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.conftest import Sandbox, alive, descendants, wait_for

SEED = "shop/management/commands/seed_demo.py"
LOGINS = [{"role": "admin", "email": "admin@example.com", "password": "a [bold] secret"}]

MANAGE = f"""
import pathlib, sys
verb = sys.argv[1]
with pathlib.Path("verbs").open("a") as file:
    print(*sys.argv[1:], file=file)
if verb == "seed_demo":
    print("40 products added")
    print({json.dumps(json.dumps({"logins": LOGINS}))})
"""

SITE = """
import http.server, os, pathlib
class Site(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        ready = self.path != "/health/ready" or pathlib.Path("asked").exists()
        pathlib.Path("asked").write_text("once")
        self.send_response(200 if ready else 503)
        self.end_headers()
http.server.HTTPServer(("127.0.0.1", int(os.environ["PORT"])), Site).serve_forever()
"""


@pytest.fixture(name="shop")
def fixture_shop(sandbox: Sandbox) -> Sandbox:
    sandbox.write("manage.py", MANAGE)
    sandbox.write("site.py", SITE)
    sandbox.write("Procfile", "web: python site.py\n")
    sandbox.write(SEED, "# what manage.py does, here")
    return sandbox


def record(sandbox: Sandbox) -> Path:
    return sandbox.folder / ".stackyard" / "run.json"


def test_it_migrates_seeds_runs_and_tells_where(shop: Sandbox) -> None:
    run = shop.start("demo", AMQP_URL="amqp://elsewhere")
    assert wait_for(record(shop).exists), run.result()
    facts = json.loads(record(shop).read_text(encoding="utf-8"))
    assert record(shop).stat().st_mode & 0o777 == 0o600
    assert facts["logins"] == LOGINS and facts["pid"] == run.process.pid
    assert facts["amqp"] == "amqp://elsewhere"
    assert facts["database"].startswith("postgres://") and facts["redis"].startswith("redis://")
    with urllib.request.urlopen(facts["admin"], timeout=10) as answer:
        assert answer.status == 200
    assert (shop.folder / "verbs").read_text(encoding="utf-8") == "migrate --noinput\nseed_demo\n"
    pids = descendants(run.process.pid)
    code, output, _ = run.end(signal.SIGINT)
    assert code == 130
    for value in (facts["web"] + "/", facts["database"], "admin@example.com  a [bold] secret"):
        assert value in output, "whole, however wide"
    assert not record(shop).exists() and not alive(pids)


def test_a_project_without_a_demo_runs_without_its_data(shop: Sandbox) -> None:
    (shop.folder / SEED).unlink()
    run = shop.start("demo")
    assert wait_for(record(shop).exists), run.result()
    assert json.loads(record(shop).read_text(encoding="utf-8"))["logins"] == []
    assert (shop.folder / "verbs").read_text(encoding="utf-8") == "migrate --noinput\n"
    assert run.end(signal.SIGINT)[0] == 130


def test_two_at_once_and_the_record_is_the_latest_ones(shop: Sandbox) -> None:
    first = shop.start("demo")
    assert wait_for(record(shop).exists), first.result()
    earlier = json.loads(record(shop).read_text(encoding="utf-8"))
    second = shop.start("demo")
    pid = second.process.pid
    assert wait_for(lambda: json.loads(record(shop).read_text(encoding="utf-8"))["pid"] == pid)
    later = json.loads(record(shop).read_text(encoding="utf-8"))
    for name in ("web", "database", "redis"):
        assert urlsplit(earlier[name]).port != urlsplit(later[name]).port
    assert first.end()[0] == 143
    assert record(shop).exists(), "it is the second one's"
    assert second.end()[0] == 143
    assert not record(shop).exists()


@pytest.mark.parametrize("verb", ["migrate", "seed_demo"])
def test_a_command_that_fails_is_named(shop: Sandbox, verb: str) -> None:
    shop.write("manage.py", f"import sys\nif sys.argv[1] == '{verb}': sys.exit('no such table')\n")
    code, _, errors = shop.run("demo", DATABASE_URL="", REDIS_URL="")
    assert code == 1
    assert f"manage.py {verb}" in errors and "exited with code 1" in errors and "no such table" in errors


def test_log_ins_that_cannot_be_read(shop: Sandbox) -> None:
    shop.write("manage.py", "print('done')\n")
    code, _, errors = shop.run("demo", DATABASE_URL="", REDIS_URL="")
    assert code == 1 and "The demo's log-ins, as JSON" in errors and "['done']" in errors


def test_a_project_without_a_site(shop: Sandbox) -> None:
    shop.write("Procfile", "worker: true\n")
    code, _, errors = shop.run("demo")
    assert code == 2 and "The process web: only worker." in errors


def test_the_other_processes_come_after_the_site(shop: Sandbox) -> None:
    shop.write("Procfile", "worker: [ -e asked ] && echo after; exit 3\nweb: python site.py\n")
    code, output, errors = shop.run("demo", DATABASE_URL="", REDIS_URL="")
    assert code == 3 and "worker exited with code 3" in errors
    assert "worker    | after" in output and "The demo runs" in output


def test_a_process_that_dies_before_the_site_is_ready(shop: Sandbox) -> None:
    shop.write("Procfile", f"web: {sys.executable} -c 'raise SystemExit(\"no such module\")'\n")
    code, _, errors = shop.run("demo", DATABASE_URL="", REDIS_URL="")
    assert code == 1 and "web exited with code 1" in errors and "no such module" in errors
    assert not record(shop).exists()
