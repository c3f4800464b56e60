"""How long `stackyard check` takes, as a whole process: one project, and a fleet of 200.

    .venv/bin/python benchmarks/check.py

The project is the one that `new` makes with everything on. The floor is a Python that does nothing, run in
turn with the check. Each figure of one project is the median of the rounds; memory is the most that a process
of the call had at once. Prints a table, writes ``check.json`` beside this file, and ends with 1 when a bar is
missed.
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
ONE, FLEET, COPIES, GROWTH = 0.35, 20.0, 200, 1.15
"""Seconds for one project, seconds for so many copies, and how much more memory these take than a tenth."""


def main() -> int:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description="How long `stackyard check` takes.")
    parser.add_argument("--rounds", type=int, default=15)
    figures = _measure(parser.parse_args().rounds)
    (ROOT / "benchmarks" / "check.json").write_text(json.dumps(figures, indent=2) + "\n")
    table = Table(title="stackyard check, the full project")
    for column in ("", "seen", "bar"):
        table.add_column(column)
    floor, one = figures["floor_s"], figures["one_s"]
    table.add_row("one, whole process", f"{one:.3f} s (a bare Python: {floor:.3f} s)", f"{ONE} s")
    table.add_row(f"{COPIES} copies", f"{figures['fleet_s']:.1f} s", f"{FLEET:g} s")
    table.add_row(f"{COPIES // 10} copies", f"{figures['tenth_s']:.2f} s", "")
    memory = f"{figures['fleet_mib']:.0f} MiB, {figures['tenth_mib']:.0f} MiB"
    table.add_row(f"memory of {COPIES}, of {COPIES // 10}", memory, f"{GROWTH:g} times")
    Console().print(table)
    is_flat = figures["fleet_mib"] <= GROWTH * figures["tenth_mib"]
    return 0 if one <= ONE and figures["fleet_s"] <= FLEET and is_flat else 1


def _measure(rounds: int) -> dict[str, float]:
    check: list[str | Path] = [BIN / "stackyard", "check"]
    bare: list[str | Path] = [sys.executable, "-c", ""]
    with tempfile.TemporaryDirectory() as scratch:
        project = Path(scratch, "shop")
        _run([BIN / "stackyard", "new", project, "--preset", "full"])
        _run([*check, project])  # compiles it, and takes its files into memory
        pairs = [(_run(bare)[0], _run([*check, project])[0]) for _ in range(rounds)]
        copies = [Path(shutil.copytree(project, Path(scratch, "fleet", str(n)))) for n in range(COPIES)]
        tenth, tenth_memory = _run([*check, *copies[: COPIES // 10]])
        fleet, fleet_memory = _run([*check, *copies])
    floor, one = (median(times) for times in zip(*pairs, strict=True))
    return {
        "one_s": round(one, 3),
        "floor_s": round(floor, 3),
        "tenth_s": round(tenth, 2),
        "fleet_s": round(fleet, 2),
        "tenth_mib": round(tenth_memory / (1 << 20), 1),
        "fleet_mib": round(fleet_memory / (1 << 20), 1),
    }


def _run(command: list[str | Path]) -> tuple[float, int]:
    """Run a command; give its seconds, and the most bytes of memory that one of its processes had."""
    # An installed tool is compiled once, and not at each start.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    started = time.perf_counter()
    with tempfile.TemporaryFile() as output:
        with subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=output, stderr=output, env=environment
        ) as process:
            _, status, usage = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
        seconds = time.perf_counter() - started
        output.seek(0)
        assert process.returncode == 0, output.read().decode(errors="replace")
    return seconds, usage.ru_maxrss * 1024


if __name__ == "__main__":
    sys.exit(main())
