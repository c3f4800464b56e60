"""ALLOWED_HOSTS names the hosts that production answers for.

With `*`, Django believes any Host header: links in mails, such as those to reset a password, then lead to
whatever host the request named, and caches can be filled with them. With none, production answers every
request with 400. A variable is taken for good, unless its default is `*`.

Standard: Security, Security Headers; Settings that differ come from the environment.
"""

from collections.abc import Iterator
from typing import Any

from stackyard.formats.regexes import regex
from stackyard.project.facts import Project
from stackyard.project.settings.values import UNSET, FromEnvironment, Items, Unknown
from stackyard.rule import Finding, rule

# A function of the project's own that makes a list of a text: get_list(os.getenv("ALLOWED_HOSTS", "*")).
_LISTED = regex(r"\w*(?:list|csv|split)\w*\((?:os\.)?(?:getenv|environ\.get)\('(?P<variable>\w+)', '\*'\)\)")


@rule("allowed-hosts", entry="settings-security")
def check(project: Project) -> Iterator[Finding]:
    settings = project.settings.production
    facts = [_fault(value) for value in settings.values("ALLOWED_HOSTS")] if settings else []
    if settings and facts and all(facts):
        yield Finding(
            settings.place("ALLOWED_HOSTS"),
            f"ALLOWED_HOSTS {facts[-1]}",
            "name the hosts that are yours, in a variable of the environment",
        )


def _fault(value: Any) -> str:
    if value is UNSET:
        return "is not set: production answers every request with 400"
    if isinstance(value, FromEnvironment):
        found = _fault(value.default) if value.has_default else ""
        return f"{found} if {value.variable} is not set" if "every host" in found else ""
    if isinstance(value, Unknown) and (made := _LISTED.fullmatch(value.source)):
        return f"allows every host (*) if {made['variable']} is not set"
    if _takes_all(value):
        return "allows every host (*)"
    if isinstance(value, Items) and not value.items and value.is_whole:
        return "is empty: production answers every request with 400"
    return ""


def _takes_all(value: Any) -> bool:
    if isinstance(value, Items):
        return any(item.value == "*" and not item.condition for item in value.items)
    return isinstance(value, str) and "*" in value.split(",")
