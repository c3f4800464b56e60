"""A package index on loopback that knows what a lock knows, for the real Poetry to lock from."""

from __future__ import annotations

import io
import json
import re
import tarfile
import threading
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self

_IN_EXTRA = re.compile(r'\bextra == "([^"]+)"')


@dataclass(frozen=True)
class Release:
    """A version of a package.

    Attributes:
        name: The package.
        version: The version.
        requirements: What it asks for, by PEP 508.
        extras: The names of its extras.
        python: The versions of Python that it runs on.
        summary: What it is.
        files: The names of its files, and their SHA-256.
    """

    name: str
    version: str
    requirements: Sequence[str]
    extras: Sequence[str]
    python: str
    summary: str
    files: Mapping[str, str]

    @classmethod
    def made(cls, title: str, *requirements: str, extras: str = "", python: str = ">=3.8") -> Self:
        """Make up a release, by name and version with a space between."""
        name, version = title.split()
        wheel = f"{re.sub(r'[-_.]+', '_', name)}-{version}-py3-none-any.whl"
        return cls(name, version, requirements, extras.split(), python, f"The {name}", {wheel: "0" * 64})

    @classmethod
    def locked(cls, entry: Mapping[str, Any]) -> Self:
        """Read a release back from its entry in a lock."""
        requirements = [
            _requirement(name, table)
            for name, value in entry.get("dependencies", {}).items()
            for table in (value if isinstance(value, list) else [value])
            if isinstance(table, str) or not table.get("optional")
        ]
        extras = entry.get("extras", {})
        mentioned = _IN_EXTRA.findall(str(entry.get("dependencies")))  # whose order a merged marker keeps
        for extra in sorted(extras, key=lambda extra: mentioned.index(extra) if extra in mentioned else -1):
            for text in extras[extra]:
                asked, _, marker = text.partition(";")
                condition = f"({marker.strip()}) and " if marker else ""
                requirements.append(f'{asked.strip()} ; {condition}extra == "{extra}"')
        return cls(
            entry["name"],
            entry["version"],
            requirements,
            [*extras],
            entry["python-versions"],
            entry["description"],
            {file["file"]: file["hash"].removeprefix("sha256:") for file in entry["files"]},
        )

    @property
    def metadata(self) -> str:
        """Its core metadata, as its files hold them."""
        lines = [
            "Metadata-Version: 2.2",
            f"Name: {self.name}",
            f"Version: {self.version}",
            f"Summary: {self.summary}",
        ]
        lines += [f"Requires-Python: {self.python}"] if self.python != "*" else []
        lines += [f"Provides-Extra: {extra}" for extra in self.extras]
        lines += [f"Requires-Dist: {requirement}" for requirement in self.requirements]
        return "\n".join(lines) + "\n"


def _requirement(name: str, table: str | Mapping[str, Any]) -> str:
    table = {"version": table} if isinstance(table, str) else table
    extras = f"[{','.join(table['extras'])}]" if "extras" in table else ""
    version = "" if table["version"] == "*" else table["version"]
    version = f"=={version}" if version[:1].isdigit() else version
    marker = f" ; {table['markers']}" if "markers" in table else ""
    return f"{name}{extras} {f'({version})' if version else ''}{marker}"


def locked_releases(lock: str) -> list[Release]:
    """Read the releases back from a lock."""
    return [Release.locked(entry) for entry in tomllib.loads(lock)["package"]]


@contextmanager
def served(releases: Sequence[Release]) -> Iterator[str]:
    """Serve releases; yield the address of the index."""
    pages: dict[str, list[tuple[str, str]]] = {}
    metadata: dict[str, str] = {}
    for release in releases:
        pages.setdefault(re.sub(r"[-_.]+", "-", release.name).lower(), []).extend(release.files.items())
        metadata |= dict.fromkeys(release.files, release.metadata)

    class Index(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def do_GET(self) -> None:  # pylint: disable=invalid-name
            name = self.path.strip("/").rpartition("/")[2]
            if name.endswith(".metadata"):
                self._answer("text/plain", metadata[name.removesuffix(".metadata")].encode())
            elif name in metadata:
                self._answer("application/gzip", _source(metadata[name]))
            elif name in pages:
                self._answer("application/vnd.pypi.simple.v1+json", _page(name, pages[name]))
            else:
                self.send_error(404)

        def _answer(self, kind: str, body: bytes) -> None:
            self.send_response(200)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # pylint: disable=redefined-builtin
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Index)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/simple/"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def _page(name: str, files: Sequence[tuple[str, str]]) -> bytes:
    page = {
        "meta": {"api-version": "1.0"},
        "name": name,
        "files": [
            {
                "filename": file,
                "url": f"/files/{file}",
                "hashes": {"sha256": digest},
                "core-metadata": file.endswith("whl"),
            }
            for file, digest in files
        ],
    }
    return json.dumps(page).encode()


def _source(metadata: str) -> bytes:
    """Make a source distribution that holds nothing but its metadata."""
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w:gz") as archive:
        member = tarfile.TarInfo("package-1/PKG-INFO")
        member.size = len(metadata.encode())
        archive.addfile(member, io.BytesIO(metadata.encode()))
    return buffer.getvalue()
