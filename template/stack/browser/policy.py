"""The Content-Security-Policy: what is allowed by default, and how that is added to."""

from collections.abc import Callable
from typing import Any

from csp.constants import NONCE, NONE, SELF
from csp.decorators import csp_update
from csp.utils import DEFAULT_DIRECTIVES
from django.http import HttpResponseBase

type Directives = dict[str, list[Any]]
type View = Callable[..., HttpResponseBase]


def strict() -> Directives:
    """Return a policy under which a page loads its own files, and runs no code that stands in it.

    What a page must have inside itself, a script or a style sheet, carries the answer's nonce.
    """
    return {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }


def add_sources(directives: Directives, text: str, *, name: str) -> None:
    """Allow more.

    Args:
        directives: The policy; it is changed.
        text: What to add, as in the header: ``img-src https://a.example.com; connect-src https://b.example``.
        name: Of the variable that has the text.

    Raises:
        SystemExit: When it names a directive that does not exist, or no source. One line, no traceback.
    """
    for part in filter(None, map(str.strip, text.split(";"))):
        directive, *sources = part.split()
        if directive not in DEFAULT_DIRECTIVES or not sources:
            raise SystemExit(
                f"{name} has {part!r}; write a directive and its sources, such as img-src https:."
            )
        kept = [source for source in directives.get(directive, []) if source != NONE]
        directives[directive] = kept + sources


def loosened(more: Directives, view: View) -> View:
    """Allow one view's pages more, whether the policy is enforced or only reported."""
    loose: View = csp_update(more)(csp_update(more, REPORT_ONLY=True)(view))
    return loose
