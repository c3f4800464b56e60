"""Compare cut locks with those that `poetry lock` leaves, for random subsets of the template's requirements.

    python -m tests.lock.compare_with_poetry --subsets 20 --index ADDRESS

Without an index, one on loopback serves what the template's lock knows. Ends with 1 if any byte differs.
"""

from __future__ import annotations

import argparse
import contextlib
import difflib
import sys
import tempfile
import time
from pathlib import Path
from random import Random

from stackyard.lock.cutting import cut
from tests.lock import poetry
from tests.lock.index import locked_releases, served
from tests.lock.subsets import TEMPLATE, subset


def main() -> int:
    """Compare; say what differs."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--subsets", type=int, default=20)
    parser.add_argument("--seed", type=int, default=0, help="of the first subset; the others follow")
    parser.add_argument("--index", help="the address of a package index")
    arguments = parser.parse_args()
    full, pyproject = (
        (TEMPLATE / name).read_text(encoding="utf-8") for name in ("poetry.lock", "pyproject.toml")
    )
    differing = 0
    with contextlib.ExitStack() as stack:
        index = arguments.index or stack.enter_context(served(locked_releases(full)))
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        for seed in range(arguments.seed, arguments.seed + arguments.subsets):
            smaller = subset(pyproject, Random(seed))
            (folder / "pyproject.toml").write_text(smaller, encoding="utf-8")
            (folder / "poetry.lock").write_text(full, encoding="utf-8")
            started = time.perf_counter()
            ours = cut(full, smaller)
            seconds = time.perf_counter() - started
            theirs = poetry.lock(folder, index=index)
            poetry.run("check", "--lock", folder=folder)
            packages = f"{theirs.count('[[package]]')} of {full.count('[[package]]')} packages"
            print(
                f"seed {seed}: {packages}, {seconds:.3f} s, {'equal' if ours == theirs else 'DIFFERENT'}",
                flush=True,
            )
            if ours != theirs:
                differing += 1
                sys.stdout.writelines(
                    difflib.unified_diff(theirs.splitlines(True), ours.splitlines(True), "poetry", "cut", n=2)
                )
    return 1 if differing else 0


if __name__ == "__main__":
    sys.exit(main())
