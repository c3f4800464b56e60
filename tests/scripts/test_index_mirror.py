"""scripts/index_mirror.py against real HTTP servers."""

import json
import os
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PYTHON = ROOT / ".stackyard/poetry/bin/python"


@contextmanager
def index(*, json_api: bool) -> Iterator[str]:
    """Serve an index of packages, with or without the JSON API; yield its simple URL."""

    class Index(BaseHTTPRequestHandler):
        def do_GET(self) -> None:  # pylint: disable=invalid-name
            answers = json_api and self.path.startswith("/pypi/pip/")
            self.send_response(200 if answers else 404)
            self.end_headers()
            self.wfile.write(json.dumps({"info": {"name": "pip"}} if answers else {}).encode())

        def log_message(self, format: str, *args: object) -> None:  # pylint: disable=redefined-builtin
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Index)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/simple"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def run(code: str, **variables: str) -> str:
    """Run a line of code beside the script, with pip's configuration in these variables alone."""
    done = subprocess.run(
        [PYTHON, "-c", f"import index_mirror; {code}"],
        env={"PYTHONPATH": str(ROOT / "scripts"), "PIP_CONFIG_FILE": os.devnull} | variables,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    return done.stdout.strip()


def test_the_index_of_pip_s_configuration_is_the_mirror(tmp_path: Path) -> None:
    address = "http://127.0.0.1:9/company/simple"
    configuration = tmp_path / "pip.conf"
    configuration.write_text(f"[global]\nindex-url = {address}\n")
    assert run("print(index_mirror.mirror())", PIP_CONFIG_FILE=str(configuration)) == address
    assert run("print(index_mirror.mirror())", PIP_INDEX_URL=address) == address


def test_an_index_is_asked_for_the_json_api() -> None:
    with index(json_api=True) as full, index(json_api=False) as simple:
        assert run(f"print(index_mirror.has_json_api({full + '/'!r}))") == "True"
        assert run(f"print(index_mirror.has_json_api({simple!r}))") == "False"
    assert run(f"print(index_mirror.has_json_api({simple!r}))") == "False"


def test_pip_s_default_index_is_the_mirror_only_if_it_lacks_the_json_api() -> None:
    with index(json_api=True) as full, index(json_api=False) as simple:
        for address, expected in ((full, ""), (simple, simple)):
            code = f"index_mirror.PyPI.simple_url = {address!r}; print(index_mirror.mirror())"
            assert run(code, PIP_INDEX_URL=address) == expected
