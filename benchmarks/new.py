"""How long `stackyard new` takes, as a whole process, beside Copier's own renderer.

    .venv/bin/python benchmarks/new.py

Both make the same project of this checkout's template, with the default answers and its lock, in folders of
their own; `new` runs without a network where the machine lets it be taken away. Runs of both alternate;
each figure is the median. Prints a table, writes ``new.json`` beside this file, and ends with 1 when the bar
is missed.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from rich.console import Console
from rich.table import Table

ROOT = Path(__file__).resolve().parents[1]
BIN = ROOT / ".venv" / "bin"
BAR, FILES = 2.0, 300
"""Seconds that `new` may take, for a template of at least so many files."""


def main() -> int:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description="How long `stackyard new` takes, beside Copier.")
    parser.add_argument("--rounds", type=int, default=9, help="of `new`; Copier gets a third")
    alone = _without_network()
    new, copier, files = _measure(parser.parse_args().rounds, alone)
    figures = {
        "files": files,
        "network": "none" if alone else "left on",
        "new_s": round(median(new), 3),
        "copier_s": round(median(copier), 3),
        "share": round(median(new) / median(copier), 3),
    }
    (ROOT / "benchmarks" / "new.json").write_text(json.dumps(figures, indent=2) + "\n")
    table = Table(title=f"A project of {files} files, its lock included")
    for column in ("", "seconds, median", "fastest", "slowest"):
        table.add_column(column)
    for name, times in (("stackyard new", new), ("copier copy", copier)):
        table.add_row(name, *(f"{figure:.2f}" for figure in (median(times), min(times), max(times))))
    Console().print(table)
    if median(new) > BAR or files < FILES:
        print(f"missed: at most {BAR} s for at least {FILES} files", file=sys.stderr)
        return 1
    return 0


def _measure(rounds: int, alone: list[str]) -> tuple[list[float], list[float], int]:
    """Give the seconds of each run of either renderer, and how many files `new` made."""
    new, copier = [], []
    with tempfile.TemporaryDirectory() as scratch:
        for number in range(rounds):
            folder = Path(scratch, f"new-{number}", "shop")
            new.append(_seconds([*alone, BIN / "stackyard", "new", folder, "--defaults"]))
            if number % 3 == 0:
                other = Path(scratch, f"copier-{number}", "shop")
                options = ["--trust", "--defaults", "--quiet", "--vcs-ref=HEAD"]
                copier.append(_seconds([BIN / "copier", "copy", *options, ROOT, other]))
        return new, copier, sum(path.is_file() for path in folder.rglob("*"))


def _without_network() -> list[str]:
    """Give what runs a command without a network; nothing, where that is not allowed."""
    unshare = shutil.which("unshare")
    command = [unshare or "", "--net", *([] if os.geteuid() == 0 else ["--map-root-user"])]
    if unshare and subprocess.run([*command, "true"], check=False, capture_output=True).returncode == 0:
        return command
    return []


def _seconds(command: list[str | Path]) -> float:
    # An installed tool is compiled once, and not at each start.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    started = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True, stdin=subprocess.DEVNULL, env=environment)
    return time.perf_counter() - started


if __name__ == "__main__":
    sys.exit(main())
