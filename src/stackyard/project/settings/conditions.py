"""Whether a condition in a settings module holds in production, as its words say."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable

ASIDE = frozenset("debug dev devel develop development local test tests testing ci pytest docs".split())
DEPLOYED = frozenset("prod production live staging stage deployed deploy".split())
_TURNED = frozenset("not no non disable disabled skip without".split())
_COMMANDS = frozenset("test runserver runserver_plus shell shell_plus".split())


def holds(condition: str) -> bool | None:
    """Say whether a condition holds in production.

    Args:
        condition: An expression, as it is written: `DEBUG`, `ENVIRONMENT == "production"`; empty for none.

    Returns:
        Whether it does; None if its words do not tell.
    """
    if not condition:
        return True
    try:
        return _holds(ast.parse(condition, mode="eval").body)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def _holds(node: ast.expr) -> bool | None:
    match node:
        case ast.Constant(value=value):
            return bool(value)
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            inner = _holds(operand)
            return None if inner is None else not inner
        case ast.BoolOp(op=operator, values=values):
            return _both(map(_holds, values), isinstance(operator, ast.Or))
        case ast.Compare(left=left, ops=[operator], comparators=[right]):
            return _compared(left, operator, right)
        case ast.Call(args=[argument, *_]) if not isinstance(argument, ast.Constant):
            return _holds(argument)  # bool(…), strtobool(…)
    return _told(_name(node))


def _both(values: Iterable[bool | None], is_or: bool) -> bool | None:
    found = list(values)
    if is_or in found:
        return is_or
    return None if None in found else not is_or


def _compared(left: ast.expr, operator: ast.cmpop, right: ast.expr) -> bool | None:
    turned = isinstance(operator, ast.NotEq | ast.NotIn | ast.IsNot)
    if isinstance(operator, ast.In | ast.NotIn) and "argv" in ast.unparse(right):
        found = False if isinstance(left, ast.Constant) and left.value in _COMMANDS else None
    elif isinstance(right, ast.Constant) and isinstance(right.value, bool | int | None):
        inner = _holds(left)
        found = None if inner is None else inner is bool(right.value)
    else:
        told = {_told(text) for text in _texts(right) or _texts(left)}
        found = told.pop() if len(told) == 1 else None
        found = _switch(left, right) if found is None else found
    return None if found is None else found is not turned


def _switch(left: ast.expr, right: ast.expr) -> bool | None:
    """Tell of `os.getenv("DEBUG") == "true"`."""
    texts = {text.lower() for text in _texts(right)}
    if texts and texts <= {"1", "true", "yes", "on", "t", "y"}:
        return _holds(left)
    return None


def _texts(node: ast.expr) -> list[str]:
    elements = node.elts if isinstance(node, ast.List | ast.Tuple | ast.Set) else [node]
    return [
        element.value
        for element in elements
        if isinstance(element, ast.Constant) and isinstance(element.value, str)
    ]


def _name(node: ast.expr) -> str:
    """Give the name that an expression asks for: of a call with a text, that text."""
    match node:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
        case ast.Subscript(slice=ast.Constant(value=str() as name)):
            return name
        case ast.Call(args=[ast.Constant(value=str() as name), *_]):
            return name
        case ast.Call(func=ast.Attribute(value=inner)) | ast.Call(func=inner):
            return _name(inner)
    return ""


def _told(name: str) -> bool | None:
    words = set(re.findall(r"[a-z]+", name.lower()))
    if words & _TURNED or bool(words & ASIDE) is bool(words & DEPLOYED):
        return None
    return bool(words & DEPLOYED)
