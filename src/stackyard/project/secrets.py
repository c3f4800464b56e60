"""What looks like a secret that somebody relies on, and what like a placeholder."""

from __future__ import annotations

import re

from stackyard.formats.regexes import regex

_NAME = regex(
    r"(?:^|_)(?:SECRET|PASSWORD|PASSWD|PASS|TOKEN|CREDENTIALS?|(?:API|ACCESS|PRIVATE|SIGNING)_?KEY)(?:_|$)"
    r"|PASSWORD$|SECRET$|APIKEY$",
    re.IGNORECASE,
)
_NO_VALUE = regex(
    r"_(?:FILE|PATH|NAME|ID|URL|HEADER|TTL|EXPIRY|EXPIRES?|EXPIRATION|LIFETIME|SECONDS|MINUTES|DAYS|AGE"
    r"|TIMEOUT|ALGORITHM|LENGTH|TYPE|ENABLED|REQUIRED)$",
    re.IGNORECASE,
)
_KNOWN = regex(
    r"AKIA[0-9A-Z]{16}|gh[pousr]_\w{36}|github_pat_\w{20}|glpat-[\w-]{20}|sk_live_\w{16}|xox[abpr]-[\w-]{10}"
    r"|AIza[\w-]{35}|SG\.[\w-]{16,}\.[\w-]{16,}|npm_\w{36}|pypi-\w{40}|dckr_pat_[\w-]{20}"
    r"|-----BEGIN [A-Z ]*PRIVATE KEY"
)
_PLACEHOLDER = regex(
    r"dummy|fake|change|placeholder|example|sample|insert|replace|your|build|test|todo|xxx|unused|temp"
    r"|123456|abcdef|collectstatic|docker|local|dev|default|secret|password|\.\.\.|[<>{}$*]"
    r"|not[-_ ]?(?:a|so|real|used)",
    re.IGNORECASE,
)
_ADDRESS = regex(r"^[a-z][a-z0-9+.-]*://[^\s:/@]*:(?P<password>[^\s@/$]+)@(?P<host>[\w.-]+)")
_RANDOM = 16  # characters: nobody thinks of such a long one without a word in it


def is_secret_name(name: str) -> bool:
    """Say whether a variable of that name holds a secret, and not where one is."""
    return _NAME.search(name) is not None and _NO_VALUE.search(name) is None


def is_known_key(value: str) -> bool:
    """Say whether a text is a key of a service that gives its keys a form of their own."""
    return _KNOWN.search(value) is not None


def looks_real(name: str, value: str) -> bool:
    """Say whether a variable's value is a secret that somebody may rely on.

    Args:
        name: The variable.
        value: Its value, as written.
    """
    if is_known_key(value):
        return True
    if address := _ADDRESS.match(value):
        return "." in address["host"] and looks_random(address["password"])
    return is_secret_name(name) and (
        value.startswith("django-insecure-") and len(value) > 40 or looks_random(value)
    )


def looks_random(value: str) -> bool:
    """Say whether a text was made by a machine: long, of letters and digits, with no placeholder's word."""
    kinds = [r"[a-z]", r"[A-Z]", r"[0-9]", r"[^\w\s]"]
    return (
        len(value) >= _RANDOM
        and not re.search(r"\s", value)
        and re.search(r"[0-9]", value) is not None
        and sum(re.search(kind, value) is not None for kind in kinds) > 1
        and len(set(value)) > 8
        and _PLACEHOLDER.search(value) is None
    )
