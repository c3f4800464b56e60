"""The licences that what production runs may be under."""

import re
from collections.abc import Mapping
from email import message_from_string
from email.message import Message
from importlib.metadata import PackageNotFoundError, distribution

ALLOWED = frozenset(
    {
        "0BSD",
        "Apache-2.0",
        "BSD",
        "BSD-2-Clause",
        "BSD-3-Clause",
        "CNRI-Python",
        "ISC",
        "MIT",
        "MIT-0",
        "MIT-CMU",
        "MPL-2.0",
        "PSF-2.0",
        "Unlicense",
        "Zlib",
    }
)
"""Those that ask for no more than to be named, and MPL-2.0, which asks for changes of its own files."""

EXCEPTIONS: Mapping[str, str] = {
    "psycopg2-binary": "LGPL: installed as it comes, and anybody can put another in its place",
}
"""Packages under another licence, and why that does no harm."""

NAMES = {
    r"Apache Software License|Apache( License,?)? ?(Version )?2(\.0)?|Apache": "Apache-2.0",
    r"3-Clause BSD License|BSD 3-Clause( License)?": "BSD-3-Clause",
    r"BSD License|New BSD|Modified BSD": "BSD",
    r"ISC License \(ISCL\)": "ISC",
    r"MIT License": "MIT",
    r"Mozilla Public License 2\.0 \(MPL 2\.0\)": "MPL-2.0",
    r"Python Software Foundation License": "PSF-2.0",
}
"""What packages call their licences that do not use SPDX's names."""

_TROVE = "License :: OSI Approved :: "


def licences_of(package: Message) -> set[str]:
    """Name every licence that a package's metadata speaks of, by SPDX's names where one is known.

    Of alternatives, all are named: which of them is taken, is for a person to say.

    Args:
        package: The metadata.
    """
    if expression := package.get("License-Expression"):
        return _names_in(expression)
    troves = [each for each in package.get_all("Classifier") or [] if each.startswith(_TROVE)]
    if troves:
        return {_known(trove.removeprefix(_TROVE)) for trove in troves}
    return _names_in(package.get("License") or "none that it names")


def forbidden(name: str, package: Message) -> set[str]:
    """Name the licences of a package that are not allowed."""
    return set() if name in EXCEPTIONS else licences_of(package) - ALLOWED


def metadata_of(name: str) -> Message | None:
    """Give the metadata of a package; nothing for one that this platform does without."""
    try:
        return message_from_string(distribution(name).read_text("METADATA") or "")
    except PackageNotFoundError:
        return None


def _names_in(expression: str) -> set[str]:
    words = re.split(r"\s+(?:AND|OR|WITH)\s+|[()]", expression)
    return {_known(word.strip()) for word in words if word.strip()}


def _known(name: str) -> str:
    return next((spdx for pattern, spdx in NAMES.items() if re.fullmatch(pattern, name)), name)
