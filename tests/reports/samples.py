"""A report of everything that can be in one."""

from stackyard.checking.result import Report, Result, State
from stackyard.formats.place import Place, Problem
from stackyard.rule import Edit
from stackyard.standard.reader import Level

REPORT = Report(
    "shop",
    (
        Result("readme-there", Level.REQUIRED, Place(""), "there is no README.md", "write one"),
        Result(
            "no-tabs",
            Level.RECOMMENDED,
            Place("a b.txt", 2),
            "it has 100 % tabs,\n<b>wide</b> | ones",
            "take `blanks`",
            (Edit("a b.txt", "\t", " "),),
        ),
        Result("no-tabs", Level.RECOMMENDED, Place("a b.txt"), "a file", "remedy"),
        Result(
            "no-tabs",
            Level.OPTIONAL,
            Place("c.txt", 1),
            "waived",
            "remedy",
            (),
            State.WAIVED,
            "as @somebody said",
        ),
        Result(
            "no-tabs",
            Level.OPTIONAL,
            Place("d.txt", 1),
            "known",
            "remedy",
            (),
            State.KNOWN,
            "in baseline.json",
        ),
    ),
    2,
    (Problem(Place("x.yml", 3), "not YAML"), Problem(Place("y.toml"), "too large")),
    notes=("pyproject.toml:1: the waiver of no-tabs expired",),
)
CLEAN = Report("blog", rules=2)
FAILED = Report("gone", failure="there is no such folder")
