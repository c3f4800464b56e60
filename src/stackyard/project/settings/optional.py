"""Modules that may be missing: what a machine has for itself, and no repository."""

from __future__ import annotations

import ast

OF_CODE = frozenset("""
    AUTH_PASSWORD_VALIDATORS AUTH_USER_MODEL DEFAULT_AUTO_FIELD REST_FRAMEWORK ROOT_URLCONF SIMPLE_JWT
    SPECTACULAR_SETTINGS USE_TZ
""".split())
"""The settings that go with the code: such a module does not decide them."""

_ERRORS = {"ImportError", "ModuleNotFoundError", "Exception"}


def may_lack(statement: ast.Try | ast.TryStar | ast.With) -> bool:
    """Say whether a module that is imported within a statement may be missing."""
    if isinstance(statement, ast.With):
        return any(_ERRORS & _names(item.context_expr) for item in statement.items)
    return any(handler.type is None or _ERRORS & _names(handler.type) for handler in statement.handlers)


def _names(node: ast.expr) -> set[str]:
    return {inner.id for inner in ast.walk(node) if isinstance(inner, ast.Name)}
