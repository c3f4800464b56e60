"""How a record becomes a line, and what may not be in it."""

import logging
import re

from pythonjsonlogger.core import RESERVED_ATTRS
from pythonjsonlogger.orjson import OrjsonFormatter

HIDDEN = "[hidden]"
SECRETS = re.compile(
    r"""
      (?P<name> (?<![\w-]) (?> [\w-]*?
                    (?:token|password|passwd|secret|signature|api_?key|authorization|cookie|session_?id) )
                [\w-]*+ \\?["']? \s* [=:] \s* \[?+ (?:b(?=["']))? \\?["']? )
      (?! (?:null|true|false|-?\d+(?:\.\d+)?) [,}\]] )  # JSON that would not be JSON with a word in its place
      (?:(?:bearer|token|basic)\s+)? [^\s"'\\&,;}\]]+
    | (?P<scheme> \bbearer\s+ ) [\w.~+/=-]+
    | (?P<user> ://[^\s/:@]* : ) [^\s/@]+ (?=@)
    | (?P<word> (?<![\w-]) (?> [\w-]*? \b(?=eyJ) ) ) [\w-]++ \. [\w-]++ \. [\w-]*
    """,
    re.IGNORECASE | re.VERBOSE,
)
"""Values of names that promise a secret, bearer tokens, passwords in addresses, JSON Web Tokens.

Lines quote what anybody sends, so that the time grows with the length alone: a run of letters is read from
its beginning, once, and a search that has found the first name in it never looks for a second
(``(?>``, ``++``).
"""

HINTS = "token passw secret signature api_key apikey authorization cookie session bearer :// eyj".split()
"""In lower case: a line without any of them has nothing to hide, and is told in a twentieth of the time."""

UNSAFE_EXTRAS = ["request"]  # Django adds it to its records, with its query string


def hide_secrets(line: str) -> str:
    """Replace what looks like a secret in a line."""
    lowered = line.lower()
    if not any(hint in lowered for hint in HINTS):
        return line
    return SECRETS.sub(lambda found: f"{''.join(found.groups(''))}{HIDDEN}", line)


class ConsoleFormatter(logging.Formatter):
    """A line for people."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the record's line, without secrets."""
        return hide_secrets(super().format(record))


class JsonFormatter(OrjsonFormatter):
    """A JSON object on a line of its own, for machines."""

    def __init__(self) -> None:
        """Name the fields, and leave out what is unsafe."""
        super().__init__(
            ["levelname", "name", "message"],
            rename_fields={"levelname": "level", "name": "logger"},
            reserved_attrs=[*RESERVED_ATTRS, *UNSAFE_EXTRAS],
            timestamp=True,
        )

    def format(self, record: logging.LogRecord) -> str:
        """Return the record's object, without secrets."""
        return hide_secrets(super().format(record))
