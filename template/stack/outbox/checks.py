"""A system check: writes that go around `save`, and so around the decorator, tell nothing."""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.apps import apps
from django.core.checks import CheckMessage, Warning, register  # pylint: disable=redefined-builtin

from stack.outbox.decorators import told_of

SILENT = {
    "bulk_create",
    "bulk_update",
    "delete",
    "update",
    "abulk_create",
    "abulk_update",
    "adelete",
    "aupdate",
}
HINT = "Save each, or tell of them by outbox.emit_many in the same transaction."


@register()
def silent_writes(**_: Any) -> list[CheckMessage]:
    """Name the writes of decorated models that tell nothing: `Model.objects.…update(…)` and the like.

    The code is read, not run: a write through a variable is not seen.
    """
    models = {model.__name__ for model in told_of}
    if not models:
        return []
    return [
        Warning(f"{path}:{line}: {write} tells nothing of what it writes.", hint=HINT, id="outbox.W001")
        for path in _modules()
        for line, write in writes(path.read_text(encoding="utf-8"), models)
    ]


def writes(source: str, models: set[str]) -> Iterator[tuple[int, str]]:
    """Find the writes.

    Yields:
        Their lines, and what they are, such as `Order.objects.update`.
    """
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in SILENT:
            chain = list(_chain(node.func))
            if chain[-1] in models and chain[-2].endswith(("objects", "_default_manager", "_base_manager")):
                yield node.lineno, f"{chain[-1]}.{chain[-2]}.{chain[0]}"


def _chain(node: ast.expr) -> Iterator[str]:
    """Give the names of `a.b(…).c`, from the last to the first."""
    while True:
        match node:
            case ast.Attribute():
                yield node.attr
                node = node.value
            case ast.Call():
                node = node.func
            case ast.Name():
                yield node.id
                return
            case _:
                yield ""
                return


def _modules() -> Iterator[Path]:
    for config in apps.get_app_configs():
        if config.name.startswith("apps."):
            for path in sorted(Path(config.path).rglob("*.py")):
                if "tests" not in path.parts and "migrations" not in path.parts:
                    yield path
