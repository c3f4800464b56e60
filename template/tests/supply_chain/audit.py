"""Asks for known vulnerabilities of every locked package, those of other platforms included.

    python -m tests.supply_chain.audit [--lock FILE] [OPTION of pip-audit …]

`--ignore-vuln ID` passes over one that is not for this project to fix; say why, beside it.
"""

import json
import subprocess
import sys
from argparse import ArgumentParser, RawDescriptionHelpFormatter
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.supply_chain.lock import LOCK, Package, read


def pylock(packages: list[Package]) -> str:
    """Write packages down as PEP 751 does, which pip-audit reads."""
    lines = ['lock-version = "1.0"']
    for package in packages:
        lines += ["[[packages]]", f"name = {json.dumps(package.name)}"]
        lines += [f"version = {json.dumps(package.version)}"]
    return "\n".join(lines)


def main() -> int:
    """Run pip-audit over a lock.

    Returns:
        Its exit code: 0 if nothing is known.
    """
    parser = ArgumentParser(description=__doc__, formatter_class=RawDescriptionHelpFormatter)
    parser.add_argument("--lock", type=Path, default=LOCK)
    own, others = parser.parse_known_args()
    with TemporaryDirectory() as folder:
        Path(folder, "pylock.toml").write_text(pylock(read(own.lock)), encoding="utf-8")
        audit = [sys.executable, "-m", "pip_audit", "--locked", folder, "--strict", "--progress-spinner=off"]
        return subprocess.run([*audit, *others], check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
