"""SQL, taken apart: the single things that a script has the database do."""

import re
from collections.abc import Iterator

NAME = r'(?:"[^"]+"|\w+)'
QUALIFIED = rf"(?:{NAME}\.)?({NAME})"

_DO = re.compile(r"\bDO\s+\$(\w*)\$(.*?)\$\1\$", re.DOTALL | re.IGNORECASE)
_BLOCK = re.compile(r"\b(?:BEGIN|THEN|ELSE|LOOP)\b", re.IGNORECASE)
_NOISE = re.compile(r"--[^\n]*|/\*.*?\*/|'(?:[^']|'')*'|\$(\w*)\$.*?\$\1\$", re.DOTALL)
_ALTER_TABLE = re.compile(rf"(ALTER TABLE (?:IF EXISTS )?(?:ONLY )?(?:{NAME}\.)?{NAME}) (.+)", re.IGNORECASE)
_NEXT_ACTION = re.compile(
    r",\s*(?=(?:ADD|ALTER|DROP|RENAME|SET|RESET|VALIDATE|ENABLE|DISABLE)\b)(?![^(]*\))", re.IGNORECASE
)
_COLUMN_IMPLIED = re.compile(
    r"^(ADD|ALTER|DROP|RENAME) (?!(?:COLUMN|CONSTRAINT|PRIMARY|UNIQUE|FOREIGN|CHECK|EXCLUDE|TO)\b)",
    re.IGNORECASE,
)
_TABLE = re.compile(
    r"(?:ALTER TABLE|CREATE TABLE|DROP TABLE|TRUNCATE(?: TABLE)?|LOCK(?: TABLE)?"
    r"|UPDATE|DELETE FROM|INSERT INTO"
    rf"|CREATE (?:UNIQUE )?INDEX(?: .*?)? ON)(?: IF (?:NOT )?EXISTS)?(?: ONLY)? {QUALIFIED}",
    re.IGNORECASE,
)
_COLUMN = re.compile(rf" (?:ADD|ALTER|DROP) COLUMN (?:IF (?:NOT )?EXISTS )?({NAME})", re.IGNORECASE)


def steps(script: str) -> Iterator[str]:
    """Yield each single thing that a script does, on one line: an action of an ALTER TABLE, or a statement.

    Comments and literals are left out: words in them do nothing. What a DO block says is looked at, too.
    """
    script = _DO.sub(lambda block: _BLOCK.sub(";", block[2]), script)
    script = _NOISE.sub(lambda noise: "" if noise[0].startswith(("--", "/*")) else "''", script)
    for statement in script.split(";"):
        line = " ".join(statement.split())
        if match := _ALTER_TABLE.fullmatch(line):
            for action in _NEXT_ACTION.split(match[2]):
                yield f"{match[1]} {_COLUMN_IMPLIED.sub(r'\1 COLUMN ', action)}"
        elif line:
            yield line


def table_of(step: str) -> str:
    """Return the table that a step is about; empty when it names none."""
    match = _TABLE.match(step)
    return match[1].strip('"') if match else ""


def column_of(step: str) -> str:
    """Return the column that a step is about; empty when it names none."""
    match = _COLUMN.search(step)
    return match[1].strip('"') if match else ""
