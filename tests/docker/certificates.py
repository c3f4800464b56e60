"""Certificate authorities, and certificates that they sign."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from pathlib import Path


def _openssl(*words: str) -> None:
    subprocess.run(["openssl", *words], check=True, capture_output=True)


@dataclass(frozen=True)
class Authority:
    """A certificate authority of our own.

    Attributes:
        folder: Where its files are.
        name: What it is called, and its files.
    """

    folder: Path
    name: str

    @property
    def certificate(self) -> Path:
        """What its clients trust."""
        return self.folder / f"{self.name}.pem"

    @property
    def _key(self) -> Path:
        return self.folder / f"{self.name}.key"

    def make(self) -> None:
        """Make its key and certificate."""
        words = ("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", f"/CN={self.name}")
        usage = ("-addext", "keyUsage=critical,keyCertSign,cRLSign")  # which Python insists on
        _openssl(*words, *usage, "-keyout", str(self._key), "-out", str(self.certificate))

    def sign(self, host: str) -> tuple[Path, Path]:
        """Make a server's certificate, and give it and its key."""
        certificate, key = self.folder / f"{host}.pem", self.folder / f"{host}.key"
        request = ("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", f"/CN={host}")
        names = ("-addext", f"subjectAltName=DNS:{host}", "-addext", "basicConstraints=critical,CA:FALSE")
        signer = ("-CA", str(self.certificate), "-CAkey", str(self._key))
        _openssl(*request, *names, *signer, "-keyout", str(key), "-out", str(certificate))
        return certificate, key
