"""What answers may look like: the filters that the questions of copier.yml use."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

_NAME_LIMIT = 50  # characters; a line of code that quotes it stays within its limit
_SLUG_LIMIT = 40  # characters; PostgreSQL cuts names at 63, and they get prefixes
_NAME_MARKS = frozenset(" '&()+,-./:!_")
_SLUG = re.compile(r"[a-z][a-z0-9]*(?:_[a-z0-9]+)*")
_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_DOMAIN = re.compile(rf"(?:{_LABEL}\.)+[a-z][a-z0-9-]{{0,61}}[a-z0-9]")
_LOCAL_PART = re.compile(r"[A-Za-z0-9]+(?:[._+-][A-Za-z0-9]+)*")


def project_name(folder: str) -> str:
    """Make a name for people of a folder's: `my-shop` gives `My Shop`."""
    words = re.findall(r"\w+", folder.replace("_", " "))
    return " ".join(word[:1].upper() + word[1:] for word in words)[:_NAME_LIMIT].strip() or "Project"


def project_slug(name: str) -> str:
    """Make a name for machines of one for people: `Zoë's Shop` gives `zoe_s_shop`."""
    ascii_name = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    slug = "_".join(re.findall(r"[a-z0-9]+", ascii_name.lower()))[:_SLUG_LIMIT].strip("_")
    return slug if slug[:1].isalpha() else f"project_{slug}"[:_SLUG_LIMIT].strip("_")


def line_error(text: str, limit: int) -> str:
    """Say what is wrong with a line of free text; nothing, if nothing is.

    Args:
        text: The answer.
        limit: The longest it may be, in characters.
    """
    if not text.strip():
        return "It is empty."
    if text != text.strip():
        return "It starts or ends with a blank."
    if len(text) > limit:
        return f"It has {len(text)} characters; at most {limit} are allowed."
    if unseen := next((mark for mark in text if _is_unseen(mark)), None):
        return f"It has the invisible character U+{ord(unseen):04X}."
    return ""


def name_error(text: str) -> str:
    """Say what is wrong with a name for people; nothing, if nothing is."""
    if error := line_error(text, _NAME_LIMIT):
        return error
    if not any(mark.isalnum() for mark in text):
        return "It has neither letters nor digits."
    odd = next(
        (mark for mark in text if unicodedata.category(mark)[0] not in "LMN" and mark not in _NAME_MARKS), ""
    )
    return (
        f"It has a {odd}; letters, digits, blanks and {''.join(sorted(_NAME_MARKS)).strip()} are allowed."
        if odd
        else ""
    )


def slug_error(text: str) -> str:
    """Say what is wrong with a name for machines; nothing, if nothing is."""
    if len(text) <= _SLUG_LIMIT and _SLUG.fullmatch(text):
        return ""
    return (
        f"It is to be lower-case letters and digits, in words parted by one _, the first of them a letter, "
        f"at most {_SLUG_LIMIT} characters; such as {project_slug(text)}."
    )


def domain_error(text: str) -> str:
    """Say what is wrong with a host's name; nothing, if nothing is."""
    if len(text) <= 253 and _DOMAIN.fullmatch(text):  # characters; RFC 1035, 2.3.4
        return ""
    return "It is to be a host's name in lower case, such as shop.example.com; others in their xn-- form."


def email_error(text: str) -> str:
    """Say what is wrong with a mail address; nothing, if nothing is."""
    local, _, host = text.rpartition("@")
    if len(local) <= 64 and _LOCAL_PART.fullmatch(local) and not domain_error(host):  # RFC 5321, 4.5.3.1
        return ""
    return "It is to be a mail address of plain letters and digits, such as team@shop.example.com."


def _is_unseen(mark: str) -> bool:
    """Tell whether a character can hide what a reader should see, or break a line (Unicode, 4.5)."""
    return unicodedata.category(mark) in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


FILTERS: dict[str, Callable[..., str]] = {
    check.__name__: check
    for check in (project_name, project_slug, line_error, name_error, slug_error, domain_error, email_error)
}
"""By the names that copier.yml calls them."""
