"""Putting values in the place of variables, as Compose and BuildKit write them."""

from __future__ import annotations

import re
from collections.abc import Mapping

from stackyard.formats.regexes import regex

_VARIABLE = regex(
    r"\$(?:(?P<escaped>\$)|(?P<plain>[A-Za-z_]\w*)"
    r"|\{(?P<name>[A-Za-z_]\w*)(?P<rule>:?[-+?])?(?P<word>[^{}]*)\})"
)
_ROUNDS = 4  # a default may be a variable itself


def expand(text: str, values: Mapping[str, str]) -> str:
    """Put values for `$NAME`, `${NAME}`, `${NAME:-default}`, `${NAME-default}` and `${NAME:+other}`.

    Args:
        text: The text.
        values: The values that are known.

    Returns:
        The text; a variable that has neither a value nor a default is left as it is.
    """
    for _ in range(_ROUNDS):
        changed = _VARIABLE.sub(lambda match: _value(match, values), text)
        if changed == text or len(changed) > 10_000:
            break
        text = changed
    return text.replace("$$", "$") if "$$" in text else text


def _value(match: re.Match[str], values: Mapping[str, str]) -> str:
    if match["escaped"]:
        return match[0]
    name, rule, word = match["plain"] or match["name"], match["rule"] or "", match["word"] or ""
    value = values.get(name)
    if rule.endswith("+"):
        return word if value else ""
    if value or (value is not None and not rule.startswith(":")):
        return value
    return word if rule.endswith("-") else match[0]
